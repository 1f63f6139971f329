"""Finds the person whom the CV is about among the authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.names import Name
from cvforge.bibliography.owner import Owner, owned, owner_findings, owner_positions
from cvforge.bibliography.reference import Names
from cvforge.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference

    Read = Callable[[str], dict[str, Reference]]

ADA = Owner(("Ada Lückenfuß-Quill", "许靖"))


def person(given: str, family: str, prefix: str = "", suffix: str = "") -> Name:
    return Name(given, prefix, family, suffix)


def body(name: str) -> Name:
    return Name("", "", name, "", corporate=True)


@pytest.mark.parametrize(
    "name",
    [
        person("Ada", "Lückenfuß-Quill"),
        person("ADA", "LÜCKENFUSS QUILL"),
        person("Ada", "Luckenfuss-Quill"),
        person("Ada", "Lueckenfuss-Quill"),
        person("Ada", "Lu\u0308ckenfuß\u2010Quill"),
        person("Ada", "LückenfußQuill"),
        person("Lückenfuß-Quill", "Ada"),
        person("Lueckenfuss-Quill", "Ada"),
        person("Ada", "Lückenfuß-Quill", "von"),
        person("Ada B.", "Lückenfuß-Quill"),
        person("A.", "Lückenfuß-Quill"),
        person("A", "Lueckenfuss-Quill"),
        person("Lückenfuß-Quill", "A."),
        body("许靖"),
    ],
)
def test_the_owner_is_found_in_any_spelling_of_the_names_listed(name: Name) -> None:
    assert owned(Names((person("Bo", "Rune"), name)), ADA) == {1}


@pytest.mark.parametrize(
    "name",
    [
        person("Ada", "Quill"),
        person("A.", "Quill"),
        person("B.", "Lückenfuß-Quill"),
        person("", "Lückenfuß-Quill"),
        person("", "A"),
        person("", "…"),
        body("A. Lückenfuß-Quill"),
        body("A"),
    ],
)
def test_a_name_that_is_only_alike_is_not_the_owner(name: Name) -> None:
    assert owned(Names((name,)), ADA) == frozenset()


def test_of_several_matches_the_best_is_the_owner() -> None:
    owner = Owner(("Bö Rune",))
    best_first = [
        person("Bö", "Rune"),
        person("BO", "Rune"),
        person("Rune", "Bo"),
        person("Boe", "Rune"),
        person("Bo C.", "Rune"),
        person("B.", "Rune"),
    ]
    for rank in range(len(best_first)):
        assert owned(Names(tuple(best_first[rank:])), owner) == {0}
        assert owned(Names(tuple(reversed(best_first[rank:]))), owner) == {5 - rank}


def test_whom_an_annotation_calls_the_owner_is_meant() -> None:
    exact, other = person("Bo", "Rune"), person("Cleo", "Vellum")
    words = {1: frozenset({"equal"}), 2: frozenset({"owner", "equal"})}
    assert owned(Names((exact, other), annotations=words), Owner(("Bo Rune",))) == {1}


@pytest.mark.parametrize(
    ("owner", "name", "found"),
    [
        ("Bo van der Rune", person("Bo", "Rune", "van der"), True),
        ("Bo van der Rune", person("Bo", "Rune"), True),
        ("Bo Rune", person("Bo", "Rune", "van der"), True),
        ("Bo van der Rune", person("B.", "Rune"), True),
        ("Bo Rune", person("B.", "Rune", "van der"), True),
        ("Esra Kern, Jr", person("Esra", "Kern", suffix="Jr"), True),
        ("Esra Kern", person("Esra", "Kern", suffix="Jr"), True),
        ("Rune, Bo", person("B.", "Rune"), True),
        ("Bo van der Rune", person("Bo", "Derune"), False),
    ],
)
def test_particles_and_suffixes_may_be_absent(owner: str, name: Name, *, found: bool) -> None:
    assert bool(owned(Names((name,)), Owner((owner,)))) is found


@pytest.mark.parametrize("owner", [Owner(()), Owner(("",)), Owner(("…",))])
def test_an_owner_without_letters_is_nobody(owner: Owner) -> None:
    assert owned(Names((person("", ""), person("", "…"))), owner) == frozenset()


def test_an_owner_who_may_be_several_is_none_and_is_asked_for(read: Read) -> None:
    references = read(
        """@misc{a, title={T}, author={Bo Rune and A. Quill and Anna Vellum and Quill, A. M.}}
        @misc{b, title={T}, author={A. Quill and Ada Quill}}
        @misc{c, title={T}, author={A. Quill and A. M. Quill}, author+an={2=owner}}
        @misc{d, title={T}, author={Bo Rune}}
        @book{e, title={T}, editor={A. Quill and A. Quill}}"""
    )
    owner = Owner(("Ada Quill",))
    assert {key: owner_positions(reference, owner) for key, reference in references.items()} == {
        "a": frozenset(), "b": {1}, "c": {1}, "d": frozenset(), "e": frozenset(),
    }  # fmt: skip
    first, second = owner_findings(references.values(), owner)
    assert first.severity is Severity.WARNING
    assert first.place == references["a"].place
    assert first.message == (
        '"A. Quill" and "A. M. Quill" in "a" match the name of this CV equally; none is emphasised'
    )
    assert first.hint == "say who it is by the place in the list: author+an = {2=owner}"
    assert second.place == references["e"].place
    assert second.hint is not None
    assert "editor+an = {1=owner}" in second.hint


@pytest.mark.parametrize(
    ("given", "family", "found"),
    [
        ("Ada", "Quill", True),
        ("A.", "Quill", True),
        ("Ada Beth", "Quill", True),
        ("A. B.", "Quill", True),
        ("Åsa", "Quill", False),
        ("Anna", "Quill", False),
        ("Aad", "Quill", False),
        ("A.", "Perova", True),
        ("Ada", "Perova", True),
        ("Anna", "Perova", False),
        ("B.", "Quill", False),
    ],
)
def test_an_alias_of_initials_matches_no_other_full_name(
    given: str, family: str, *, found: bool
) -> None:
    owner = Owner(("Ada Quill", "Ада Перова", "A. Quill", "A. Perova"))
    assert bool(owned(Names((person(given, family),)), owner)) is found


@pytest.mark.parametrize("names", [("许靖", "J. Xu"), ("Xu Jing", "J. Xu"), ("J. Xu",)])
def test_where_no_full_form_goes_with_the_initials_they_decide(names: tuple[str, ...]) -> None:
    assert owned(Names((person("Jun", "Xu"),)), Owner(names)) == {0}


@pytest.mark.parametrize("native", ["羽笔", "羽 笔"])
def test_a_native_name_is_found_in_either_order_of_its_parts(native: str) -> None:
    for name in (person("笔", "羽"), person("羽", "笔"), person("", "羽笔")):
        assert owned(Names((name,)), Owner(("Ada Quill", native))) == {0}
    assert owned(Names((person("墨", "羽"),)), Owner(("Ada Quill", native))) == frozenset()
