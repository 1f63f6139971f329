"""Tests of what a section shows of a bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cvforge.bibliography.owner import Owner, owner_positions
from cvforge.bibliography.select import Choice, chosen, is_selected, listed, ordered, parted
from cvforge.diagnostics import Place
from cvforge.errors import ProfileError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cvforge.bibliography.reference import Reference

    Read = Callable[[str], dict[str, Reference]]

TEXT = """\
@article{kern, author = {Ada Quill and Bo Rune}, title = {On kerning}, date = {2021-03},
  journaltitle = {Journal of Letters}, shortjournal = {JL}, keywords = {type, Space},
  selected = {true}}
@inproceedings{serif, author = {Bo Rune and Ada Quill}, author+an = {1=equal; 2=equal},
  title = {On serifs}, year = 2022, booktitle = {Proceedings of Letters}, series = {LET 2022},
  keywords = {type; history}, tags = {teaching}}
@conference{ink, author = {Bo Rune and Cleo Vellum and Ada Quill}, author+an = {3=corresponding},
  title = {On ink}, year = 2019, booktitle = {Inks}, selected = {false}}
@phdthesis{thesis, author = {Ada Quill}, title = {Letters}, year = 2018, school = {Example}}
@misc{draft, author = {Bo Rune and Ada Quill and Cleo Vellum}, title = {Paper},
  pubstate = {inpreparation}}
"""
ALL = ["kern", "serif", "ink", "thesis", "draft"]


@pytest.fixture
def library(read: Read) -> dict[str, Reference]:
    return read(TEXT)


def mine(reference: Reference) -> frozenset[int]:
    return owner_positions(reference, Owner(("Ada Quill",)))


def keys(references: Sequence[Reference]) -> list[str]:
    return [reference.key for reference in references]


def test_without_keys_every_entry_is_listed_but_parents(read: Read) -> None:
    assert keys(listed(read(TEXT), None)) == ALL
    text = (
        "@inbook{a, title={T}, author={Ada Quill}, crossref={b}}\n"
        "@book{b, title={U}, editor={Bo Rune}}"
    )
    assert keys(listed(read(text), None)) == ["a"]
    assert keys(listed(read(text), [("b", None)])) == ["b"]


def test_keys_are_listed_in_their_order_and_an_unknown_one_is_refused(
    library: dict[str, Reference],
) -> None:
    assert keys(listed(library, [("ink", None), ("kern", None)])) == ["ink", "kern"]
    place = Place("ada.yaml", 3, 5)
    with pytest.raises(ProfileError) as refused:
        listed(library, [("kren", place), ("kern", None)])
    (finding,) = refused.value.diagnostics
    assert (finding.code, finding.place) == ("unknown-publication", place)
    assert finding.hint == 'did you mean "kern"?'


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, ALL),
        ({"types": ("Article",)}, ["kern"]),
        ({"types": ("inproceedings",)}, ["serif", "ink"]),
        ({"types": ("thesis", "misc")}, ["thesis", "draft"]),
        ({"keywords": ("TYPE",)}, ["kern", "serif"]),
        ({"keywords": ("history", "space")}, ["kern", "serif"]),
        ({"tags": ("teaching",)}, ["serif"]),
        ({"tags": ("given",)}, ["ink"]),
        ({"years": (2019, 2021)}, ["kern", "ink"]),
        ({"years": (None, 2019)}, ["ink", "thesis"]),
        ({"years": (2021, None)}, ["kern", "serif"]),
        ({"positions": ("first",)}, ["kern", "thesis"]),
        ({"positions": ("equal-first",)}, ["serif"]),
        ({"positions": ("last",)}, ["ink"]),
        ({"positions": ("corresponding",)}, ["ink"]),
        ({"venues": ("letters",)}, ["kern", "serif"]),
        ({"venues": ("let",)}, ["serif"]),
        ({"venues": ("JL",)}, ["kern"]),
        ({"selected": True}, ["kern"]),
        ({"types": ("inproceedings",), "years": (2020, None)}, ["serif"]),
        ({"keywords": ("nothing",)}, []),
    ],
    ids=str,
)
def test_every_condition_must_hold(
    library: dict[str, Reference], conditions: dict[str, Any], expected: list[str]
) -> None:
    made = chosen(
        library.values(),
        Choice(**conditions),
        owned=mine,
        tags=lambda each: ["given"] if each.key == "ink" else [],
    )
    assert keys(made) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("list", ALL),
        ("newest", ["draft", "serif", "kern", "ink", "thesis"]),
        ("oldest", ["thesis", "ink", "kern", "serif", "draft"]),
        ("type", ["kern", "serif", "ink", "thesis", "draft"]),
    ],
)
def test_references_are_ordered(
    library: dict[str, Reference], order: str, expected: list[str]
) -> None:
    assert keys(ordered(list(library.values()), order)) == expected


def test_the_order_of_equals_stays(read: Read) -> None:
    text = "".join(
        f"@misc{{k{n}, title={{T}}, author={{Ada Quill}}, year=2020}}\n" for n in range(9)
    )
    made = list(read(text).values())
    made.reverse()
    assert ordered(made, "newest") == made
    assert ordered(made, "oldest") == made


@pytest.mark.parametrize(
    ("by", "headings", "expected"),
    [
        (
            "year",
            [],
            {
                "2022": ["serif"],
                "2021": ["kern"],
                "2019": ["ink"],
                "2018": ["thesis"],
                "*": ["draft"],
            },
        ),
        (
            "year",
            ["2019"],
            {
                "2019": ["ink"],
                "2022": ["serif"],
                "2021": ["kern"],
                "2018": ["thesis"],
                "*": ["draft"],
            },
        ),
        (
            "type",
            ["inproceedings", "*"],
            {"inproceedings": ["serif", "ink"], "*": ["kern", "thesis", "draft"]},
        ),
        (
            "type",
            ["phdthesis"],
            {
                "phdthesis": ["thesis"],
                "article": ["kern"],
                "inproceedings": ["serif", "ink"],
                "misc": ["draft"],
            },
        ),
        (
            "keyword",
            ["history", "type"],
            {"history": ["serif"], "type": ["kern"], "*": ["ink", "thesis", "draft"]},
        ),
        ("keyword", [], {"type": ["kern", "serif"], "*": ["ink", "thesis", "draft"]}),
    ],
    ids=str,
)
def test_references_fall_into_parts_each_once(
    library: dict[str, Reference], by: str, headings: list[str], expected: dict[str, list[str]]
) -> None:
    made = parted(list(library.values()), by, headings)
    assert {name: keys(part) for name, part in made.items()} == expected
    assert list(made) == list(expected)


def test_selected_is_what_says_so(library: dict[str, Reference]) -> None:
    assert [key for key, each in library.items() if is_selected(each)] == ["kern"]
