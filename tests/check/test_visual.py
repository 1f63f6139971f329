"""How texts in both directions are seen, and how a line that is seen reads."""

from __future__ import annotations

import pytest

from cvforge.check.expected import Formula, Leaf
from cvforge.check.visual import FORMULA, Line, turned, visible


def seen(*parts: str | Formula, is_mirrored: bool = False) -> str:
    line = Line.of(Leaf(parts, ""), is_mirrored=is_mirrored)
    return line.seen(0, len(line.units))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("abc, d", "abc,d"),
        ("אבג דה", "הדגבא"),
        ("a אב b", "aבאb"),
        ("אב ab 12, ג", "ג,ab12בא"),
        ("אב (ג) 97.5%", "97.5%)ג(בא".replace(")ג(", "(ג)")),
        ("«אב» ≤ 5", "5≥«בא»"),
        ("مرحبا لا", "الابحرم"),
        ("ﻻ ﷲ", "هللاال"),
        ("שָׁלוֹם", "םולש"),
        ("مـرحبا\u200f", "ابحرم"),
    ],
)
def test_characters_are_seen_from_left_to_right(text: str, order: str) -> None:
    assert seen(text) == order


def test_what_has_no_letters_of_its_own_runs_as_the_document_does() -> None:
    assert seen("2015 – 2019") == "2015–2019"
    assert seen("2015 – 2019", is_mirrored=True) == "2019–2015"


def test_a_formula_stands_for_itself() -> None:
    assert seen("אב", Formula("x2"), "ג") == f"ג{FORMULA}בא"


def test_a_broken_line_ends_with_what_is_printed_there() -> None:
    line = Line.of(Leaf(("אב typing ג",), ""), is_mirrored=False)
    assert line.ends == [2, 8, 9]
    assert [line.seen(0, 5, after="-"), line.seen(5, 9)] == ["typ-בא", "גing"]


@pytest.mark.parametrize(
    ("glyph", "order"),
    [("لا", "ال"), ("fi", "fi"), ("ﬁ", "fi"), ("\u05b8", ""), (" ", ""), ("½", "1⁄2"), ("∈", "")],
)
def test_a_glyph_of_several_characters_is_seen_in_their_direction(glyph: str, order: str) -> None:
    assert visible(glyph) == order


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("2023 ינוי – 2019 ץרמ   וידה תאצוה", "הוצאת הדיו   מרץ 2019 – יוני 2023"),
        ("2019 – 2015   Example Press", "Example Press   2015 – 2019"),
        (".(ב) א", "א (ב)."),
    ],
)
def test_a_line_that_is_seen_is_turned_into_its_writing(line: str, written: str) -> None:
    assert turned(line) == written
