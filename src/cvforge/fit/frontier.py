"""Exact search: what can come after each state of the graph, the best of it for each height."""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.fit.bound import Bound
    from cvforge.fit.graph import Graph, Step
    from cvforge.fit.unions import Unions

# What is taken of the page that a state is on, in sp, and its worth; a higher one is worth more.
Point: TypeAlias = tuple[int, int]
Points: TypeAlias = list[Point]
# How many pages begin after a state, and the groups that are kept after it (bits).
Key: TypeAlias = tuple[int, int]
Frontier: TypeAlias = dict[Key, Points]

_MOST = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is searched; ``page`` and ``widest`` (the widest gap that a page may end in) in sp."""

    graph: Graph
    bound: Bound
    unions: Unions
    page: int
    pages: int
    widest: int

    def frontiers(self, budget: int) -> list[Frontier]:
        """Return for each state what can come after it, without what the best cannot contain.

        Left out is what another one beats in height and worth, and what brings the bound of a
        selection with it more than ``budget`` below the ceiling: if a selection is worth the
        ceiling less the budget, then the best ones are among those that remain.
        """
        last = len(self.graph) - 1
        collected: list[dict[Key, list[Points]]] = [{} for _ in self.graph]
        collected[last] = {(0, 0): [[(0, 0)]]}
        frontiers: list[Frontier] = [{} for _ in self.graph]
        for state in range(last, -1, -1):
            if collected[state]:
                frontier = {key: _undominated(found) for key, found in collected[state].items()}
                frontiers[state] = frontier
                self._extend(frontier, state, into=collected, budget=budget)
        return frontiers

    def _extend(
        self,
        frontier: Frontier,
        state: int,
        *,
        into: list[dict[Key, list[Points]]],
        budget: int,
    ) -> None:
        """Put every step that leads to a state before all that can come after it."""
        potentials, price = self.bound.potentials, self.bound.price
        for step in self.graph[state]:
            source, _, _, worth, height, _ = step
            loss = potentials[state] - potentials[source] - worth + price * height
            if loss > budget:
                continue
            floor = potentials[-1] - budget - potentials[source]
            target = into[source]
            for key, points in frontier.items():
                for earlier, found in self._before(step, key, points, floor=floor, free=loss == 0):
                    if found:
                        target.setdefault(earlier, []).append(found)

    def _before(
        self, step: Step, key: Key, points: Points, *, floor: int, free: bool
    ) -> Iterator[tuple[Key, Points]]:
        """Yield what ``points`` are with ``step`` before them, on one page and on two.

        ``floor`` is the least worth, less the price of all height, that is good enough; a
        ``free`` step leaves points as good as they were.
        """
        _, node, kept, worth, height, alone = step
        begun, flags = key
        price = self.bound.price
        bits = self.unions.before(flags, node=node, kept=kept)
        if bits is None:
            return
        floor += price * (self.page + self.widest) * begun
        if not kept:
            good = points if free else [p for p in points if p[1] - price * p[0] >= floor]
            yield (begun, bits), good
            return
        room, least = self.page - height, floor - worth + price * height
        yield (
            (begun, bits),
            [(h + height, w + worth) for h, w in points if h <= room and w - price * h >= least],
        )
        if alone is not None and begun < self.pages - 1:
            most = dearest(points, self.page - alone)
            if most is not None and most + worth >= floor + price * (self.page + self.widest):
                yield (begun + 1, bits), [(0, most + worth)]


def dearest(points: Points, room: int) -> int | None:
    """Return the most that a point is worth that is no higher than ``room``."""
    index = bisect_right(points, (room, _MOST))
    return points[index - 1][1] if index else None


def _undominated(found: list[Points]) -> Points:
    """Return the points of all lists, by height, that no lower or equally high one is worth."""
    if len(found) == 1:
        return found[0]
    points = sorted(chain.from_iterable(found))
    best: Points = []
    most = -1
    for point in points:
        if point[1] > most:
            most = point[1]
            if best and best[-1][0] == point[0]:
                best.pop()
            best.append(point)
    return best
