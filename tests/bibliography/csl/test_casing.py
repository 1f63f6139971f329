"""Capitals as styles ask for them."""

from __future__ import annotations

import pytest

from cvforge.bibliography.csl.casing import cased


@pytest.mark.parametrize(
    ("case", "text", "expected"),
    [
        ("title", "an odd result of the iPhone: a tale", "An Odd Result of the iPhone: A Tale"),
        ("title", "the 2nd result, and what for", "The 2nd Result, and What For"),
        ("title", "see example.org/a or not", "See example.org/a or Not"),
        ("title", "“odd mice” and ICML", "“Odd Mice” and ICML"),
        ("sentence", "an Odd Result of Bayes", "An Odd Result of Bayes"),
        ("sentence", "AN ODD RESULT", "An odd result"),
        ("sentence", "ICML", "ICML"),
        ("capitalize-first", "arXiv:2401 and", "arXiv:2401 and"),
        ("capitalize-first", "ébauche", "Ébauche"),
        ("capitalize-all", "an odd result", "An Odd Result"),
        ("lowercase", "An ODD", "an odd"),
        ("uppercase", "straße", "STRASSE"),
        ("", "an ODD", "an ODD"),
        ("title", "\U000f8100 of \U000f0010odd\U000f0011", "\U000f8100 of \U000f0010Odd\U000f0011"),
    ],
)
def test_capitals_are_added_and_seldom_taken(case: str, text: str, expected: str) -> None:
    assert cased(text, case, is_english=True) == expected


def test_titles_get_capitals_in_english_alone() -> None:
    assert cased("ein neues Ergebnis", "title", is_english=False) == "ein neues Ergebnis"
