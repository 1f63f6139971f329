"""The rows of a page as they are seen: glyphs from left to right, whatever way they run."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pdfminer.layout import LTChar

BASE_LINE = 5  # in a matrix; ISO 32000-1:2008, 8.3.3
OFF = 0.5  # of a letter's size: what is raised or lowered less stands in the same row


@dataclass(slots=True)
class _Row:
    """Glyphs with the base line and size, in bp, of the largest of them."""

    base: float
    size: float
    glyphs: list[LTChar]


def rows(characters: Iterable[LTChar]) -> tuple[tuple[str, ...], ...]:
    """Return what each glyph of each row stands for; rows in the order in which they were drawn.

    A glyph may stand for several characters, in the order of the writing. Marks alone are left out:
    they stand far over and under letters, and left or right of where these begin.
    """
    made: list[_Row] = []
    for glyph in characters:
        if _is_mark(glyph.get_text()):
            continue
        base = glyph.matrix[BASE_LINE]
        row = made[-1] if made else None
        if row is None or abs(base - row.base) > OFF * max(row.size, glyph.size):
            made.append(_Row(base, glyph.size, [glyph]))
            continue
        row.glyphs.append(glyph)
        if glyph.size > row.size:
            row.base, row.size = base, glyph.size
    return tuple(
        tuple(glyph.get_text() for glyph in sorted(row.glyphs, key=lambda each: float(each.x0)))
        for row in made
    )


def _is_mark(text: str) -> bool:
    return all(unicodedata.category(character)[0] == "M" for character in text)
