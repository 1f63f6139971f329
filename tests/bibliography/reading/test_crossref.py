"""Inheritance by `crossref`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.reading.crossref import MAX_GENERATIONS
from cvforge.errors import BibliographyError
from cvforge.inline import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Diagnostic

    Read = Callable[[str], dict[str, Reference]]
    Refuse = Callable[[str], Diagnostic]

PAPER = "@inproceedings{paper, title={T}, author={Ada Quill}, crossref={volume}}\n"
VOLUME = """@proceedings{volume, title={Conference on Nothing}, editor={Bo Rune}, year={2024},
  series={CON 2024}, note={Out of print}, doi={10.1000/volume}, url={https://example.org}}
"""


def fields(reference: Reference) -> dict[str, str]:
    return {name: plain(content) for name, content in reference.fields.items()}


@pytest.mark.parametrize("text", [PAPER + VOLUME, VOLUME + PAPER])
def test_what_is_missing_is_taken_from_the_parent(read: Read, text: str) -> None:
    assert fields(read(text)["paper"]) == {
        "booktitle": "Conference on Nothing",
        "year": "2024",
        "series": "CON 2024",
    }


def test_what_the_child_says_holds(read: Read) -> None:
    text = VOLUME + PAPER.replace("title={T}", "title={T}, year={2023}, booktitle={B}")
    assert fields(read(text)["paper"]) == {"booktitle": "B", "year": "2023", "series": "CON 2024"}


def test_what_names_the_parent_alone_is_not_inherited(read: Read) -> None:
    reference = read(PAPER + VOLUME)["paper"]
    assert reference.raw == {"crossref": "volume"}
    assert [name.printed for name in reference.authors] == ["Ada Quill"]


def test_a_booktitle_of_the_parent_goes_before_its_title(read: Read) -> None:
    text = PAPER + VOLUME.replace("editor", "booktitle={Proceedings of CON}, editor")
    assert fields(read(text)["paper"])["booktitle"] == "Proceedings of CON"


def test_a_periodical_becomes_the_journal(read: Read) -> None:
    text = (
        "@article{a, title={T}, author={Ada Quill}, crossref={b}}"
        "@periodical{b, title={Journal of Invented Results}, issuetitle={I}}"
    )
    assert fields(read(text)["a"])["journaltitle"] == "Journal of Invented Results"


def test_an_author_is_inherited_and_an_editor_is_no_author(read: Read) -> None:
    child = "@inbook{a, title={T}, crossref={b}}\n"
    book = "@book{b, title={U}, author={Ada Quill and Bo Rune}, author+an={2=equal}}"
    inherited = read(child + book)["a"]
    assert inherited.names["bookauthor"] == inherited.names["author"]
    assert [name.printed for name in inherited.authors] == ["Ada Quill", "Bo Rune"]
    assert inherited.annotations == {2: {"equal"}}
    edited = read(child + book.replace("author", "editor"))["a"]
    assert edited.authors == ()
    assert [name.printed for name in edited.names["editor"].people] == ["Ada Quill", "Bo Rune"]


def test_a_grandparent_fills_in_what_is_still_missing(read: Read) -> None:
    text = (
        "@incollection{a, title={A}, author={Ada Quill}, crossref={b}}"
        "@collection{b, title={B}, crossref={c}}"
        "@mvcollection{c, title={C}, publisher={Press of Nowhere}}"
    )
    assert fields(read(text)["a"]) == {
        "booktitle": "B",
        "maintitle": "C",
        "publisher": "Press of Nowhere",
    }


@pytest.mark.parametrize(
    ("parent", "child", "name"),
    [
        ("book", "inbook", "booktitle"),
        ("collection", "incollection", "booktitle"),
        ("proceedings", "inproceedings", "booktitle"),
        ("misc", "misc", "booktitle"),
        ("mvbook", "book", "maintitle"),
        ("mvproceedings", "inproceedings", "maintitle"),
        ("periodical", "article", "journaltitle"),
    ],
)
def test_titles_are_named_by_the_type_of_the_parent(
    read: Read, parent: str, child: str, name: str
) -> None:
    text = (
        f"@{child}{{a, title={{T}}, author={{A B}}, crossref={{b}}}}"
        f"@{parent}{{b, title={{P}}, subtitle={{S}}, titleaddon={{X}}, author={{A B}}}}"
    )
    stem = name.removesuffix("title")
    assert fields(read(text)["a"]) == {name: "P", f"{stem}subtitle": "S", f"{stem}titleaddon": "X"}


@pytest.mark.parametrize(
    ("own", "inherited"),
    [
        ("year={2023}", "date={2024-05}"),
        ("date={2023}", "year={2024}, month=may"),
        ("journal={Mine}", "journaltitle={Theirs}"),
        ("address={Here}", "location={There}"),
        ("booktitle={B}", "booksubtitle={Of another}"),
        ("", "pages={1--900}"),
        ("", "award={Best book}"),
        ("", "keywords={x}, url={https://x.org}, isbn={}"),
    ],
)
def test_nothing_is_inherited_that_the_child_says_otherwise_or_that_is_the_parents(
    read: Read, own: str, inherited: str
) -> None:
    child = f"@misc{{a, title={{T}}, author={{A B}}, crossref={{b}}, {own}}}"
    alone = read(child.replace("crossref={b}, ", ""))["a"]
    library = read(child + f"@misc{{b, booktitle={{X}}, {inherited}}}")
    assert fields(library["a"]) == {"booktitle": "X"} | fields(alone)
    assert plain(library["b"].title) == "X"


def test_xref_is_no_inheritance(read: Read) -> None:
    text = PAPER.replace("crossref", "xref") + VOLUME
    assert not read(text)["paper"].fields
    assert not read(text)["volume"].is_parent


def test_parents_are_known_as_such(read: Read) -> None:
    references = read(PAPER + VOLUME)
    assert {key: reference.is_parent for key, reference in references.items()} == {
        "paper": False,
        "volume": True,
    }


def test_a_parent_needs_no_author(read: Read) -> None:
    assert read(PAPER + VOLUME.replace("editor={Bo Rune}, ", ""))["volume"].authors == ()


def test_an_unknown_parent_is_refused_with_the_nearest_key(refuse: Refuse) -> None:
    finding = refuse(PAPER.replace("{volume}", "{‸volune}") + VOLUME)
    assert finding.code == "unknown-crossref"
    assert finding.hint == 'did you mean "volume"?'


def test_an_entry_that_is_its_own_parent_is_refused(refuse: Refuse) -> None:
    text = "@misc{a, title={T}, author={Ada Quill}, crossref={‸a}}"
    assert refuse(text).code == "crossref-cycle"


def test_a_cycle_is_refused_at_each_of_its_entries(read: Read) -> None:
    entries = [
        f"@misc{{{k}, title={{T}}, author={{A B}}, crossref={{{p}}}}}" for k, p in ("ab", "ba")
    ]
    with pytest.raises(BibliographyError) as refused:
        read("\n".join(entries))
    assert [finding.code for finding in refused.value.diagnostics] == ["crossref-cycle"] * 2


def test_more_generations_than_allowed_are_refused(read: Read, refuse: Refuse) -> None:
    def generations(count: int, mark: str) -> str:
        lines = [f"@misc{{k0, title={{T}}, author={{A B}}, crossref={{{mark}k1}}}}"]
        lines += [f"@misc{{k{n}, title={{T}}, crossref={{k{n + 1}}}}}" for n in range(1, count)]
        return "\n".join([*lines, f"@misc{{k{count}, title={{T}}}}"])

    assert read(generations(MAX_GENERATIONS, ""))
    assert refuse(generations(MAX_GENERATIONS + 1, "‸")).code == "crossref-cycle"
