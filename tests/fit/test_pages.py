"""How a selection falls into pages, and which selections are against the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.fit.pages import fits, paginate
from cvforge.fit.problem import Gap, Measure, Node, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

GAPS: Mapping[tuple[str, str], Gap] = {
    ("header", "section"): Gap(2, may_break=True),
    ("section", "bullet"): Gap(1, may_break=False),
    ("bullet", "bullet"): Gap(1, may_break=True),
    ("bullet", "section"): Gap(3, may_break=True),
}
PROBLEM = Problem(
    nodes=(
        Node(kind="section", parent=None, value=0, needs_child=True, most=2),
        Node(kind="bullet", parent=0, value=1, marked=True),
        Node(kind="bullet", parent=0, value=1, group="pair"),
        Node(kind="bullet", parent=0, value=1),
        Node(kind="section", parent=None, value=0, fewest=2),
        Node(kind="bullet", parent=4, value=1, pinned=True),
        Node(kind="bullet", parent=4, value=1, group="pair"),
    ),
    pages=2,
)


def measured(*, page: int, head: int = 0, gaps: Mapping[tuple[str, str], Gap] = GAPS) -> Measure:
    return Measure(
        heights=(4, 5, 5, 5, 4, 5, 5),
        surcharges={0: 2},
        gaps=lambda above, below: gaps[above, below],
        head=head,
        head_kind="header",
        page=page,
    )


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (40, ((0, 2, 4, 5, 6),)),
        (29, ((0, 2, 4, 5, 6),)),
        (28, ((0, 2, 4, 5), (6,))),
        (22, ((0, 2), (4, 5, 6))),
        (15, ((0, 2), (4, 5), (6,))),
        (10, ((0, 2), (4, 5), (6,))),
        (9, None),
    ],
)
def test_a_page_is_filled_as_far_as_breaks_are_allowed(
    page: int, expected: tuple[tuple[int, ...], ...] | None
) -> None:
    assert paginate(PROBLEM, measured(page=page), frozenset({0, 2, 4, 5, 6})) == expected


def test_the_header_takes_room_and_a_gap_on_the_first_page() -> None:
    kept = frozenset({0, 2})
    assert paginate(PROBLEM, measured(page=18, head=6), kept) == ((0, 2),)
    assert paginate(PROBLEM, measured(page=17, head=6), kept) == ((), (0, 2))
    assert paginate(PROBLEM, measured(page=17, head=18), kept) is None


def test_a_header_is_not_parted_from_what_must_stay_with_it() -> None:
    held = {**GAPS, ("header", "section"): Gap(2, may_break=False)}
    assert paginate(PROBLEM, measured(page=18, head=6, gaps=held), frozenset({0, 2})) == ((0, 2),)
    assert paginate(PROBLEM, measured(page=17, head=6, gaps=held), frozenset({0, 2})) is None


def test_a_marked_block_makes_its_heading_taller() -> None:
    assert paginate(PROBLEM, measured(page=12), frozenset({0, 1})) == ((0, 1),)
    assert paginate(PROBLEM, measured(page=11), frozenset({0, 1})) is None
    assert paginate(PROBLEM, measured(page=11), frozenset({0, 2})) == ((0, 2),)


def test_nothing_is_one_empty_page() -> None:
    assert paginate(PROBLEM, measured(page=9), frozenset()) == ((),)


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param({0, 1, 3}, id="pinned"),
        pytest.param({2, 4, 5, 6}, id="parent"),
        pytest.param({0, 1, 4, 5, 6}, id="group"),
        pytest.param({0, 4, 5}, id="needs_child"),
        pytest.param({4, 5}, id="fewest"),
        pytest.param({0, 1, 2, 3, 4, 5, 6}, id="most"),
    ],
)
def test_a_selection_against_a_rule_does_not_fit(kept: set[int]) -> None:
    assert not fits(PROBLEM, measured(page=1000), kept)


def test_a_selection_fits_in_no_more_pages_than_there_are() -> None:
    kept = {0, 2, 4, 5, 6}
    assert fits(PROBLEM, measured(page=22), kept)
    assert not fits(PROBLEM, measured(page=15), kept)
    assert not fits(PROBLEM, measured(page=9), kept)
