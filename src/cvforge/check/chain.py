"""Where the texts of a CV are in an extracted text, when they are not all where they should be."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from cvforge.check.expected import Formula
from cvforge.check.matching import end_of, is_wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cvforge.check.expected import Leaf, Part
    from cvforge.check.extracted import Extracted

MOST_PLACES = 500  # of one short text, such as a year


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A leaf, by its number, that stands in the text from ``start`` to ``end``."""

    start: int
    end: int
    leaf: int


def occurrences(leaves: Sequence[Leaf], source: Extracted) -> list[list[Found]]:
    """Return for each leaf all places, up to ``MOST_PLACES``, where it stands as words."""
    by_first: dict[str, list[int]] = defaultdict(list)
    starts = list(_word_starts(source.flat))
    for start in starts:
        by_first[source.flat[start]].append(start)
    places: dict[tuple[Part, ...], list[tuple[int, int]]] = {}
    for leaf in leaves:
        if leaf.parts not in places:
            first = leaf.parts[0]
            near = starts if isinstance(first, Formula) else by_first[first[0]]
            places[leaf.parts] = list(islice(_places(leaf, source, near), MOST_PLACES))
    return [[Found(*at, number) for at in places[leaf.parts]] for number, leaf in enumerate(leaves)]


def _word_starts(flat: str) -> Iterator[int]:
    for at, character in enumerate(flat):
        if character != " " and not (at > 0 and _is_one_word(flat[at - 1], character)):
            yield at


def _is_one_word(before: str, after: str) -> bool:
    return before.isalnum() and after.isalnum() and not (is_wide(before) or is_wide(after))


def _places(leaf: Leaf, source: Extracted, starts: Iterable[int]) -> Iterator[tuple[int, int]]:
    for start in starts:
        end = end_of(leaf.parts, source, start)
        if end is not None and not _is_one_word(source.flat[end - 1], source.flat[end : end + 1]):
            yield start, end


def in_order(places: Sequence[Sequence[Found]]) -> list[Found]:
    """Return the places that make up the longest text in the order of the leaves, one a leaf.

    Weighted increasing subsequence: each place goes on from the best one that ends before it.
    """
    ends = sorted({found.end for of_leaf in places for found in of_leaf})
    best = _Best(len(ends))
    before: dict[Found, Found | None] = {}
    for of_leaf in places:
        reached = []
        for found in of_leaf:
            weight, last = best.up_to(bisect_right(ends, found.start))
            before[found] = last
            reached.append((weight + found.end - found.start, found))
        for weight, found in reached:
            best.offer(bisect_right(ends, found.end), weight, found)
    _, last = best.up_to(len(ends))
    chain = []
    while last is not None:
        chain.append(last)
        last = before[last]
    return chain[::-1]


class _Best:
    """The heaviest chain that ends at or before each place (Fenwick, 1994: a tree of maxima)."""

    def __init__(self, size: int) -> None:
        self._tree: list[tuple[int, Found | None]] = [(0, None)] * (size + 1)

    def up_to(self, index: int) -> tuple[int, Found | None]:
        found: tuple[int, Found | None] = (0, None)
        while index > 0:
            found = max(found, self._tree[index], key=_weight)
            index -= index & -index
        return found

    def offer(self, index: int, weight: int, last: Found) -> None:
        while index < len(self._tree):
            if weight > self._tree[index][0]:
                self._tree[index] = (weight, last)
            index += index & -index


def _weight(chain: tuple[int, Found | None]) -> int:
    return chain[0]


def moved(places: Sequence[Sequence[Found]], chain: Sequence[Found]) -> list[Found]:
    """Return one place for each leaf that is not of the chain, where nothing else stands."""
    taken = sorted(chain)
    chained = {found.leaf for found in chain}
    made: list[Found] = []
    for number, of_leaf in enumerate(places):
        if number in chained:
            continue
        free = next((found for found in of_leaf if _is_free(found, taken)), None)
        if free is not None:
            made.append(free)
            taken = sorted([*taken, free])
    return made


def _is_free(found: Found, taken: Sequence[Found]) -> bool:
    after = bisect_right(taken, found.start, key=lambda each: each.start)
    return (after == 0 or taken[after - 1].end <= found.start) and (
        after == len(taken) or taken[after].start >= found.end
    )


def gaps(taken: Iterable[Found], length: int) -> list[tuple[int, int]]:
    """Return the stretches of a text of ``length`` characters that nothing stands in."""
    ordered = sorted(taken)
    starts = [0, *accumulate((found.end for found in ordered), max)]
    ends = [*(found.start for found in ordered), length]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]
