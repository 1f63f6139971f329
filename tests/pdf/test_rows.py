"""Rows of glyphs as they are seen from left to right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import pytest

from cvforge.pdf.rows import rows


@dataclass
class Glyph:
    """What is asked of a character of pdfminer's."""

    text: str
    x0: float
    base: float = 100
    size: float = 10

    @property
    def matrix(self) -> tuple[float, ...]:
        return (1, 0, 0, 1, self.x0, self.base)

    def get_text(self) -> str:
        return self.text


def found(*glyphs: Glyph) -> list[str]:
    return ["".join(row) for row in rows(cast("Any", glyphs))]


@pytest.mark.parametrize(
    ("glyphs", "seen"),
    [
        ([], []),
        ([Glyph("a", 0), Glyph("b", 6)], ["ab"]),
        ([Glyph("b", 6), Glyph("a", 0)], ["ab"]),
        ([Glyph("a", 0), Glyph("b", 0, base=88)], ["a", "b"]),
        ([Glyph("x", 0), Glyph("2", 6, base=104, size=7), Glyph("y", 9)], ["x2y"]),
        ([Glyph("2", 0, base=104, size=7), Glyph("x", 6), Glyph("y", 0, base=88)], ["2x", "y"]),
        ([Glyph("ب", 6), Glyph("\u0650", 5, base=80), Glyph("س", 0)], ["سب"]),
        ([Glyph("لا", 0), Glyph("س", 9)], ["لاس"]),
    ],
)
def test_rows_are_the_drawn_lines_sorted_from_left_to_right(
    glyphs: list[Glyph], seen: list[str]
) -> None:
    assert found(*glyphs) == seen
