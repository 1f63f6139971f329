"""A choice explained: each reason is true, and the advice works."""

from __future__ import annotations

import itertools
import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulers import (
    WIDE,
    Hand,
    bullet,
    cv,
    cvs,
    entry,
    fitted,
    hands,
    publication,
    role,
    section,
)

from cvforge.cv import Cv, Keep, Rank
from cvforge.diagnostics import Place
from cvforge.errors import PageLimitError
from cvforge.fit.choice import SectionLimit
from cvforge.fit.measures import MILLIMETRES
from cvforge.fit.pages import allowed
from cvforge.fit.report import RUNT_WIDTH, Line, Report, as_lines, explain, summary
from cvforge.fit.room import with_needed

if TYPE_CHECKING:
    from cvforge.fit.fitting import Fitting

LIMITS = st.dictionaries(
    st.sampled_from(["s0", "s1", "s2"]),
    st.builds(SectionLimit, st.none() | st.integers(0, 3), st.none() | st.integers(0, 2)),
)


def report(made: Cv, hand: Hand, **wishes: object) -> Report:
    return explain(fitted(made, hand, **wishes))


def reasons(found: Report) -> dict[str, str]:
    return {line.label: line.reason for line in found.lines}


def numbered(count: int) -> Cv:
    return cv(section(*(bullet(name) for name in "ABCDEFGH"[:count])))


def test_every_block_is_explained_in_the_order_of_the_page() -> None:
    made = cv(
        section(
            entry("Press", bullet("A"), roles=(role("Head", bullet("B")),)),
            publication("one", abstract="Words."),
        )
    )
    found = report(made, Hand(page=200, heights={3: 7.5}))
    assert [(line.kind, line.depth, line.label) for line in found.lines] == [
        ("section", 0, "a"),
        ("entry", 1, "Press"),
        ("bullet", 2, "A"),
        ("role", 2, "Head"),
        ("bullet", 3, "B"),
        ("publication", 1, "one"),
        ("abstract", 2, "abstract of one"),
    ]
    assert found.lines[2].height == pytest.approx(7.5, abs=1e-4)
    assert found.lines[2].value == 100
    assert [line.key for line in found.lines] == [None] * 5 + ["one", "one"]


def test_when_everything_fits_that_is_the_reason() -> None:
    found = report(numbered(3), Hand(page=200))
    assert set(reasons(found).values()) == {"everything fits"}
    assert found.left_out == ()
    assert len(found.kept) == 4
    assert found.candidate is None


def test_the_page_of_each_kept_block_is_named() -> None:
    found = report(numbered(6), Hand(page=17.001), pages=2)
    assert [line.page for line in found.lines] == [1, 1, 2, 2, 2, None, None]


def test_what_is_kept_always_is_said_to_be() -> None:
    made = cv(section(bullet("A", 0, Keep.ALWAYS), bullet("B", 90), bullet("C", 10)))
    assert reasons(report(made, Hand(page=23.001))) == {
        "a": "kept",
        "A": "kept always",
        "B": "kept",
        "C": "needs 6.0 mm more",
    }


def test_what_stands_under_something_left_out_says_so() -> None:
    made = cv(
        section(bullet("A", 90)),
        section(entry("Press", bullet("B"), roles=(role("Head", bullet("C")),)), name="b"),
    )
    found = reasons(report(made, Hand(page=17.001)))
    assert found["b"] == "needs 12.0 mm more"  # with the entry that it would come with
    assert found["Press"] == "its section is left out"
    assert found["B"] == found["Head"] == "its entry is left out"
    assert found["C"] == "its role is left out"


def test_a_limit_that_is_reached_is_named() -> None:
    limits = {"a": SectionLimit(items=2)}
    found = reasons(report(numbered(4), Hand(page=200), limits=limits))
    assert found["C"] == found["D"] == "the limit of 2 is reached"


@pytest.mark.parametrize("limit", [SectionLimit(items=0), SectionLimit(at_least=3)])
def test_a_section_that_its_limits_forbid_is_said_to_be_forbidden(limit: SectionLimit) -> None:
    made = cv(section(bullet("A")), section(bullet("B"), name="b"))
    found = reasons(report(made, Hand(page=200), limits={"b": limit}))
    assert found["b"] == "the limits forbid it"


def test_a_group_needs_the_room_for_all_of_it() -> None:
    grouped = [bullet(name, 10, group="g") for name in "BC"]
    found = reasons(report(cv(section(bullet("A", 90), *grouped)), Hand(page=23.001)))
    assert found["B"] == found["C"] == "needs 6.0 mm more with its group"


def test_a_group_can_be_forbidden_by_a_limit_elsewhere() -> None:
    first = section(bullet("A", group="g"), bullet("B"))
    second = section(bullet("C", group="g"), bullet("D", 90), name="b")
    limits = {"b": SectionLimit(items=1)}
    found = reasons(report(cv(first, second), Hand(page=200), limits=limits))
    assert found["A"] == "a limit forbids its group"
    assert found["C"] == "the limit of 1 is reached"


def test_the_legend_is_part_of_what_is_needed() -> None:
    listed = section(publication("P", marks=("*",), rank=Rank(10)), publication("Q"))
    listed = replace(listed, note=bullet("(*)").text)
    found = report(cv(listed), Hand(page=17.001))
    assert [line.label for line in found.kept] == ["a", "Q"]
    assert reasons(found)["P"] == "needs 12.0 mm more"


def test_the_candidate_is_the_most_valuable_block_that_lacks_room() -> None:
    made = cv(section(bullet("A", 90), bullet("B", 80), bullet("C", 70), bullet("D", 71)))
    found = report(made, Hand(page=23.001))
    assert found.candidate is not None
    assert found.candidate.label == "C"
    assert found.candidate.needs == pytest.approx(6, abs=0.01)
    assert found.candidate.drop == "B"
    assert found.candidate.shorten is None


def test_what_is_kept_always_is_never_to_be_dropped() -> None:
    made = cv(section(bullet("A", 90), bullet("B", 10, Keep.ALWAYS), bullet("C", 70)))
    found = report(made, Hand(page=23.001)).candidate
    assert found is not None
    assert found.drop == "A"


def test_what_a_candidate_stands_under_is_not_dropped_for_it() -> None:
    made = cv(section(entry("Press", bullet("A", 10), priority=20), bullet("B", 90)))
    found = report(made, Hand(page=23.001)).candidate
    assert found is not None
    assert (found.label, found.drop) == ("A", "B")


@pytest.mark.parametrize(("page", "shorten"), [(28.001, None), (29.1, "A")])
def test_a_text_with_a_short_last_line_could_make_the_room(page: float, shorten: str) -> None:
    """All of it is 34 mm, and a line of A is 5."""
    hand = Hand(page=page, heights={2: 10}, last_lines={2: (9.0, 2), 3: (9.0, 1)})
    found = report(cv(section(bullet("A", 90), bullet("B", 80), bullet("C", 10))), hand)
    assert [line.label for line in found.runts] == ["A"]
    assert found.candidate is not None
    assert found.candidate.needs == pytest.approx(34 - page, abs=0.01)
    assert found.candidate.shorten == shorten


@pytest.mark.parametrize(
    ("width", "lines", "is_runt"),
    [
        (RUNT_WIDTH * WIDE - 1, 2, True),
        (RUNT_WIDTH * WIDE + 1, 2, False),
        (RUNT_WIDTH * WIDE - 1, 1, False),
    ],
)
def test_a_runt_is_a_last_line_of_several_that_is_nearly_empty(
    width: float, lines: int, *, is_runt: bool
) -> None:
    found = report(numbered(1), Hand(page=200, last_lines={2: (width, lines)}))
    assert bool(found.runts) == is_runt


def test_only_what_is_kept_and_running_text_has_runts() -> None:
    made = cv(section(entry("Press", bullet("A", 90)), bullet("B", 10)))
    short = dict.fromkeys(range(5), (9.0, 2))
    found = report(made, Hand(page=23.001, last_lines=short))
    assert [line.label for line in found.runts] == ["A"]


def test_the_summary_counts_and_names_the_most_valuable_losses() -> None:
    made = cv(section(bullet("A", 90), *(bullet(f"B{n}", 40 + n) for n in range(5))))
    found = report(made, Hand(page=17.001))
    assert summary(found) == (
        '2 of 7 blocks, comfortable, 100% full; left out: "B0", "B1", "B2" and 2 more'
    )
    assert summary(report(made, Hand(page=41.001))) == (
        '6 of 7 blocks, comfortable, 100% full; left out: "B4"'
    )


def test_the_summary_of_everything_names_no_loss() -> None:
    found = summary(report(numbered(2), Hand(page=46)))
    assert found == "3 of 3 blocks, comfortable, 50% full"


def test_the_lines_for_people_hold_every_block_and_the_advice() -> None:
    made = cv(section(bullet("A", 90), bullet("B" * 70, 80)))
    placed = replace(made.sections[0].items[0], place=Place("ada.yaml", 9, 5))
    made = cv(section(placed, bullet("B" * 70, 80)))
    found = report(made, Hand(page=17.5, last_lines={2: (9.0, 2)}))
    assert list(as_lines("ada.yaml, one-page", found)) == [
        (
            "ada.yaml, one-page: 1 page, 2 of 3 blocks, comfortable, 97% full; "
            f'left out: "{"B" * 39}…"'
        ),
        " page     mm   value",
        f"    1    5.0     100  {'a':58}  kept",
        f"    1    5.0    1600  {'  A':58}  kept",
        f"    -    5.0     746    {'B' * 55}…  needs 5.5 mm more",
        f'next: "{"B" * 39}…" needs 5.5 mm more: drop "A"',
        'a short last line: "A" (ada.yaml:9); rewording it saves a line',
    ]


def test_a_report_is_plain_data() -> None:
    found = asdict(report(numbered(4), Hand(page=17.001)))
    assert found["density"] == "comfortable"
    assert found["candidate"]["label"] == "B"
    assert [line["page"] for line in found["lines"]] == [1, 1, None, None, None]


@given(st.data(), LIMITS)
def test_every_reason_is_true(data: st.DataObject, limits: dict[str, SectionLimit]) -> None:
    made = data.draw(cvs())
    try:
        fitting = fitted(made, data.draw(hands(made)), limits=limits)
    except PageLimitError:
        return
    for index, line in enumerate(explain(fitting).lines):
        if line.page is None:
            assert_true_of_left_out(fitting, index, line)
        else:
            assert index in fitting.solution.kept
            assert (line.reason == "kept always") == fitting.problem.nodes[index].pinned
            assert (line.reason == "everything fits") <= (not fitting.left_out)


def assert_true_of_left_out(fitting: Fitting, index: int, line: Line) -> None:
    kept, problem, measure = fitting.solution.kept, fitting.problem, fitting.measure
    if match := re.fullmatch(r"nothing of this (\w+) is kept", line.reason):
        assert problem.nodes[index].transparent
        assert match[1] == fitting.parts[index].kind
        assert not [i for i in kept if fitting.parts[i].parent == index]
        return
    parent = past_headings(fitting, index)
    if match := re.fullmatch(r"its (\w+) is left out", line.reason):
        assert parent is not None
        assert parent not in kept
        assert match[1] == fitting.parts[parent].kind
        return
    assert parent is None or parent in kept
    more = with_needed(problem, measure, kept, {index})
    if match := re.fullmatch(r"the limit of (\d+) is reached", line.reason):
        items = [i for i in kept if not problem.nodes[i].transparent]
        children = [i for i in items if past_headings(fitting, i) == parent]
        assert len(children) == int(match[1])
    elif match := re.fullmatch(r"needs ([\d.]+) mm more( with its group)?", line.reason):
        too_high = natural_height(fitting, more) * MILLIMETRES - measure.page * MILLIMETRES
        assert too_high > 0
        assert match[1] == f"{too_high:.1f}"
        assert bool(match[2]) == (problem.nodes[index].group is not None)
    else:
        assert line.reason in {"the limits forbid it", "a limit forbids its group"}
        assert not allowed(problem, more)


def past_headings(fitting: Fitting, index: int) -> int | None:
    """Return what a block is a part of; headings between are none."""
    parent = fitting.parts[index].parent
    while parent is not None and fitting.problem.nodes[parent].transparent:
        parent = fitting.parts[parent].parent
    return parent


def natural_height(fitting: Fitting, kept: frozenset[int]) -> int:
    """Return how high a selection is without pages, added up line by line."""
    measure, parts = fitting.measure, fitting.parts
    above = [measure.head_kind, *(parts[i].kind for i in sorted(kept))]
    height = measure.head + sum(measure.heights[i] for i in kept)
    height += sum(measure.gaps(a, b).height for a, b in itertools.pairwise(above))
    charged = {parts[i].section for i in kept if fitting.problem.nodes[i].marked}
    return height + sum(measure.surcharges.get(section, 0) for section in charged)


@given(st.data())
def test_dropping_what_is_advised_makes_the_room(data: st.DataObject) -> None:
    made = data.draw(cvs(groups=False))
    hand = data.draw(hands(made))
    try:
        fitting = fitted(made, hand)
    except PageLimitError:
        return
    advice = explain(fitting).candidate
    if advice is None or advice.drop is None:
        return
    labels = [line.label for line in explain(fitting).lines]
    dropped, wanted = labels.index(advice.drop), labels.index(advice.label)
    assert dropped in fitting.solution.kept
    assert not fitting.problem.nodes[dropped].pinned
    more = with_needed(fitting.problem, fitting.measure, fitting.solution.kept, {wanted}) - {
        dropped
    }
    assert natural_height(fitting, more) <= fitting.measure.page
