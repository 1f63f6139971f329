"""Finds the person whom the CV is about among the authors."""

from __future__ import annotations

import pytest

from cvforge.bibliography.names import Name
from cvforge.bibliography.owner import Owner, fold, owned

ADA = Owner(("Ada Lückenfuß-Quill", "A. Quill", "许靖"))


def person(given: str, family: str, prefix: str = "", suffix: str = "") -> Name:
    return Name(given, prefix, family, suffix)


@pytest.mark.parametrize(
    "name",
    [
        person("Ada", "Lückenfuß-Quill"),
        person("ADA", "LÜCKENFUSS QUILL"),
        person("Ada", "Luckenfuss-Quill"),
        person("Ada", "Lu\u0308ckenfuß\u2010Quill"),
        person("Lückenfuß-Quill", "Ada"),
        person("A.", "Quill"),
        person("A", "Quill"),
        Name("", "", "许靖", "", corporate=True),
    ],
)
def test_the_owner_is_found_in_any_spelling_of_the_names_listed(name: Name) -> None:
    assert owned([person("Bo", "Rune"), name], ADA) == {1}


@pytest.mark.parametrize(
    "name",
    [
        person("Ada B.", "Lückenfuß-Quill"),
        person("Ada", "Quill"),
        person("B.", "Quill"),
        person("", "Quill"),
        person("", "A"),
        person("", "…"),
    ],
)
def test_a_name_that_is_only_alike_is_not_the_owner(name: Name) -> None:
    assert owned([name], ADA) == frozenset()


def test_of_several_matches_the_best_is_the_owner() -> None:
    owner = Owner(("Bo Rune",))
    swapped, folded, exact = person("Rune", "Bo"), person("BO", "Rune"), person("Bo", "Rune")
    assert owned([swapped, folded, exact], owner) == {2}
    assert owned([swapped, folded], owner) == {1}
    assert owned([swapped], owner) == {0}


def test_prefix_and_suffix_belong_to_the_name() -> None:
    owner = Owner(("Bo van der Rune", "Esra Kern, Jr"))
    assert owned([person("Bo", "Rune", "van der")], owner) == {0}
    assert owned([person("Bo", "Rune")], owner) == frozenset()
    assert owned([person("Esra", "Kern", suffix="Jr")], owner) == {0}


@pytest.mark.parametrize("owner", [Owner(()), Owner(("",)), Owner(("…",))])
def test_an_owner_without_letters_is_nobody(owner: Owner) -> None:
    assert owned([person("", ""), person("", "…")], owner) == frozenset()


def test_folding_leaves_letters_and_figures() -> None:
    assert fold("  Rühle-Märtens,  J.-F. III ") == "ruhle martens j f iii"
