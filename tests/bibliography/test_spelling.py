"""Spellings of a name made comparable."""

from __future__ import annotations

import pytest

from cvforge.bibliography.names import Name
from cvforge.bibliography.spelling import agreement, fold, form, initial, joined, variants


def test_folding_leaves_letters_and_figures() -> None:
    assert fold("  Rühle-Märtens,  J.-F. III ") == "ruhle martens j f iii"
    assert fold("Łukasz Sørensen Æbelø İnan Iłı Groß") == "lukasz sorensen aebelo inan ili gross"


def test_a_letter_is_written_without_its_accent_in_two_ways() -> None:
    assert variants("Rühle") == {"ruhle", "ruehle"}
    assert variants("Ru\u0308hle") == {"ruhle", "ruehle"}
    assert variants("Sørensen") == {"sorensen", "soerensen"}
    assert variants("Åse") == {"ase", "aase"}
    assert variants("Quill") == {"quill"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Øystein", "o"), ("quill", "q"), ("许", "许"), ("", ""), ("…", ""), ("Æbel", "a")],
)
def test_the_first_letter_of_a_name(name: str, expected: str) -> None:
    assert initial(name) == expected


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Ada Quill", ("Ada", "Quill")),
        ("Quill, Ada", ("Ada", "Quill")),
        ("Esra Kern, Jr", ("Esra", "Kern")),
        ("Bo van der Rune", ("Bo", "Rune")),
        ("De Xu", ("De", "Xu")),
        ("许靖", ("许靖",)),
    ],
)
def test_a_form_has_its_family_name_last(written: str, words: tuple[str, ...]) -> None:
    assert form(written).words == words


def test_letters_are_joined_with_the_family_name_last_and_first() -> None:
    assert joined(Name("Jing-Zhao", "", "Zhang", "")) == {"jingzhaozhang", "zhangjingzhao"}


@pytest.mark.parametrize(
    ("given", "family", "owner", "expected"),
    [
        ("Ada M.", "Quill", "Ada Quill", 0),
        ("Ada", "Quill", "Ada Maria Quill", 0),
        ("A.", "Quill", "Ada Quill", 1),
        ("A. M.", "Quill", "Ada Quill", 1),
        ("AM", "Quill", "Ada Maria Quill", 1),
        ("Quill", "AM", "Ada Maria Quill", 1),
        ("Quill A.", "M.", "Ada Maria Quill", 1),
        ("Rune", "J.-P.", "Jean-Pierre Rune", 1),
        ("Quill", "B.", "Ada Maria Quill", None),
        ("Ada", "Quill", "A. Quill", 1),
        ("J.-P.", "Rune", "Jean-Pierre Rune", 1),
        ("JP", "Rune", "Jean-Pierre Rune", 1),
        ("V.", "Ruehle", "Victor Rühle", 1),
        ("V.", "Rühle", "Victor Ruehle", 1),
        ("Ö.", "Rune", "Oeystein Rune", 1),
        ("A.", "Lückenfuß Quill", "Ada Lückenfuß-Quill", 1),
        ("В.", "Квилл", "Вера Квилл", 1),
        ("B.", "Quill", "Ada Quill", None),
        ("A. B.", "Quill", "Ada Maria Quill", None),
        ("Adam", "Quill", "Ada Quill", None),
        ("", "Quill", "Ada Quill", None),
        ("AD", "QUILL", "Ada Quill", None),
        ("X.", "Jing", "Jing Xu", None),
        ("靖", "许", "靖远 许", None),
    ],
)  # fmt: skip
def test_given_names_agree_in_any_amount_of_initials(
    given: str, family: str, owner: str, expected: int | None
) -> None:
    assert agreement(Name(given, "", family, ""), form(owner)) == expected
