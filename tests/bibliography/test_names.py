"""Authors: names by BibTeX's rules, and their annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.bibliography.names import Name
from cvforge.bibliography.reading.reader import read_bibliography
from cvforge.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Diagnostic

    Read = Callable[[str], dict[str, Reference]]
    Refuse = Callable[[str], Diagnostic]


def entry(authors: str, annotations: str = "") -> str:
    return f"@misc{{a, title = {{T}}, author = {{{authors}}}, author+an = {{{annotations}}}}}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Quill, Ada", Name("Ada", "", "Quill", "")),
        ("Ada Quill", Name("Ada", "", "Quill", "")),
        ("Rune, Bo Esra", Name("Bo Esra", "", "Rune", "")),
        ("Bo van der Rune", Name("Bo", "van der", "Rune", "")),
        ("van der Rune, Jr, Bo", Name("Bo", "van der", "Rune", "Jr")),
        ("Vellum Quill, Cleo", Name("Cleo", "", "Vellum Quill", "")),
        ("Andrew C Rune", Name("Andrew C", "", "Rune", "")),
        ("AdaQuill AdaQuill", Name("AdaQuill", "", "AdaQuill", "")),
        ("Glyph", Name("", "", "Glyph", "")),
        ("{Team Quill}", Name("", "", "Team Quill", "", corporate=True)),
        ("{Quill and Rune, Inc.}", Name("", "", "Quill and Rune, Inc.", "", corporate=True)),
        (r"{\'E}ric {\O}rsted", Name("Éric", "", "Ørsted", "")),
        (r"L{\"u}ckenfu{\ss}, Mira", Name("Mira", "", "Lückenfuß", "")),
        ("Jean-Bo Rune", Name("Jean-Bo", "", "Rune", "")),
        ("Quill,\n  Ada", Name("Ada", "", "Quill", "")),
        ("许, 靖", Name("靖", "", "许", "", family_first=True)),
        ("family=许, given=靖", Name("靖", "", "许", "", family_first=True)),
        ("family=许", Name("", "", "许", "")),
        ("{van} Rune", Name("van", "", "Rune", "")),
        (r"Bego\~na Vi\~{n}eta", Name("Begoña", "", "Viñeta", "")),
        (r"S\o ren \AA ke", Name("Søren", "", "Åke", "")),
        (r"{\O}ystein Bo {\O}rsted", Name("Øystein Bo", "", "Ørsted", "")),
        (r"Bo {\O}rsted Rune", Name("Bo Ørsted", "", "Rune", "")),
        (r"Bo \o re Rune", Name("Bo", "øre", "Rune", "")),
        (r"\L\'odka, {\v C}apek \v{Z}", Name("Čapek Ž", "", "Łódka", "")),
        (r"A.\,B. Rune\ Quill", Name("A. B. Rune", "", "Quill", "")),
        (r"O\textquoteright Kern, Bo", Name("Bo", "", "O’Kern", "")),
        (r"{\noopsort{a}}Rune, Bo", Name("Bo", "", "Rune", "")),
        ("Gro\u0308bel, Re\u0301mi", Name("Rémi", "", "Gröbel", "")),
        (r"\'Eric \O{}rsted", Name("Éric", "", "Ørsted", "")),
        ("Ada~Quill", Name("Ada", "", "Quill", "")),
        ("family=Quill, given=Ada", Name("Ada", "", "Quill", "")),
        (
            "given={Bo, Jr}, given-i={B}, prefix=van der, useprefix=true, family=Rune, id=x",
            Name("Bo, Jr", "van der", "Rune", ""),
        ),
        ('family="Rune, Inc", suffix = Jr, given-i = B', Name("B", "", "Rune, Inc", "Jr")),
        ('"given=Bo", "family={R{\\"u}ne}"', Name("Bo", "", "Rüne", "")),
    ],
)
def test_a_name_is_split_by_the_rules_of_bibtex(read: Read, written: str, expected: Name) -> None:
    reference = read(entry(written))["a"]
    assert reference.authors == (expected,)
    assert not reference.others


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("van der Rune, Jr, Bo", "Bo van der Rune, Jr"),
        ("Vellum, Cleo Ann", "Cleo Ann Vellum"),
        ("{Team Quill}", "Team Quill"),
        ("prefix=d', family=Línea, given=Bo", "Bo d'Línea"),
        ("prefix=d’, family=Línea", "d’Línea"),
        ("许, 靖", "许靖"),
    ],
)
def test_a_name_is_printed_given_name_first(read: Read, written: str, printed: str) -> None:
    assert [name.printed for name in read(entry(written))["a"].authors] == [printed]


def test_names_are_separated_by_and(read: Read) -> None:
    reference = read(entry("Quill, Ada and Bo Rune\n  AND {A and B} and Anders And"))["a"]
    assert [name.printed for name in reference.authors] == [
        "Ada Quill", "Bo Rune", "A and B", "Anders And",
    ]  # fmt: skip


WORDS = st.lists(st.from_regex(r"[A-Za-z]{1,6}", fullmatch=True), min_size=1, max_size=5)


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_no_letter_of_a_name_is_lost(read: Read, names: list[list[str]]) -> None:
    written = [" ".join(f"\\'{{{word[0]}}}{word[1:]}" for word in name) for name in names]
    shown = [name.printed for name in read(entry(" and ".join(written)))["a"].authors]
    expected = [" ".join(f"{word[0]}\u0301{word[1:]}" for word in name) for name in names]
    assert shown == [normalize("NFC", name) for name in expected]


def test_and_others_ends_the_list(read: Read) -> None:
    reference = read(entry("{Team Quill} and others"))["a"]
    assert [name.printed for name in reference.authors] == ["Team Quill"]
    assert reference.authors[0].corporate
    assert reference.others


def test_an_editor_stands_in_for_the_author(read: Read) -> None:
    text = "@book{a, title={T}, editor={Ada Quill and Bo Rune}, editor+an={2=equal}}"
    reference = read(text)["a"]
    assert [name.printed for name in reference.authors] == ["Ada Quill", "Bo Rune"]
    assert reference.annotations == {2: {"equal"}}


def test_an_editor_stands_beside_an_author(read: Read) -> None:
    reference = read(
        "@book{a, title={T}, author={Ada Quill}, editor={Bo Rune}, editor+an={1=equal}}"
    )["a"]
    assert [name.printed for name in reference.authors] == ["Ada Quill"]
    assert [name.printed for name in reference.names["editor"].people] == ["Bo Rune"]
    assert not reference.fields


@pytest.mark.parametrize(
    "authors",
    [
        "Ada Quill and‸ and Bo Rune",
        "Ada Quill and ‸Bo Rune and",
        "‸others",
        "‸others and Ada Quill",
        "Ada Quill and ‸Bo Rune, Cleo Vellum, Dorian Glyph, Esra Kern",
        "Ada Quill and ‸Rune,",
        "Ada Quill and\n  ‸{}",
        "‸, Ada",
        "‸given=Ada",
        "‸given=Ada, Quill",
        "‸given=Ada, family=Quill, familiy=Quill",
        "‸given=Ada, family=Quill, family=Rune",
        "Ada Quill and ‸Bo Rune; Cleo Vellum",
        "‸Ada Quill & Bo Rune",
    ],
)
def test_what_is_no_name_is_refused_at_its_place(refuse: Refuse, authors: str) -> None:
    assert refuse(entry(authors)).code == "name"


@pytest.mark.parametrize("written", ["Dan Folio, Jr", "Folio,~III", "Folio, jr."])
def test_a_suffix_without_a_given_name_is_doubtful(written: str) -> None:
    (warning,) = read_bibliography([("ada.bib", entry(written).encode())]).findings
    assert (warning.code, warning.severity) == ("name", Severity.WARNING)


@pytest.mark.parametrize("written", ["Folio, Jr, Dan", "Folio, Jrgen", "Folio, Ivo"])
def test_a_suffix_before_a_given_name_is_not(written: str) -> None:
    assert read_bibliography([("ada.bib", entry(written).encode())]).findings == ()


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("3=equal", '"3=equal" annotates nobody: there are 2 names'),
        ("equal", '"equal" does not say whose annotation it is'),
    ],
)
def test_an_annotation_of_nobody_is_told_in_words(
    refuse: Refuse, written: str, message: str
) -> None:
    assert refuse(entry("Ada Quill and Bo Rune", f"‸{written}")).message == message


def test_an_unknown_macro_in_a_name_is_refused(refuse: Refuse) -> None:
    assert refuse(entry(r"Ada Quill and ‸\foo Rune")).code == "unknown-macro"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1=equal; 2=equal", {1: {"equal"}, 2: {"equal"}}),
        ("1=equal,corresponding", {1: {"equal", "corresponding"}}),
        (" 2 = Equal ;", {2: {"equal"}}),
        ("1=equal;1=corresponding", {1: {"equal", "corresponding"}}),
        ("2:family=equal", {2: {"equal"}}),
        ('1="equal"', {1: {"equal"}}),
        ("1=highlight", {1: {"highlight"}}),
        ("1=student; 2=owner", {1: {"student"}, 2: {"owner"}}),
        ("1=other", {1: {"other"}}),
        ("", {}),
    ],
)
def test_annotations_are_read_by_position(
    read: Read, written: str, expected: dict[int, set[str]]
) -> None:
    assert read(entry("Ada Quill and Bo Rune", written))["a"].annotations == expected


def test_named_annotations_count_as_well(read: Read) -> None:
    fields = 'author+an = {1=equal}, author+an:role = {1=student; 2="owner"}, author+an:default={}'
    text = f"@misc{{a, title={{T}}, author={{Ada Quill and Bo Rune}}, {fields}}}"
    assert read(text)["a"].annotations == {1: {"equal", "student"}, 2: {"owner"}}


@pytest.mark.parametrize(
    "written",
    [
        "1=equal; ‸3=equal",
        "‸0=equal",
        "‸equal",
        "1=equal;\n ‸=equal",
        "1=‸equals",
        "1=‸students",
        "1=equal; 2=equal, ‸coresponding",
        "‸99999999=equal",
    ],
)
def test_an_annotation_of_nobody_or_nearly_known_is_refused(refuse: Refuse, written: str) -> None:
    assert refuse(entry("Ada Quill and Bo Rune", written)).code == "annotation"
