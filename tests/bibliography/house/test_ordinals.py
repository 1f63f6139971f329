"""Numbers in sentences."""

from __future__ import annotations

import pytest

from cvforge.bibliography.house.ordinals import edition, plural, position, written_number


@pytest.mark.parametrize(
    ("number", "ending"),
    [(1, "st"), (2, "nd"), (3, "rd"), (4, "th"), (10, "th"), (11, "th"), (12, "th"), (13, "th"),
     (21, "st"), (22, "nd"), (101, "st"), (111, "th"), (112, "th"), (113, "th"), (1002, "nd")],
)  # fmt: skip
def test_english_ordinals(number: int, ending: str) -> None:
    assert position(number, "2000", "en") == f"{number}{ending} of 2000"


@pytest.mark.parametrize(
    ("language", "first", "seventeenth"),
    [
        ("de", "1. von 94", "17. von 94"),
        ("fr", "1er sur 94", "17e sur 94"),
        ("es", "1.º de 94", "17.º de 94"),
        ("it", "1º su 94", "17º su 94"),
        ("pt", "1.º de 94", "17.º de 94"),
        ("nl", "1e van 94", "17e van 94"),
        ("sv", "1:a av 94", "17:e av 94"),
        ("da", "1. af 94", "17. af 94"),
        ("pl", "1. z 94", "17. z 94"),
        ("zh", "第1/94位", "第17/94位"),
        ("ja", "94名中1番目", "94名中17番目"),
    ],
)
def test_positions_in_every_language(language: str, first: str, seventeenth: str) -> None:
    assert (position(1, "94", language), position(17, "94", language)) == (first, seventeenth)


def test_swedish_ordinals_end_by_their_last_figure() -> None:
    endings = {11: "e", 12: "e", 21: "a", 22: "a", 23: "e"}
    assert all(edition(n, "sv") == f"{n}:{end}\u00a0uppl." for n, end in endings.items())


def test_an_edition_is_feminine_where_there_is_gender() -> None:
    assert [edition(1, language) for language in ("fr", "es", "it")] == [
        "1re\u00a0éd.", "1.ª\u00a0ed.", "1ª\u00a0ed.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [
        ("en", 1, "1 publication"),
        ("en", 2, "2 publications"),
        ("de", 9, "9 Publikationen"),
        ("pl", 1, "1 publikacja"),
        ("pl", 2, "2 publikacje"),
        ("pl", 5, "5 publikacji"),
        ("pl", 12, "12 publikacji"),
        ("pl", 21, "21 publikacji"),
        ("pl", 22, "22 publikacje"),
        ("pl", 112, "112 publikacji"),
        ("zh", 1, "1篇论文"),
        ("ja", 9, "論文9編"),
    ],
)
def test_plurals(language: str, number: int, expected: str) -> None:
    assert plural("publications", number, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2", 2), ("2nd", 2), ("3rd", 3), ("11th", 11), ("2.", 2), ("Second", 2), ("twelfth", 12),
     ("revised", None), ("2nd revised", None), ("", None), ("²", None), ("9" * 5000, None)],
)  # fmt: skip
def test_a_number_in_figures_or_words_is_understood(text: str, expected: int | None) -> None:
    assert written_number(text) == expected
