"""Which families come first for a script in a language."""

from __future__ import annotations

import pytest

from cvforge.fonts.preferences import han_form, preferred


@pytest.mark.parametrize(
    ("language", "form"),
    [
        ("ja", "ja"),
        ("ja-JP", "ja"),
        ("ko", "ko"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-Hant", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("ZH-hant-hk", "zh-HK"),
        ("zh-HK", "zh-HK"),
        ("yue", "zh-HK"),
        ("yue-Hans", "zh-Hans"),
        ("en", "zh-Hans"),
        ("", "zh-Hans"),
    ],
)
def test_a_language_has_one_form_of_han(language: str, form: str) -> None:
    assert han_form(language) == form


@pytest.mark.parametrize(
    ("script", "language", "first"),
    [
        ("Hani", "ja", "Noto Serif CJK JP"),
        ("Hani", "zh-Hant", "Noto Serif CJK TC"),
        ("Hani", "en", "Noto Serif CJK SC"),
        ("Hira", "zh-Hans", "Noto Serif CJK JP"),
        ("Bopo", "zh-Hans", "Noto Serif CJK TC"),
        ("Hang", "ja", "Noto Serif CJK KR"),
        ("Arab", "fa", "Amiri"),
        ("Beng", "bn", "Noto Serif Bengali"),
        ("Egyp", "en", "Noto Serif Egyptian Hieroglyphs"),
        ("Nope", "en", "Noto Serif Nope"),
    ],
)
def test_serifs_come_first_and_han_follows_the_language(
    script: str, language: str, first: str
) -> None:
    assert preferred(script, language)[0] == first


def test_no_family_is_named_twice() -> None:
    for script in ("Hani", "Latn", "Grek", "Zsym", "Zsye", "Zmth", "Taml"):
        names = preferred(script, "ja")
        assert len(names) == len(set(names))


def test_a_script_and_its_kana_share_their_families_so_that_japanese_has_one_look() -> None:
    japanese = preferred("Kana", "ja")
    assert preferred("Hani", "ja")[: len(japanese)] == japanese
