"""What is printed as one stays together, and each part knows its script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.fonts.scripts import cjk_language, clusters, scripts


@pytest.mark.parametrize(
    "parts",
    [
        ["p", "l", "a", "i", "n"],
        ["é", "à̧", "b"],
        ["e\u0301", "a\u0308\u0304", "x"],
        ["👩‍💻", "👨‍👩‍👧", "❤️", "a"],
        ["👍🏽", "👍", "1️⃣", "2"],
        ["🇩🇪", "🇫🇷", "🇯"],
        ["\U0001f3f4\U000e0067\U000e0062\U000e007f", "a"],
        ["각", "각", "\u1112\u1161\u11ab", "가", "\u1100"],
        ["\uac01\u11a8", "\u1100"],
        ["क्ष", "त्रि", "य", "क्\u200dष"],
        ["กำ", "ก", "เ"],
        ["ש\u05bc\u05c1", "ל"],
        ["ب\u0651\u064e", "\u0600\u0661"],
        ["葛\U000e0100", "骨", "\u304b\u3099"],
        ["a", "\u00ad", "b", "\u2060", "c"],
        ["\u0301", "a"],
        ["a", "\n", "\u0301"],
        [],
    ],
)
def test_marks_sequences_and_syllables_stay_whole(parts: list[str]) -> None:
    assert clusters("".join(parts)) == parts


@given(st.text())
def test_no_character_is_lost_or_moved(text: str) -> None:
    parts = clusters(text)
    assert "".join(parts) == text
    assert all(parts)
    assert len(scripts(parts)) == len(parts)


def by_script(text: str) -> list[tuple[str, str]]:
    made: list[tuple[str, str]] = []
    parts = clusters(text)
    for part, code in zip(parts, scripts(parts), strict=True):
        if made and made[-1][1] == code:
            made[-1] = (made[-1][0] + part, code)
        else:
            made.append((part, code))
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ab 12, c", [("ab 12, c", "Latn")]),
        ("(12) ab", [("(12) ab", "Latn")]),
        ("12, 34", [("12, 34", "Zyyy")]),
        ("a μ-b", [("a ", "Latn"), ("μ-", "Grek"), ("b", "Latn")]),
        ("in عربي، ١٢", [("in ", "Latn"), ("عربي، ١٢", "Arab")]),
        ("، 12", [("، 12", "Arab")]),
        ("שלום!", [("שלום!", "Hebr")]),
        ("骨、か。", [("骨、", "Hani"), ("か。", "Hira")]),
        ("カー", [("カー", "Kana")]),
        ("。", [("。", "Hani")]),
        ("a。", [("a", "Latn"), ("。", "Hani")]),
        ("x → y", [("x ", "Latn"), ("→", "Zmth"), (" y", "Latn")]),
        ("½ ★ ∑", [("½", "Zsym"), (" ", "Zyyy"), ("★", "Zsym"), (" ", "Zyyy"), ("∑", "Zmth")]),
        ("𝒜", [("𝒜", "Zmth")]),
        ("a+b<c ^ $", [("a+b<c ^ $", "Latn")]),
        ("hi 😀1️⃣❤️🇩🇪", [("hi ", "Latn"), ("😀1️⃣❤️🇩🇪", "Zsye")]),
        ("﷼ ₪", [("﷼ ", "Arab"), ("₪", "Zsym")]),
        ("한글", [("한글", "Hang")]),
        ("क॥", [("क॥", "Deva")]),
    ],
)
def test_shared_characters_join_their_neighbours(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert by_script(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("骨", "en", "zh-Hans"),
        ("骨の", "en", "ja"),
        ("骨カ", "de", "ja"),
        ("骨 한", "en", "ko"),
        ("骨の", "zh-Hant", "zh-Hant"),
        ("骨", "ja", "ja"),
        ("骨の", "ko-KR", "ko-KR"),
        ("", "", "zh-Hans"),
    ],
)
def test_han_has_the_form_of_the_language_or_of_what_stands_beside_it(
    text: str, language: str, expected: str
) -> None:
    assert cjk_language(text, language=language) == expected
