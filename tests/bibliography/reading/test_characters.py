"""What of a value may reach a page: the rules of characters hold as in a profile, and of length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.reading.characters import MOST_CHARACTERS
from cvforge.bibliography.reading.reader import read_bibliography
from cvforge.errors import BibliographyError
from cvforge.inline import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Diagnostic

    Read = Callable[[str], dict[str, Reference]]

FIELDS = ("title", "author", "note", "doi", "url", "eprint")
REFUSED = {
    "\u202e": "bidi-control",
    "\u2060": "invisible-character",
    "\ue000": "private-character",
    "\x85": "control-character",
    "\u2028": "line-separator",
    "\u200d": "joiner",
    "\U000e0041": "tag-character",
    "\ufffd": "lost-character",
    "\u0378": "unassigned-character",
}
VALUES = {"doi": "10.1000/1", "url": "https://example.org/", "eprint": "2401.01234"}


def entry(name: str, value: str) -> str:
    fields = {"title": "On Letters", "author": "Ada Quill", name: value}
    return "@misc{a,\n" + ",\n".join(f"{n} = {{{v}}}" for n, v in fields.items()) + "}"


def refused(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(BibliographyError) as error:
        read_bibliography([("ada.bib", text.encode())])
    return error.value.diagnostics


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize(("character", "code"), REFUSED.items(), ids=REFUSED.values())
def test_what_no_text_may_hold_is_refused_at_its_place(
    name: str, character: str, code: str
) -> None:
    value = VALUES.get(name, "Words")
    found = [f for f in refused(entry(name, f"{value}x{character}x{character}")) if f.code == code]
    assert len(found) == 1
    assert f"U+{ord(character):04X}" in found[0].message
    assert found[0].hint
    assert found[0].place is not None
    assert found[0].place.column == len(f"{name} = {{{value}x") + 1


def test_an_abstract_with_such_a_character_is_left_out_with_a_warning() -> None:
    read = read_bibliography([("ada.bib", entry("abstract", "Words \u202e").encode())])
    assert "abstract" not in read.references["a"].fields
    assert [(f.code, f.severity) for f in read.findings] == [("abstract", "warning")]


def test_fields_that_nobody_reads_may_hold_anything(read: Read) -> None:
    assert read(entry("annote", "\u202e\ue000"))["a"].fields.keys() <= {"annote"}


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("thin\u2009space \u2009and\u202fone", "thin space and\u00a0one"),
        ("e\u0301 and \u212b", "\u00e9 and \u212b"),
        ("a\u200bb", "a\u200bb"),
    ],
)
def test_texts_are_normal_as_in_a_profile(read: Read, written: str, made: str) -> None:
    assert plain(read(entry("note", written))["a"].fields["note"]) == made


def test_a_text_is_as_long_as_in_a_profile(read: Read) -> None:
    assert read(entry("note", "x" * MOST_CHARACTERS))
    assert [f.code for f in refused(entry("note", "x" * (MOST_CHARACTERS + 1)))] == [
        "value-too-long"
    ]


def test_many_authors_may_be_longer_and_a_word_among_them_may_not(read: Read) -> None:
    assert read(entry("author", " and ".join(["Ada Quill"] * 3_000)))
    assert [f.code for f in refused(entry("author", "Ada " + "x" * (MOST_CHARACTERS + 1)))] == [
        "value-too-long"
    ]
