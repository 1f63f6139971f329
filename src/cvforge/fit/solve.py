"""The choice: the most valuable selection of blocks that keeps the rules and fits, exactly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.fit.bound import bound, guessed_price
from cvforge.fit.frontier import Search, dearest
from cvforge.fit.graph import graph
from cvforge.fit.pages import fill, fits, paginate
from cvforge.fit.spots import spots
from cvforge.fit.trace import first_selection
from cvforge.fit.unions import Unions
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from cvforge.fit.frontier import Frontier
    from cvforge.fit.graph import Graph
    from cvforge.fit.problem import Measure, Problem

__all__ = ["Solution", "fits", "paginate", "solve"]

# Worth is value in units this small, so that prices of one sp and shared worths are integers.
WORTH_OF_A_POINT = 1 << 32
# What may be lost to the ceiling at first, as the price of this part of a page; then twice that.
FIRST_BUDGET = 1 / 200
# After so many doublings without any selection: is there one?
DOUBT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A selection, its value, its nodes by page and the height in sp that each page takes."""

    kept: frozenset[int]
    value: int
    pages: tuple[tuple[int, ...], ...]
    used: tuple[int, ...]


def solve(problem: Problem, measure: Measure) -> Solution | None:
    """Return the selection of the highest value; None when no selection fits, pinned blocks alone.

    Of equally valuable selections it is the one that keeps the earlier nodes: that keeps the first
    node, in page order, that not both of two selections keep.
    """
    everything = frozenset(range(len(problem.nodes)))
    may_all_fit = sum(measure.heights) <= problem.pages * measure.page
    if may_all_fit and fits(problem, measure, everything):
        return _solution(problem, measure, everything)
    search = _search(problem, measure)
    kept = None if search is None else _best(search, problem, measure)
    return None if kept is None else _solution(problem, measure, kept)


def _solution(problem: Problem, measure: Measure, kept: frozenset[int]) -> Solution:
    pages = fill(problem, measure, kept) or []
    return Solution(
        kept=kept,
        value=sum(problem.nodes[index].value for index in kept),
        pages=tuple(tuple(page.nodes) for page in pages),
        used=tuple(page.used for page in pages),
    )


def _search(problem: Problem, measure: Measure) -> Search | None:
    """Return what is to be searched; None when already the bound says that nothing fits.

    A page break saves a gap, the widest at most: so much room is added for each.
    """
    places = spots(problem)
    unions = Unions(problem, places)
    worths = [node.value * WORTH_OF_A_POINT for node in problem.nodes]
    worths = unions.shared(worths, measure.heights)
    steps = graph(problem, measure, spots=places, worths=worths)
    widest = _widest_break(steps)
    room = problem.pages * measure.page + (problem.pages - 1) * widest - measure.head
    guess = guessed_price(worths, measure.heights, room=room)
    found = bound(steps, room=room, guess=guess) if steps else None
    if found is None:
        return None
    return Search(
        graph=steps,
        bound=found,
        unions=unions,
        page=measure.page,
        pages=problem.pages,
        widest=widest,
    )


def _widest_break(steps: Graph) -> int:
    """Return the widest gap that a page may end in, in sp."""
    gaps = (
        height - alone
        for into in steps
        for _, _, kept, _, height, alone in into
        if kept and alone is not None
    )
    return max(gaps, default=0)


def _best(search: Search, problem: Problem, measure: Measure) -> frozenset[int] | None:
    """Search with growing budgets until what is found makes a greater one needless."""
    ceiling, room = search.bound.ceiling, measure.page - measure.head
    part = FIRST_BUDGET * (2 * problem.pages - 1)
    first = max(1, int(search.bound.price * measure.page * part))
    worth, doublings = None, 0
    while True:
        budget = min(first << doublings, ceiling - (worth or 0))
        frontiers = search.frontiers(budget)
        worth = _most(frontiers[0], room)
        if worth is not None and ceiling - worth <= budget:
            return first_selection(search, frontiers, room=room, worth=worth)
        if worth is None and budget == ceiling:
            return None
        doublings += 1
        if worth is None and doublings == DOUBT and not _anything_fits(problem, measure):
            return None


def _most(frontier: Frontier, room: int) -> int | None:
    """Return the most that is worth what fits into ``room`` sp of page 1."""
    ends = [dearest(points, room) for points in frontier.values()]
    return max((end for end in ends if end is not None), default=None)


def _anything_fits(problem: Problem, measure: Measure) -> bool:
    """Return whether some selection fits: where all are worth nothing, one is searched at once."""
    worthless = tuple(replace(node, value=0) for node in problem.nodes)
    return solve(replace(problem, nodes=worthless), measure) is not None
