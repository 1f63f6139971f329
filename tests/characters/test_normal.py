"""The form in which texts are set: composed, with two kinds of space."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.characters.normal import normalised


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("e\u0301", "é"),
        ("d\u0323\u0307", "ḍ\u0307"),
        ("ᄒ\u1161ᆫ", "한"),
        ("thin\u2009space", "thin space"),
        ("山田\u3000太郎", "山田 太郎"),
        ("1\u202f234", "1\u00a0234"),
        ("1\u00a0234", "1\u00a0234"),
        ("a  b", "a  b"),
        ("\ufa19", "\ufa19"),
        ("\u212b \u2126", "\u212b \u2126"),
        ("\u2126\u0301", "Ώ"),
        ("\ufa19 e\u0301 \u212b", "\ufa19 é \u212b"),
        ("ﬁ ½ ² ①", "ﬁ ½ ² ①"),
        ("co\u00adop", "co\u00adop"),
    ],
)
def test_marks_are_composed_and_single_characters_stay(text: str, expected: str) -> None:
    assert normalised(text) == expected


@given(st.text())
def test_only_the_canonical_form_and_the_spaces_change(text: str) -> None:
    made = normalised(text)
    assert normalised(made) == made
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)
    remade = "".join(" " if unicodedata.category(c) == "Zs" else c for c in made)
    assert unicodedata.normalize("NFC", remade) == unicodedata.normalize("NFC", spaced)
