"""Inheritance by `xdata`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.errors import BibliographyError
from cvforge.inline import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Diagnostic

    Read = Callable[[str], Mapping[str, Reference]]
    Refuse = Callable[[str], Diagnostic]

PAPER = "@misc{paper, title={T}, author={Ada Quill}, xdata={press, place}}\n"
PRESS = "@xdata{press, publisher={Press of Nowhere}, location={Nowhere}, url={https://x.org}}\n"
PLACE = "@xdata{place, location={Somewhere}, keywords={type}, ids={p}, author={Bo Rune}}\n"


def fields(reference: Reference) -> dict[str, str]:
    return {name: plain(content) for name, content in reference.fields.items()}


@pytest.mark.parametrize("text", [PAPER + PRESS + PLACE, PLACE + PRESS + PAPER])
def test_fields_are_taken_from_containers_and_the_later_one_counts(read: Read, text: str) -> None:
    paper = read(text)["paper"]
    assert fields(paper) == {"publisher": "Press of Nowhere", "location": "Somewhere"}
    assert paper.raw == {"xdata": "press, place", "url": "https://x.org", "keywords": "type"}
    assert [name.printed for name in paper.authors] == ["Ada Quill"]


def test_what_the_entry_says_holds(read: Read) -> None:
    text = PAPER.replace("xdata", "location={Here}, xdata") + PRESS + PLACE
    assert fields(read(text)["paper"])["location"] == "Here"


def test_containers_take_fields_from_containers(read: Read) -> None:
    text = PAPER + PRESS + "@xdata{place, xdata={far}}\n@xdata{far, note={N}, location={Far}}\n"
    assert fields(read(text)["paper"]) == {
        "publisher": "Press of Nowhere",
        "location": "Far",
        "note": "N",
    }


def test_a_container_may_name_the_parent(read: Read) -> None:
    text = (
        PAPER + PRESS + "@xdata{place, crossref={book}}\n@book{book, title={B}, editor={Bo Rune}}"
    )
    assert fields(read(text)["paper"])["booktitle"] == "B"


def test_containers_need_nothing_and_are_not_shown(read: Read) -> None:
    library = read(PAPER + PRESS + PLACE)
    assert [reference.is_parent for reference in library.values()] == [False, True, True]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PAPER.replace("place", "‸plac") + PRESS + PLACE, "unknown-xdata"),
        (PAPER.replace("press, place", "‸press") + PRESS.replace("xdata", "misc"), "unknown-xdata"),
        (PAPER.replace("press, place", "‸nothing"), "unknown-xdata"),
        ("@xdata{a, xdata={‸a}}", "xdata-cycle"),
    ],
)
def test_what_is_no_container_and_a_cycle_are_refused(refuse: Refuse, text: str, code: str) -> None:
    text = text.replace("@misc{press,", "@misc{press, title={P}, author={A B},")
    assert refuse(text).code == code


def test_a_cycle_is_refused_at_each_of_its_entries(read: Read) -> None:
    with pytest.raises(BibliographyError) as refused:
        read("@xdata{a, xdata={b}}\n@xdata{b, xdata={a}}\n" + PAPER.replace("press, place", "a"))
    assert [finding.code for finding in refused.value.diagnostics] == ["xdata-cycle"] * 2
