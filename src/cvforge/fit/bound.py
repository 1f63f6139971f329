"""How much a selection can be worth at most, by putting a price on height."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvforge.fit.graph import Graph

# The price is good enough when a better one lowers the bound by the price of this part of the room.
CLOSE = 1 / 2000


@dataclass(frozen=True, slots=True)
class Bound:
    """No selection is worth more than ``ceiling``.

    ``potentials[state]`` is the most that steps to a state can be worth once their height is paid
    for at ``price`` (worth for each sp). So a selection through a state is worth no more than its
    potential, what comes after the state, and the price of the room that this leaves.

    This is Lagrange's relaxation of the limit on height; the best price makes it the bound of the
    linear relaxation over all mixtures of selections.
    """

    price: int
    potentials: list[int]
    ceiling: int


class _Way(NamedTuple):
    """What a path through the graph is worth, and its height."""

    worth: int
    height: int


def bound(graph: Graph, *, room: int, guess: int) -> Bound | None:
    """Return the bound at (nearly) the best price; None when nothing is as low as ``room``, in sp.

    ``guess`` is a price to begin with. The best price lies between those at which the best way is
    too high and at which it fits; the price at which these two ways come to the same is the next.
    """
    high: _Way | None = None
    low: _Way | None = None
    found = best = _at(graph, guess, room=room)
    while True:
        way = _way(graph, found)
        if way.height > room:
            high = way
        else:
            low = way
        price = _next_price(graph, high, low)
        if price == found.price:
            return None if low is None else best
        if high is not None and low is not None:
            least = high.worth + price * (room - high.height)
            if best.ceiling - least <= price * room * CLOSE:
                return best
        found = _at(graph, price, room=room)
        best = min(best, found, key=lambda each: each.ceiling)


def _next_price(graph: Graph, high: _Way | None, low: _Way | None) -> int:
    """Return the price between two ways; where one is missing, one that nothing is beyond."""
    if high is None:
        return 0
    if low is None:
        return 1 + sum(step[3] for steps in graph for step in steps)
    return max(0, (high.worth - low.worth) // (high.height - low.height))


def guessed_price(worths: Sequence[int], heights: Sequence[int], *, room: int) -> int:
    """Return what an sp is worth in the last node that still fits, the densest nodes first."""
    dense = sorted(
        ((worth / height, height) for worth, height in zip(worths, heights, strict=True) if height),
        reverse=True,
    )
    for density, height in dense:
        room -= height
        if room < 0:
            return int(density)
    return 0


def _at(graph: Graph, price: int, *, room: int) -> Bound:
    potentials = [0] * len(graph)
    for state in range(1, len(graph)):
        best = None
        for source, _, _, worth, height, _ in graph[state]:
            here = potentials[source] + worth - price * height
            if best is None or here > best:
                best = here
        potentials[state] = best or 0
    return Bound(price, potentials, potentials[-1] + price * room)


def _way(graph: Graph, found: Bound) -> _Way:
    """Return the worth and height of a path that the last potential belongs to."""
    potentials, price = found.potentials, found.price
    state, total, length = len(graph) - 1, 0, 0
    while state > 0:
        for source, _, _, worth, height, _ in graph[state]:
            if potentials[source] + worth - price * height == potentials[state]:
                state, total, length = source, total + worth, length + height
                break
    return _Way(total, length)
