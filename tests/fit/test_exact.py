"""The choice against all there is to choose from: every selection, every way to break pages."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from cvforge.fit.problem import Gap, Measure, Node, Problem
from cvforge.fit.solve import Solution, fits, paginate, solve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KINDS = ("section", "entry", "bullet")


@st.composite
def nodes(draw: st.DrawFn) -> tuple[Node, ...]:
    made: list[Node] = []
    for index in range(draw(st.integers(1, 9))):
        above = [None, *_open(made)]
        parent = draw(st.sampled_from(above)) if index else None
        made.append(
            Node(
                kind=draw(st.sampled_from(KINDS)),
                parent=parent,
                value=draw(st.sampled_from([0, 1, 2, 2, 5, 40, 3200])),
                pinned=draw(st.integers(0, 7)) == 0,
                group=draw(st.sampled_from([None, None, None, None, "a", "b"])),
                needs_child=draw(st.integers(0, 3)) == 0,
                fewest=draw(st.sampled_from([0, 0, 0, 1, 2])),
                most=draw(st.sampled_from([None, None, 0, 1, 2])),
                marked=draw(st.integers(0, 3)) == 0,
                transparent=draw(st.integers(0, 4)) == 0,
            )
        )
    return tuple(made)


def _open(made: Sequence[Node]) -> Iterator[int]:
    """Yield the nodes that the next one may be a child of: the last one and its ancestors."""
    index = len(made) - 1 if made else None
    while index is not None:
        yield index
        index = made[index].parent


@st.composite
def measures(draw: st.DrawFn, count: int) -> Measure:
    gaps = {
        (above, below): Gap(draw(st.sampled_from([0, 1, 3, 4])), may_break=draw(st.booleans()))
        for above in (*KINDS, "header")
        for below in KINDS
    }
    return Measure(
        heights=tuple(draw(st.sampled_from([0, 1, 2, 5, 6, 10])) for _ in range(count)),
        surcharges=draw(st.dictionaries(st.integers(0, count - 1), st.integers(0, 5))),
        gaps=lambda above, below: gaps[above, below],
        head=draw(st.sampled_from([0, 0, 4, 9])),
        head_kind="header",
        page=draw(st.integers(4, 30)),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Problem, Measure]:
    made = draw(nodes())
    return Problem(nodes=made, pages=draw(st.integers(1, 3))), draw(measures(len(made)))


@settings(max_examples=400, deadline=None)
@given(cases())
def test_the_choice_is_the_one_that_trying_everything_finds(case: tuple[Problem, Measure]) -> None:
    problem, lengths = case
    solution = solve(problem, lengths)
    expected = best_of_all(problem, lengths)
    assert (None if solution is None else solution.kept) == expected
    if solution is not None:
        assert fits(problem, lengths, solution.kept)
        assert_is_laid_out(solution, problem, lengths)


@settings(max_examples=200, deadline=None)
@given(cases(), st.data())
def test_a_selection_fits_when_it_keeps_the_rules_and_some_way_to_break_does(
    case: tuple[Problem, Measure], data: st.DataObject
) -> None:
    problem, lengths = case
    chosen = data.draw(st.frozensets(st.sampled_from(range(len(problem.nodes)))))
    expected = keeps_rules(problem, chosen) and can_be_broken(problem, lengths, chosen)
    assert fits(problem, lengths, chosen) == expected


def best_of_all(problem: Problem, lengths: Measure) -> frozenset[int] | None:
    everything = range(len(problem.nodes))
    selections = (
        frozenset(chosen)
        for size in range(len(everything) + 1)
        for chosen in combinations(everything, size)
    )
    return max(
        (
            chosen
            for chosen in selections
            if keeps_rules(problem, chosen) and can_be_broken(problem, lengths, chosen)
        ),
        key=lambda chosen: (
            sum(problem.nodes[index].value for index in chosen),
            [index in chosen for index in everything],
        ),
        default=None,
    )


def keeps_rules(problem: Problem, chosen: frozenset[int]) -> bool:
    for index, node in enumerate(problem.nodes):
        if index not in chosen:
            if node.pinned or any(problem.nodes[child].parent == index for child in chosen):
                return False
            continue
        children = children_of(problem, chosen, index)
        if (node.needs_child and not children) or children < node.fewest:
            return False
        if node.most is not None and children > node.most:
            return False
        mates = {i for i, other in enumerate(problem.nodes) if other.group == node.group}
        if node.group is not None and not mates <= chosen:
            return False
    return True


def children_of(problem: Problem, chosen: frozenset[int], index: int) -> int:
    """Count the children of a node, those of transparent children in their stead."""
    return sum(
        children_of(problem, chosen, child) if problem.nodes[child].transparent else 1
        for child in chosen
        if problem.nodes[child].parent == index
    )


def can_be_broken(problem: Problem, lengths: Measure, chosen: frozenset[int]) -> bool:
    """Try every set of page breaks."""
    order = sorted(chosen)
    allowed = [
        place
        for place in range(len(order))
        if (lengths.head or place) and gap_above(problem, lengths, order, place).may_break
    ]
    return any(
        all(height <= lengths.page for height in heights_of(problem, lengths, order, breaks))
        for count in range(problem.pages)
        for breaks in combinations(allowed, count)
    )


def gap_above(problem: Problem, lengths: Measure, order: Sequence[int], place: int) -> Gap:
    above = problem.nodes[order[place - 1]].kind if place else lengths.head_kind
    return lengths.gaps(above, problem.nodes[order[place]].kind)


def heights_of(
    problem: Problem, lengths: Measure, order: Sequence[int], breaks: Sequence[int]
) -> list[int]:
    heights = [lengths.head]
    for place, index in enumerate(order):
        if place in breaks:
            heights.append(0)
        elif place or lengths.head:
            heights[-1] += gap_above(problem, lengths, order, place).height
        heights[-1] += lengths.heights[index]
        if problem.nodes[index].parent is None and has_marked(problem, order, index):
            heights[-1] += lengths.surcharges.get(index, 0)
    return heights


def has_marked(problem: Problem, order: Sequence[int], section_index: int) -> bool:
    after = section_index + 1
    while after < len(problem.nodes) and problem.nodes[after].parent is not None:
        after += 1
    return any(problem.nodes[i].marked for i in order if section_index <= i < after)


def assert_is_laid_out(solution: Solution, problem: Problem, lengths: Measure) -> None:
    order = sorted(solution.kept)
    assert [index for page in solution.pages for index in page] == order
    assert solution.pages == paginate(problem, lengths, solution.kept)
    ends = [sum(map(len, solution.pages[:number])) for number in range(1, len(solution.pages))]
    assert list(solution.used) == heights_of(problem, lengths, order, ends)
    assert solution.value == sum(problem.nodes[index].value for index in order)


# ---- Long lists without rules, where one table over pages and heights is enough ----------------


@st.composite
def long_lists(draw: st.DrawFn) -> tuple[Problem, Measure]:
    count = draw(st.integers(20, 60))
    worths = draw(st.sampled_from([(7,), (3, 4, 5), (3, 40, 700, 3200)]))
    sizes = draw(st.sampled_from([(12,), (12, 24, 36), (10, 11, 17, 23, 40)]))
    made = tuple(
        Node(kind="bullet", parent=None, value=draw(st.sampled_from(worths))) for _ in range(count)
    )
    gap = Gap(draw(st.sampled_from([0, 2, 5])), may_break=True)
    lengths = Measure(
        heights=tuple(draw(st.sampled_from(sizes)) for _ in range(count)),
        surcharges={},
        gaps=lambda _above, _below: gap,
        head=0,
        head_kind="header",
        page=draw(st.integers(60, 300)),
    )
    return Problem(nodes=made, pages=draw(st.integers(1, 3))), lengths


@settings(max_examples=100, deadline=None)
@given(long_lists())
def test_of_long_lists_the_same_is_chosen_as_by_a_table(case: tuple[Problem, Measure]) -> None:
    problem, lengths = case
    solution = solve(problem, lengths)
    assert solution is not None
    assert (solution.value, solution.kept) == best_of_table(problem, lengths)


def best_of_table(problem: Problem, lengths: Measure) -> tuple[int, frozenset[int]]:
    """Return the best by a table of all pages and heights; of equals the one with higher bits."""
    gap = lengths.gaps("bullet", "bullet").height
    table = {(1, 0): (0, 0)}
    count = len(problem.nodes)
    for index, node in enumerate(problem.nodes):
        height = lengths.heights[index]
        for (page, used), (value, bits) in list(table.items()):
            more = value + node.value, bits | 1 << (count - index)
            for place in ((page, used + height + (gap if used else 0)), (page + 1, height)):
                if place[0] <= problem.pages and place[1] <= lengths.page:
                    table[place] = max(table.get(place, (0, 0)), more)
    value, bits = max(table.values())
    return value, frozenset(index for index in range(count) if bits >> (count - index) & 1)
