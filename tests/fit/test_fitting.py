"""The choice of a density and of the blocks: more content or more air, never fewer pages."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulers import Hand, bullet, cv, cvs, entry, fitted, hands, kinds, section, sp

from cvforge.cv import Cv, Keep
from cvforge.errors import PageLimitError
from cvforge.fit import fitting
from cvforge.fit.choice import SectionLimit
from cvforge.fit.fitting import STEP_PRICES, Fitting, fit
from cvforge.fit.pages import fits
from cvforge.fit.solve import solve
from cvforge.fit.tree import label
from cvforge.fit.wishes import DENSITIES, Wishes

if TYPE_CHECKING:
    from cvforge.fit.problem import Measure, Problem
    from cvforge.fit.solve import Solution

HEAD = 6.0  # mm: a name and the gap under it
# The heading is worth 100, "A" 1600 and "B" what the tests need.
ROOMY, CLOSE = Hand(page=HEAD + 11), Hand(page=HEAD + 17)


def chosen(made: Cv, *hands: Hand, prefer: str = "balance", pages: int = 1) -> Fitting:
    """Return the choice with a ruler a density, from the most air to the least."""
    densities = DENSITIES[: len(hands)]
    rulers = {d: hand.ruler(made, d) for d, hand in zip(densities, hands, strict=True)}
    wishes = Wishes(pages=pages, densities=densities, prefer=prefer)
    return fit(made, kinds(made), rulers=rulers, wishes=wishes)


def names(fitting: Fitting) -> list[str]:
    return [label(fitting.parts[index]) for index in sorted(fitting.solution.kept)]


@pytest.mark.parametrize(
    ("prefer", "priority", "density"),
    [
        ("content", 1, "regular"),
        ("balance", 45, "comfortable"),  # 66 of 1700 is less than 4 %
        ("balance", 48, "regular"),  # 81 is more
        ("air", 48, "comfortable"),
        ("air", 61, "comfortable"),  # 200 is less than 12 %
        ("air", 65, "regular"),  # 264 is more
    ],
)
def test_a_step_towards_less_air_must_bring_its_price(
    prefer: str, priority: int, density: str
) -> None:
    made = cv(section(bullet("A", 90), bullet("B", priority)))
    found = chosen(made, ROOMY, CLOSE, prefer=prefer)
    assert found.ruler.density == density
    assert names(found) == ["a", "A", "B"] if density == "regular" else ["a", "A"]


def test_two_steps_cost_twice() -> None:
    made = cv(section(bullet("A", 90), bullet("B", 49)))
    assert chosen(made, ROOMY, ROOMY, CLOSE).ruler.density == "comfortable"
    made = cv(section(bullet("A", 90), bullet("B", 57)))
    assert chosen(made, ROOMY, ROOMY, CLOSE).ruler.density == "compact"


@pytest.mark.parametrize("prefer", STEP_PRICES)
def test_of_two_equal_choices_the_one_with_more_air_is_taken(prefer: str) -> None:
    made = cv(section(bullet("A"), bullet("B")))
    assert chosen(made, ROOMY, ROOMY, ROOMY, prefer=prefer).ruler.density == "comfortable"


@pytest.mark.parametrize("prefer", STEP_PRICES)
def test_when_all_fits_nothing_is_left_out_and_nothing_squeezed(prefer: str) -> None:
    found = chosen(cv(section(bullet("A"), bullet("B"))), CLOSE, CLOSE, prefer=prefer)
    assert found.left_out == ()
    assert not found.lacks_room
    assert found.ruler.density == "comfortable"
    assert found.fullness == pytest.approx(1)


def test_what_must_be_kept_is_kept_at_whatever_density_it_needs() -> None:
    made = cv(section(bullet("A", 90), bullet("B", 0, Keep.ALWAYS), bullet("C", 0, Keep.ALWAYS)))
    found = chosen(made, ROOMY, ROOMY, CLOSE, prefer="air")
    assert found.ruler.density == "compact"
    assert names(found) == ["a", "B", "C"]


def test_a_density_that_does_not_take_all_pages_is_not_taken() -> None:
    """At the first density one bullet is too much for two pages, at the second all is on one."""
    made = cv(section(*(bullet(name) for name in "ABCDE")))
    found = chosen(made, Hand(page=HEAD + 11), Hand(page=200), prefer="content", pages=2)
    assert found.ruler.density == "comfortable"
    assert [len(page) for page in found.solution.pages] == [2, 3]
    assert len(found.left_out) == 1


def test_too_little_for_the_pages_is_refused() -> None:
    made = cv(section(bullet("A"), bullet("B")))
    with pytest.raises(PageLimitError, match='"one-page" may show fills 1 page, not the 3 asked'):
        chosen(made, CLOSE, CLOSE, pages=3)


def test_too_much_to_keep_is_measured_at_the_closest_density() -> None:
    made = cv(section(*(bullet(name, keep=Keep.ALWAYS) for name in "ABC")))
    # The name, the heading and three bullets of 5 mm, with the four gaps between them: 29 mm.
    with pytest.raises(PageLimitError, match=r'needs 4\.0 mm more than 1 page at .* "regular"'):
        chosen(made, Hand(page=20), Hand(page=25))


def test_the_parts_know_their_numbers_among_the_blocks() -> None:
    made = cv(section(entry("Press", bullet("A")), bullet("B")))
    found = fitted(made, Hand(page=200))
    assert found.numbers == (1, 2, 3, 4)  # 0 is the name
    assert kinds(made) == ("name", "section", "entry", "bullet", "bullet")


def test_the_fullness_is_that_of_the_last_page() -> None:
    made = cv(section(bullet("A"), bullet("B"), bullet("C")))
    found = fitted(made, Hand(page=HEAD + 11), pages=2)
    assert found.solution.used == (sp(5) * 3 + sp(1) * 2, sp(5) * 2 + sp(1))
    assert found.fullness == pytest.approx(11 / (HEAD + 11), abs=1e-6)


def test_room_is_lacking_only_where_no_rule_leaves_something_out() -> None:
    made = cv(section(bullet("A"), bullet("B"), bullet("C")))
    limits = {"a": SectionLimit(items=2)}
    assert not fitted(made, Hand(page=100), limits=limits).lacks_room
    assert fitted(made, Hand(page=100), limits=limits).left_out == (3,)
    assert fitted(made, Hand(page=HEAD + 11), limits=limits).lacks_room


@given(st.data())
def test_a_choice_fits_and_what_lacks_room_would_not(data: st.DataObject) -> None:
    made = data.draw(cvs())
    try:
        found = fitted(made, data.draw(hands(made)))
    except PageLimitError:
        return
    kept, problem, measure = found.solution.kept, found.problem, found.measure
    assert fits(problem, measure, kept)
    for index in found.left_out:
        needs = found.needs(index)
        assert needs is None or needs > 0
        assert not fits(problem, measure, kept | {index})


@given(st.data())
def test_the_choice_is_the_best_of_those_at_each_density_alone(data: st.DataObject) -> None:
    made = data.draw(cvs())
    rulers = [data.draw(hands(made)) for _ in range(3)]
    prefer = data.draw(st.sampled_from(sorted(STEP_PRICES)))
    alone: dict[int, float] = {}
    for step, hand in enumerate(rulers):
        with suppress(PageLimitError):
            value = chosen(made, hand, prefer=prefer).solution.value
            alone[step] = value * (1 - STEP_PRICES[prefer]) ** step
    try:
        found = chosen(made, *rulers, prefer=prefer)
    except PageLimitError:
        assert not alone
        return
    step = DENSITIES.index(found.ruler.density)
    assert alone[step] == max(alone.values())
    assert step == min(s for s, value in alone.items() if value == alone[step])


def test_no_density_is_solved_that_cannot_be_better(monkeypatch: pytest.MonkeyPatch) -> None:
    solved: list[object] = []

    def noting(problem: Problem, measure: Measure) -> Solution | None:
        solved.append(measure)
        return solve(problem, measure)

    monkeypatch.setattr(fitting, "solve", noting)
    made = cv(section(bullet("A"), bullet("B")))
    assert chosen(made, CLOSE, CLOSE, CLOSE).ruler.density == "comfortable"
    assert len(solved) == 1
    chosen(made, ROOMY, CLOSE, CLOSE)
    assert len(solved) == 3
