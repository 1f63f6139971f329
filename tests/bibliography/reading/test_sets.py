"""Entry sets, and entries with several keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.inline import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Diagnostic

    Read = Callable[[str], Mapping[str, Reference]]
    Refuse = Callable[[str], Diagnostic]

MEMBERS = """@article{one, title={First}, author={Ada Quill}, journaltitle={J}, doi={10.1000/1}}
@article{two, title={Second}, author={Bo Rune}, year={2024}}
"""


def test_a_set_is_shown_as_its_first_member_where_it_says_nothing(read: Read) -> None:
    library = read("@set{both, entryset={one, two}, note={In two parts}}\n" + MEMBERS)
    both = library["both"]
    assert (both.kind, plain(both.title)) == ("article", "First")
    assert [name.printed for name in both.authors] == ["Ada Quill"]
    assert {n: plain(c) for n, c in both.fields.items()} == {
        "journaltitle": "J",
        "note": "In two parts",
    }
    assert both.raw == {"doi": "10.1000/1", "entryset": "one, two"}
    assert [key for key, each in library.items() if not each.is_parent] == ["both"]


def test_a_set_may_have_a_title_of_its_own(read: Read) -> None:
    assert plain(read("@set{s, title={Both}, entryset={two}}" + MEMBERS)["s"].title) == "Both"


def test_a_member_brings_what_it_inherits(read: Read) -> None:
    part = "@inbook{a, title={T}, author={A B}, crossref={b}}"
    text = "@set{s, entryset={a}}" + part + "@book{b, title={B}}"
    assert plain(read(text)["s"].fields["booktitle"]) == "B"


@pytest.mark.parametrize(
    "text",
    [
        "@set{s, entryset={one, ‸tow}}" + MEMBERS,
        "@set{s, entryset={one}} @set{t, entryset={‸s}, title={T}, author={A B}}" + MEMBERS,
        "@set{‸s, title={T}, author={A B}}",
    ],
)
def test_what_is_no_set_is_refused(refuse: Refuse, text: str) -> None:
    assert refuse(text).code == "entry-set"


def test_an_entry_is_found_by_each_of_its_keys(read: Read) -> None:
    library = read(MEMBERS.replace("doi", "ids={eins, uno}, doi") + "@set{s, entryset={uno}}")
    assert library["eins"] is library["one"]
    assert "uno" in library
    assert list(library) == ["one", "two", "s"]
    assert plain(library["s"].title) == "First"
    assert library["one"].is_parent


@pytest.mark.parametrize(
    "text",
    [
        MEMBERS.replace("doi", "ids={a, ‸two}, doi"),
        MEMBERS.replace("doi", "ids={a}, doi").replace("year", "ids={b, ‸a}, year"),
        MEMBERS.replace("doi", "ids={‸one}, doi"),
    ],
)
def test_a_key_that_is_taken_is_no_alias(refuse: Refuse, text: str) -> None:
    assert refuse(text).code == "duplicate-key"
