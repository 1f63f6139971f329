"""The house style of publications."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.style import Owner, legend, publication
from cvforge.cv import Author, Keep, Publication, Rank
from cvforge.diagnostics import Place
from cvforge.inline import Text, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference

    Read = Callable[[str], dict[str, Reference]]

TEXT = """@inproceedings{quill2024,
  title = {An Invented {R}esult}, subtitle = {Part~1},
  author = {Rune, Bo and Ada Quill and Cleo Vellum and others},
  author+an = {1=equal; 2=equal, corresponding; 3=highlight},
  booktitle = {CON}, series = {CON 2024}, doi = {10.1000/182},
  abstract = {All of it
    is invented.},
}"""


def shown(reference: Reference, *, abstract: bool = False) -> Publication:
    owner = Owner(("Ada Quill",))
    return publication(reference, number=3, owner=owner, abstract=abstract, rank=Rank(), place=None)


def with_annotations(read: Read, written: str) -> Publication:
    text = f"@misc{{a, title={{T}}, author={{Ada Quill and Bo Rune}}, author+an={{{written}}}}}"
    return shown(read(text)["a"])


def test_a_publication_carries_what_the_page_shows(read: Read) -> None:
    reference = read(TEXT)["quill2024"]
    assert shown(reference) == Publication(
        key="quill2024",
        number=3,
        title=(Text("An Invented Result: Part\u00a01"),),
        authors=(
            Author("Bo Rune", marks=("*",)),
            Author("Ada Quill", is_owner=True, marks=("*", "†")),
            Author("Cleo Vellum"),
        ),
        others=True,
        venue=(Text("CON (CON 2024)"),),
        link="https://doi.org/10.1000/182",
        abstract=(),
        rank=Rank(),
        place=reference.place,
    )


def test_an_abstract_is_shown_when_it_is_asked_for(read: Read) -> None:
    reference = read(TEXT)["quill2024"]
    assert plain(shown(reference, abstract=True).abstract) == "All of it is invented."
    bare = read("@misc{a, title={T}, author={Ada Quill}}")["a"]
    assert shown(bare, abstract=True).abstract == ()


def test_rank_and_place_are_those_of_the_profile(read: Read) -> None:
    place, rank = Place("ada.yaml", 7, 5), Rank(80, Keep.ALWAYS)
    made = publication(
        read(TEXT)["quill2024"],
        number=1,
        owner=Owner(()),
        abstract=False,
        rank=rank,
        place=place,
    )
    assert (made.place, made.rank) == (place, rank)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1=equal; 2=equal", "(* denotes equal contribution)"),
        ("2=corresponding", "(† corresponding author)"),
        (
            "1=corresponding; 2=equal",
            "(* denotes equal contribution, † corresponding author)",
        ),
    ],
)
def test_the_legend_explains_the_marks_that_are_used(
    read: Read, written: str, expected: str
) -> None:
    unmarked = with_annotations(read, "")
    found = legend([unmarked, with_annotations(read, written), unmarked])
    assert found is not None
    assert found.plain == expected


@pytest.mark.parametrize("written", ["", "1=highlight"])
def test_without_marks_there_is_no_legend(read: Read, written: str) -> None:
    assert legend([with_annotations(read, written)]) is None
    assert legend([]) is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Why?", "Why? S"), ("Why", "Why: S"), ("Why:", "Why: S")],
)
def test_a_subtitle_follows_its_title(read: Read, title: str, expected: str) -> None:
    text = f"@misc{{a, title={{{title}}}, subtitle={{S}}, author={{Ada Quill}}}}"
    assert plain(shown(read(text)["a"]).title) == expected


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "(* gleicher Beitrag)"),
        ("de-AT", "(* gleicher Beitrag)"),
        ("tlh", "(* denotes equal contribution)"),
    ],
)
def test_the_legend_is_in_the_language_of_the_page(read: Read, language: str, words: str) -> None:
    found = legend([with_annotations(read, "1=equal")], language=language)
    assert found is not None
    assert found.plain == words
