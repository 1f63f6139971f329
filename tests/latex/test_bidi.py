"""Levels as UAX #9 has them; the expected ones are ICU 72's for the same texts."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.latex.bidi import (
    begins_leftward,
    first_level,
    is_leftward_language,
    levels,
    runs_leftward,
)

MIXED = st.text(st.sampled_from("ab אב جد 12٣٤ +-,.:/%$()[]{}<>–“”…\u0300\u05b0\u200d\u200f"))


def level_string(text: str, base: int) -> str:
    return "".join(map(str, levels(text, base=base)))


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("", 0, ""),
        ("abc", 0, "000"),
        ("abc", 1, "222"),
        ("אבג", 0, "111"),
        ("a אב b", 0, "001100"),
        ("a אב ", 0, "00110"),  # a space at the end is the paragraph's
        ("אב 12", 0, "11122"),
        ("אב 12-13", 1, "11122222"),  # a hyphen joins numbers
        ("אב 12\u201313", 1, "11122122"),  # a dash does not
        ("جد 12-13", 1, "11122122"),  # nor a hyphen after Arabic, whose numbers are its own
        ("אב 1,000", 0, "11122222"),
        ("אב 97%", 0, "111222"),
        ("אב (ab) ג", 1, "111122111"),
        ("a (אב) b", 0, "00011000"),
        ("a (אב, c) b", 0, "00011000000"),
        ("a [b (אב] ג)", 0, "000000110010"),
        ("א\u0300b", 0, "110"),
        ("א\u200db", 0, "110"),  # a joiner has the level of what is before it
        ("\u200f12", 0, "122"),
    ],
)
def test_levels_are_those_of_the_standard(text: str, base: int, expected: str) -> None:
    assert level_string(text, base) == expected


@given(MIXED, st.sampled_from([0, 1]))
def test_every_character_has_a_level_of_its_direction(text: str, base: int) -> None:
    found = levels(text, base=base)
    assert len(found) == len(text)
    assert {*found} <= {base, 1, 2}
    for character, level in zip(text, found, strict=True):
        kind = unicodedata.bidirectional(character)
        if kind in {"R", "AL", "L"}:
            assert level % 2 == (kind != "L")


@given(st.text(st.sampled_from("abc 12.,-()")))
def test_a_text_without_leftward_letters_runs_in_one_direction(text: str) -> None:
    assert set(levels(text, base=0)) <= {0}


@pytest.mark.parametrize(
    ("text", "leftward", "level"),
    [("", False, 0), ("naïve", False, 0), ("12 ב", True, 1), ("a ב", True, 0), ("–", False, 0)],
)
def test_the_first_letter_decides_about_a_paragraph(text: str, leftward: bool, level: int) -> None:  # noqa: FBT001  a table
    assert runs_leftward(text) is leftward
    assert first_level(text) == level
    assert begins_leftward(text) is (level == 1)


def test_without_letters_the_caller_decides_about_a_paragraph() -> None:
    assert first_level("2019", otherwise=1) == 1


@pytest.mark.parametrize(
    ("language", "is_leftward"),
    [("ar", True), ("he-IL", True), ("fa", True), ("en", False), ("ja", False), ("arn", False)],
)
def test_languages_run_as_they_are_written(language: str, is_leftward: bool) -> None:  # noqa: FBT001  the same
    assert is_leftward_language(language) is is_leftward
