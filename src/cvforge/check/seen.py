"""The order of what is seen: of texts with letters that run leftward, by the places of glyphs.

Readers guess such an order, and pdfminer does not: it tells where each glyph stands. So the order
that is expected on the page is worked out from the text, and looked for in its rows.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from cvforge.check.chain import MOST_PLACES, Found, in_order, moved
from cvforge.check.differences import Difference, Kind, clipped
from cvforge.check.visual import FORMULA, Line, visible
from cvforge.latex.bidi import is_leftward_language, runs_leftward

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvforge.check.expected import Expected, Leaf

    Row = Sequence[str]

MOST_OF_FORMULA = 80  # characters
REACH = 3  # rows after which a text goes on: a bullet and a running foot may stand between
FEWEST = 3  # letters of a line that ends or begins within a word
HYPHEN = "-"


def order_differences(expected: Expected, rows: Sequence[Row]) -> list[Difference]:
    """Return the texts that are not seen in their order in the rows of all pages.

    Of a document that runs leftward all texts are looked for, of others those that hold letters
    which do.
    """
    is_mirrored = is_leftward_language(expected.language)
    leaves = [
        leaf
        for leaf in expected.leaves
        if runs_leftward(leaf.plain)
        or (is_mirrored and any(isinstance(part, str) and visible(part) for part in leaf.parts))
    ]
    if not leaves:
        return []
    page = _Page(["".join(map(visible, row)) for row in rows], is_mirrored=is_mirrored)
    places = [page.places(leaf, number) for number, leaf in enumerate(leaves)]
    chain = in_order(places)
    strays = moved(places, chain)
    there = {found.leaf for found in (*chain, *strays)}
    absent = [leaf for number, leaf in enumerate(leaves) if number not in there]
    return [
        *(Difference(Kind.TURNED, clipped(leaf.plain), "", leaf) for leaf in absent),
        *(_moved(leaves, stray, chain) for stray in strays),
    ]


def _moved(leaves: Sequence[Leaf], stray: Found, chain: Sequence[Found]) -> Difference:
    last = max((each for each in chain if each.end <= stray.start), default=None)
    after = "" if last is None else leaves[last.leaf].plain
    leaf = leaves[stray.leaf]
    return Difference(Kind.MOVED, clipped(leaf.plain), clipped(after), leaf)


class _Page:
    """The rows of all pages, in which texts are looked for."""

    def __init__(self, rows: Sequence[str], *, is_mirrored: bool) -> None:
        self.rows = rows
        self._is_mirrored = is_mirrored
        self.width = max(map(len, rows), default=0) + 1

    def places(self, leaf: Leaf, number: int) -> list[Found]:
        """Return where a text stands; where it has several lines, its first counts."""
        line = Line.of(leaf, is_mirrored=self._is_mirrored)
        spans = list(islice(self._everywhere(line.seen(0, len(line.units))), MOST_PLACES))
        if not spans:
            spans = [*_Breaks(self, line, line.ends, fewest=1).starts()]
        if not spans:
            anywhere = range(len(line.units))
            spans = [*_Breaks(self, line, anywhere, fewest=FEWEST).starts()]
        return [self._found(span, number) for span in spans]

    def begins(self, number: int, text: str) -> bool:
        """Say whether a row begins with a text, on the side from which the document is read."""
        row = self.rows[number]
        if FORMULA not in text:
            return row.endswith(text) if self._is_mirrored else row.startswith(text)
        side = len(row) if self._is_mirrored else 0
        return any(side in place for place in _places(text, row))

    def _everywhere(self, text: str) -> Iterator[tuple[int, int, int]]:
        for number, row in enumerate(self.rows):
            yield from ((number, *place) for place in _places(text, row))

    def _found(self, span: tuple[int, int, int], number: int) -> Found:
        """Return a place on an axis along which the page is read."""
        row, start, end = span
        if self._is_mirrored:
            start, end = len(self.rows[row]) - end, len(self.rows[row]) - start
        return Found(row * self.width + start, row * self.width + end, number)


def _places(text: str, row: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where a text stands in a row; formulas in it are skipped."""
    if FORMULA not in text:
        at = row.find(text)
        while at >= 0:
            yield at, at + len(text)
            at = row.find(text, at + 1)
        return
    pattern = re.escape(text).replace(FORMULA, f".{{0,{MOST_OF_FORMULA}}}?")
    yield from (match.span() for match in re.finditer(pattern, row))


class _Breaks:
    """Looks for one text that has several lines, which may end at some of its places."""

    def __init__(self, page: _Page, line: Line, breaks: Sequence[int], *, fewest: int) -> None:
        self._page = page
        self._line = line
        self._breaks = breaks
        self._fewest = fewest
        self._hopeless: set[tuple[int, int]] = set()
        self._stretches: dict[int, list[tuple[int, str]]] = {}

    def starts(self) -> Iterator[tuple[int, int, int]]:
        """Yield row, start and end of each first line after which the others follow."""
        for number, row in enumerate(self._page.rows):
            for end, stretch in self._from(0):
                place = next(_places(stretch, row), None)
                if place is not None and self._goes_on(end, number + 1):
                    yield number, *place
                    break

    def _goes_on(self, start: int, row: int) -> bool:
        """Say whether the text from ``start`` stands at the beginnings of rows from ``row`` on."""
        if start == len(self._line.units):
            return True
        for number in range(row, min(row + REACH, len(self._page.rows))):
            if (start, number) in self._hopeless:
                continue
            ends = (end for end, stretch in self._from(start) if self._page.begins(number, stretch))
            if any(self._goes_on(end, number + 1) for end in ends):
                return True
            self._hopeless.add((start, number))
        return False

    def _from(self, start: int) -> list[tuple[int, str]]:
        """Return how lines from ``start`` are seen, by where they end, the longest first."""
        if start not in self._stretches:
            last = len(self._line.units)
            most = min(last - self._fewest, start + self._page.width)
            ends = [end for end in self._breaks if start + self._fewest <= end <= most]
            marks = ("", HYPHEN) if self._fewest > 1 else ("",)
            self._stretches[start] = [(last, self._line.seen(start, last))] + [
                (end, self._line.seen(start, end, after=mark))
                for end in reversed(ends)
                for mark in marks
            ]
        return self._stretches[start]
