"""The words that the lists are set with."""

from __future__ import annotations

import string

import pytest

from cvforge.bibliography.house.words import WORDS, known, word


def places(words: str) -> list[list[str]]:
    """Return the fields of each plural form, sorted."""
    parsed = ([part[1] for part in string.Formatter().parse(form)] for form in words.split("|"))
    return [sorted(field for field in fields if field is not None) for fields in parsed]


@pytest.mark.parametrize("language", WORDS)
def test_every_language_has_every_word_with_the_same_places(language: str) -> None:
    assert list(WORDS[language]) == list(WORDS["en"])
    for key, english in WORDS["en"].items():
        forms = places(WORDS[language][key])
        assert all(form == places(english)[0] for form in forms), key
        assert WORDS[language][key].strip() == WORDS[language][key] != ""


@pytest.mark.parametrize(("language", "forms"), [("en", 2), ("pl", 3), ("zh", 1)])
def test_plurals_are_as_many_as_the_language_has(language: str, forms: int) -> None:
    assert len(WORDS[language]["publications"].split("|")) == forms


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("de", "de"), ("de-AT", "de"), ("zh_Hant", "zh"), ("PT-br", "pt"), ("tlh", "en"), ("", "en")],
)
def test_a_language_is_known_by_its_first_part(tag: str, expected: str) -> None:
    assert known(tag) == expected


def test_a_tilde_of_the_table_keeps_a_line_together() -> None:
    assert word("pages", "en") == "pp.\u00a0{}"
