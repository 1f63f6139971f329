"""What one more block brings along, and how much room is missing for a selection."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from rulers import Hand, bullet, cv, cvs, entry, hands, kinds, publication, section, sp

from cvforge.cv import PublicationGroup
from cvforge.fit.nodes import measure, nodes
from cvforge.fit.pages import allowed, fits
from cvforge.fit.problem import Problem
from cvforge.fit.room import overflow, with_needed
from cvforge.fit.tree import parts
from cvforge.fit.wishes import Wishes
from cvforge.inline import phrase

if TYPE_CHECKING:
    from cvforge.cv import Cv
    from cvforge.fit.problem import Measure

NOTHING: frozenset[int] = frozenset()


def given_to_solver(made: Cv, hand: Hand, *, pages: int = 1) -> tuple[Problem, Measure]:
    wishes = Wishes(pages=pages, densities=("comfortable",))
    problem = Problem(nodes=nodes(parts(made), wishes), pages=pages)
    return problem, measure(kinds(made), hand.ruler(made))


def brought(made: Cv, wanted: int, kept: frozenset[int] = NOTHING, **heights: float) -> list[int]:
    hand = Hand(page=100, heights={int(key[1:]) + 1: mm for key, mm in heights.items()})
    return sorted(with_needed(*given_to_solver(made, hand), kept, {wanted}) - kept)


def papers(title: str, *names: str) -> PublicationGroup:
    return PublicationGroup(title=phrase(title), items=tuple(map(publication, names)))


def test_a_bullet_brings_its_entry_and_section() -> None:
    made = cv(section(entry("Press", bullet("A"), bullet("B"))))
    assert brought(made, 3) == [0, 1, 3]
    assert brought(made, 3, frozenset({0, 1, 2})) == [3]


def test_an_entry_comes_alone_but_a_section_with_its_lowest_part() -> None:
    made = cv(section(entry("Press", bullet("A")), entry("Atelier")))
    assert brought(made, 1) == [0, 1]
    assert brought(made, 0, i1=7, i3=3) == [0, 3]
    assert brought(made, 0, i1=3, i3=3) == [0, 1]


def test_a_section_comes_with_the_part_that_takes_least_with_all_that_it_needs() -> None:
    """The first heading is lower than the second; what stands below it is higher."""
    made = cv(section(papers("G", "P"), papers("H", "Q")))
    assert brought(made, 0, i1=3, i2=9, i3=4, i4=4) == [0, 3, 4]
    marked = publication("R", marks=("*",))
    listed = replace(section(marked, publication("S")), note=phrase("(*)"))
    assert brought(cv(listed), 0, i2=4, i3=5) == [0, 2]


def test_a_group_comes_whole_with_all_that_it_stands_under() -> None:
    first = section(bullet("A", group="g"), bullet("B"))
    second = section(entry("Press", bullet("C", group="g"), bullet("D")), name="b")
    assert brought(cv(first, second), 1) == [0, 1, 3, 4, 5]
    assert brought(cv(first, second), 5, frozenset({0, 2})) == [1, 3, 4, 5]


def test_a_publication_comes_without_its_abstract() -> None:
    made = cv(section(publication("one", abstract="Words.")))
    assert brought(made, 0) == [0, 1]
    assert brought(made, 2) == [0, 1, 2]


def test_what_is_too_high_on_one_page_is_what_is_above_it() -> None:
    made = cv(section(bullet("A"), bullet("B")))
    given = given_to_solver(made, Hand(page=20))
    assert overflow(*given, {0, 1}) == 3 * sp(5) + 2 * sp(1) - sp(20) < 0
    assert overflow(*given, {0, 1, 2}) == 4 * sp(5) + 3 * sp(1) - sp(20) > 0


def test_pages_before_the_last_are_as_full_as_can_be() -> None:
    """The name, the heading and A fill page 1; B, C and D are 17 mm, and page 2 has 16."""
    made = cv(section(*(bullet(name) for name in "ABCD")))
    given = given_to_solver(made, Hand(page=17.001), pages=2)
    assert overflow(*given, {0, 1, 2, 3, 4}) == 3 * sp(5) + 2 * sp(1) - sp(17.001) <= 0
    given = given_to_solver(made, Hand(page=17.001, heights={5: 8}), pages=2)
    assert overflow(*given, {0, 1, 2, 3, 4}) == 2 * sp(5) + sp(8) + 2 * sp(1) - sp(17.001)


def test_a_block_taller_than_a_page_is_too_high_however_many_there_are() -> None:
    made = cv(section(bullet("A"), bullet("B")))
    given = given_to_solver(made, Hand(page=20, heights={3: 70}), pages=3)
    assert overflow(*given, {0, 1, 2}) == 3 * sp(5) + 3 * sp(1) + sp(70) - 3 * sp(20)


@given(st.data(), st.integers(1, 3))
def test_a_selection_that_is_allowed_fits_when_nothing_is_too_high(
    data: st.DataObject, pages: int
) -> None:
    made = data.draw(cvs(groups=False))
    problem, lengths = given_to_solver(made, data.draw(hands(made)), pages=pages)
    wanted = data.draw(st.sets(st.integers(0, len(problem.nodes) - 1)))
    wanted |= {index for index, node in enumerate(problem.nodes) if node.pinned}
    kept = with_needed(problem, lengths, NOTHING, wanted)
    assert kept >= wanted
    assert allowed(problem, kept)
    tall = overflow(problem, lengths, kept)
    if pages == 1 or tall > 0:
        assert fits(problem, lengths, kept) == (tall <= 0)
