"""The choice by its rules, one at a time, and how many steps it takes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from large import document

from cvforge.fit.problem import Gap, Measure, Node, Problem
from cvforge.fit.solve import fits, solve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType

    from _typeshed import TraceFunction

SECTION = Node(kind="section", parent=None, value=0, needs_child=True)
TIGHT = Gap(0, may_break=True)


def measured(
    *heights: int,
    page: int,
    gaps: Mapping[tuple[str, str], Gap] | None = None,
    head: int = 0,
    surcharges: Mapping[int, int] | None = None,
) -> Measure:
    return Measure(
        heights=heights,
        surcharges=surcharges or {},
        gaps=lambda above, below: (gaps or {}).get((above, below), TIGHT),
        head=head,
        head_kind="header",
        page=page,
    )


def lines(*values: int) -> tuple[Node, ...]:
    return tuple(Node(kind="line", parent=None, value=value) for value in values)


def bullet(value: int, *, parent: int = 0, pinned: bool = False, group: str | None = None) -> Node:
    return Node(kind="bullet", parent=parent, value=value, pinned=pinned, group=group)


def marked(value: int) -> Node:
    return Node(kind="publication", parent=0, value=value, marked=True)


def chosen(nodes: Sequence[Node], measure: Measure, *, pages: int = 1) -> list[int] | None:
    solution = solve(Problem(nodes=tuple(nodes), pages=pages), measure)
    return None if solution is None else sorted(solution.kept)


def test_everything_is_kept_when_it_fits() -> None:
    assert chosen(lines(1, 0, 3), measured(2, 2, 2, page=6)) == [0, 1, 2]


def test_nothing_to_choose_from_is_one_page_with_the_header() -> None:
    solution = solve(Problem(nodes=(), pages=2), measured(page=9, head=4))
    assert solution is not None
    assert (solution.kept, solution.pages, solution.used) == (frozenset(), ((),), (4,))


def test_a_header_taller_than_the_page_leaves_no_choice() -> None:
    assert chosen((), measured(page=9, head=10)) is None
    assert chosen(lines(1), measured(1, page=9, head=10), pages=2) is None


def test_the_highest_total_wins_over_the_best_for_its_height() -> None:
    assert chosen(lines(6, 5, 5), measured(5, 4, 4, page=8)) == [1, 2]


def test_a_left_out_block_is_not_worth_more_than_the_room_that_is_left() -> None:
    assert chosen(lines(9, 2, 8), measured(5, 1, 5, page=6)) == [0, 1]


def test_of_equally_valuable_selections_the_one_with_the_earlier_blocks_is_taken() -> None:
    assert chosen(lines(1, 1, 1, 1), measured(1, 1, 1, 1, page=2)) == [0, 1]
    assert chosen(lines(2, 1, 1, 2), measured(4, 2, 2, 2, page=4)) == [1, 3]
    assert chosen(lines(2, 1, 1), measured(4, 2, 2, page=4)) == [0]


def test_blocks_of_no_value_fill_what_is_left() -> None:
    assert chosen(lines(5, 0, 0, 0), measured(3, 4, 1, 1, page=5)) == [0, 2, 3]


def test_a_block_taller_than_a_page_is_left_out() -> None:
    assert chosen(lines(100, 1), measured(11, 1, page=10), pages=3) == [1]


def test_a_heading_costs_height_and_is_kept_for_its_children_alone() -> None:
    nodes = (SECTION, bullet(5), SECTION, bullet(4, parent=2), bullet(4, parent=2))
    assert chosen(nodes, measured(2, 3, 2, 3, 3, page=8)) == [2, 3, 4]
    assert chosen(nodes, measured(2, 3, 2, 3, 3, page=5)) == [0, 1]
    assert chosen(nodes, measured(2, 3, 2, 3, 3, page=4)) == []


def test_an_entry_may_stand_without_its_bullets() -> None:
    nodes = (SECTION, Node(kind="entry", parent=0, value=1), bullet(9, parent=1))
    assert chosen(nodes, measured(1, 1, 5, page=4)) == [0, 1]


def test_a_pinned_block_is_kept_with_what_it_belongs_to() -> None:
    nodes = (*lines(100), SECTION, bullet(0, parent=1, pinned=True), bullet(50, parent=1))
    assert chosen(nodes, measured(5, 1, 1, 3, page=6)) == [1, 2, 3]


@pytest.mark.parametrize(("page", "expected"), [(5, [0, 1, 2]), (4, None)])
def test_pinned_blocks_that_do_not_fit_leave_no_choice(
    page: int, expected: list[int] | None
) -> None:
    nodes = (SECTION, bullet(1, pinned=True), bullet(1, pinned=True), bullet(1))
    assert chosen(nodes, measured(1, 2, 2, 2, page=page)) == expected


def test_pinned_blocks_that_only_breaks_keep_from_fitting_leave_no_choice() -> None:
    nodes = (bullet_of_no_section(), bullet_of_no_section())
    assert chosen(nodes, measured(6, 6, page=10), pages=2) == [0, 1]
    together = {("bullet", "bullet"): Gap(0, may_break=False)}
    assert chosen(nodes, measured(6, 6, page=10, gaps=together), pages=2) is None


def bullet_of_no_section() -> Node:
    return Node(kind="bullet", parent=None, value=1, pinned=True)


def test_a_group_is_kept_as_a_whole_or_not_at_all() -> None:
    nodes = (SECTION, bullet(9, group="pair"), bullet(4), bullet(1, group="pair"), bullet(4))
    assert chosen(nodes, measured(1, 2, 2, 2, 2, page=7)) == [0, 1, 2, 3]
    assert chosen(nodes, measured(1, 2, 2, 9, 2, page=7)) == [0, 2, 4]


def test_a_pinned_block_brings_its_group() -> None:
    nodes = (*lines(7), bullet_of_group(pinned=True), bullet_of_group(pinned=False))
    assert chosen(nodes, measured(1, 1, 1, page=2)) == [1, 2]
    assert chosen(nodes, measured(1, 1, 1, page=1)) is None


def bullet_of_group(*, pinned: bool) -> Node:
    return Node(kind="bullet", parent=None, value=0, pinned=pinned, group="pair")


def test_no_more_children_are_kept_than_are_allowed() -> None:
    nodes = (Node(kind="section", parent=None, value=0, most=2), *map(bullet, (1, 5, 2, 4)))
    assert chosen(nodes, measured(1, 1, 1, 1, 1, page=9)) == [0, 2, 4]


def test_a_section_with_too_few_children_is_left_out() -> None:
    nodes = (Node(kind="section", parent=None, value=0, fewest=2), bullet(9), bullet(1), *lines(3))
    assert chosen(nodes, measured(1, 1, 3, 1, page=5)) == [0, 1, 2]
    assert chosen(nodes, measured(1, 1, 3, 1, page=4)) == [3]


def test_the_surcharge_is_paid_once_and_only_for_marked_blocks() -> None:
    plain = Node(kind="publication", parent=0, value=4)
    nodes = (SECTION, marked(5), marked(5), plain)
    assert chosen(nodes, measured(1, 2, 2, 2, page=6, surcharges={0: 1})) == [0, 1, 2]
    assert chosen(nodes, measured(1, 2, 2, 2, page=5, surcharges={0: 1})) == [0, 1]
    assert chosen(nodes, measured(1, 2, 2, 2, page=5, surcharges={0: 3})) == [0, 3]
    assert chosen(nodes, measured(1, 2, 2, 2, page=5)) == [0, 1, 2]


def test_a_gap_depends_on_the_block_that_is_kept_above() -> None:
    nodes = (SECTION, *map(bullet, (3, 5, 4)))
    gaps = {("section", "bullet"): Gap(4, may_break=False), ("bullet", "bullet"): TIGHT}
    measure = measured(1, 2, 2, 2, page=9, gaps=gaps)
    assert chosen(nodes, measure) == [0, 2, 3]


def test_no_gap_is_above_the_first_block_of_a_page() -> None:
    gaps = {("line", "line"): Gap(3, may_break=True), ("header", "line"): Gap(3, may_break=True)}
    assert chosen(lines(1, 1), measured(10, 10, page=10, gaps=gaps), pages=2) == [0, 1]
    assert chosen(lines(1, 1), measured(10, 10, page=10, gaps=gaps, head=1), pages=2) == [0]
    assert chosen(lines(1, 1), measured(6, 6, page=10, gaps=gaps, head=1), pages=2) == [0, 1]


def test_a_heading_goes_to_the_next_page_with_what_follows_it() -> None:
    nodes = (*lines(1), SECTION, bullet(1, parent=1))
    gaps = {("section", "bullet"): Gap(1, may_break=False)}
    solution = solve(Problem(nodes=nodes, pages=2), measured(6, 2, 3, page=10, gaps=gaps))
    assert solution is not None
    assert (solution.pages, solution.used) == (((0,), (1, 2)), (6, 6))


def test_what_a_page_break_would_cost_counts() -> None:
    """The second line is worth more, but then its page cannot hold the third one."""
    gaps = {("line", "line"): Gap(0, may_break=True)}
    assert chosen(lines(5, 6, 7), measured(6, 8, 4, page=10, gaps=gaps), pages=1) == [0, 2]
    assert chosen(lines(5, 6, 7, 7), measured(6, 8, 4, 8, page=10, gaps=gaps), pages=2) == [0, 2, 3]


def test_no_exchange_of_two_blocks_is_worth_more() -> None:
    problem, measure = document(seed=5, blocks=60)
    solution = solve(problem, measure)
    assert solution is not None
    assert 0 < len(solution.kept) < len(problem.nodes)
    for out in (None, *solution.kept):
        for new in set(range(len(problem.nodes))) - solution.kept:
            other = (solution.kept - {out}) | {new}
            worth = sum(problem.nodes[index].value for index in other)
            assert worth <= solution.value or not fits(problem, measure, other)


def test_three_hundred_blocks_at_five_densities_take_few_steps() -> None:
    """Steps are counted, not seconds, so that nothing else on the machine matters."""
    cases = [document(seed=11, blocks=300, line=line) for line in (142, 133, 124, 116, 109)]
    assert sum(lines_run(problem, measure) for problem, measure in cases) < 1_500_000


def lines_run(problem: Problem, measure: Measure) -> int:
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> TraceFunction:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        assert solve(problem, measure) is not None
    finally:
        sys.settrace(before)
    return count
