"""From what can come after each state to one selection, the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cvforge.fit.frontier import dearest
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvforge.fit.frontier import Frontier, Search
    from cvforge.fit.graph import Step


class _Here(NamedTuple):
    """A state on the way, how many pages may still begin, and the groups kept from here on."""

    state: int
    pages: int
    flags: int


class _Move(NamedTuple):
    """A step, where it leads to and the room in sp that it leaves there."""

    step: Step
    there: _Here
    room: int


def first_selection(
    search: Search, frontiers: Sequence[Frontier], *, room: int, worth: int
) -> frozenset[int]:
    """Return the selection of that worth that keeps the earliest nodes; ``room`` is on page 1.

    Several ways through the graph may belong to what is decided so far (by where pages begin, and
    whether a surcharge is taken): all are followed, each with the most room that it can have.
    """
    tracer = _Tracer(search, frontiers, _leaving(search, frontiers))
    kept: set[int] = set()
    ways = {_Here(0, search.pages - 1, 0): room}
    while ways:
        moves = list(tracer.moves(ways, worth))
        keeping = [move for move in moves if move.step[2]]
        if keeping:
            _, node, _, gain, _, _ = keeping[0].step
            kept.add(node)
            worth -= gain
        ways = {}
        for move in keeping or moves:
            ways[move.there] = max(move.room, ways.get(move.there, 0))
    return frozenset(kept)


def _leaving(search: Search, frontiers: Sequence[Frontier]) -> dict[int, list[tuple[int, Step]]]:
    """Return the steps from each state to states from which an end is known, with these states."""
    leaving: dict[int, list[tuple[int, Step]]] = {}
    for state, steps in enumerate(search.graph):
        if frontiers[state]:
            for step in steps:
                leaving.setdefault(step[0], []).append((state, step))
    return leaving


@dataclass(frozen=True, slots=True)
class _Tracer:
    search: Search
    frontiers: Sequence[Frontier]
    leaving: dict[int, list[tuple[int, Step]]]

    def moves(self, ways: dict[_Here, int], worth: int) -> Iterator[_Move]:
        """Yield the moves on each way from which an end of the selection's worth is in reach."""
        for here, room in ways.items():
            for state, step in self.leaving.get(here.state, ()):
                for move in self._after(step, here, state=state, room=room):
                    if self._reaches(move, worth - step[3]):
                        yield move

    def _after(self, step: Step, here: _Here, *, state: int, room: int) -> Iterator[_Move]:
        """Yield where a step leads to, on the same page and on a new one."""
        _, node, kept, _, height, alone = step
        flags = self.search.unions.after(here.flags, node=node, kept=kept)
        if flags is None:
            return
        yield _Move(step, _Here(state, here.pages, flags), room - height)
        if kept and alone is not None and here.pages > 0:
            there = _Here(state, here.pages - 1, flags)
            yield _Move(step, there, self.search.page - alone)

    def _reaches(self, move: _Move, worth: int) -> bool:
        ends = (
            dearest(points, move.room)
            for (begun, flags), points in self.frontiers[move.there.state].items()
            if begun <= move.there.pages and flags == move.there.flags
        )
        return any(end is not None and end >= worth for end in ends)
