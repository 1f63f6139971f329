"""The house style of publications."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.house.style import LINKS, Owner, Setting, legend, publication
from cvforge.cv import Keep, Publication, Rank
from cvforge.diagnostics import Place
from cvforge.inline import Link, Text, plain
from cvforge.inline import Owner as OwnerSpan

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference

    Read = Callable[[str], dict[str, Reference]]

ADA = Owner(("Ada Quill",))
TEXT = """@inproceedings{quill2024,
  title = {An Invented {R}esult}, subtitle = {Part~1},
  author = {Rune, Bo and Ada Quill and Cleo Vellum and others},
  author+an = {1=equal; 2=equal, corresponding; 3=highlight},
  booktitle = {CON}, series = {CON 2024}, doi = {10.1000/182}, pdf = {https://x.org/a.pdf},
  abstract = {All of it
    is invented.},
}"""


def shown(reference: Reference, setting: Setting | None = None) -> Publication:
    setting = setting or Setting()
    return publication(reference, owner=ADA, setting=setting, rank=Rank(), place=None)


def with_annotations(read: Read, written: str) -> Publication:
    text = f"@misc{{a, title={{T}}, author={{Ada Quill and Bo Rune}}, author+an={{{written}}}}}"
    return shown(read(text)["a"])


def test_a_publication_carries_what_the_page_shows(read: Read) -> None:
    reference = read(TEXT)["quill2024"]
    ada = OwnerSpan((Text("Ada Quill"),))
    assert shown(reference) == Publication(
        key="quill2024",
        title=(Text("An Invented Result: Part\u00a01"),),
        authors=(Text("Bo Rune*, "), ada, Text("*†, Cleo Vellum et al.")),
        venue=(Text("CON (CON 2024)"),),
        link="https://doi.org/10.1000/182",
        marks=frozenset("*†"),
        rank=Rank(),
        place=reference.place,
    )


@pytest.mark.parametrize(
    ("addon", "expected"),
    [
        ("with discussion", "Why? (with discussion)"),
        (r"\emph{Extended} abstract", "Why? (Extended abstract)"),
        ("(Extended)", "Why? (Extended)"),
        ("[Letter]", "Why? [Letter]"),
        ("{}", "Why?"),
    ],
)
def test_what_is_added_to_a_title_follows_it(read: Read, addon: str, expected: str) -> None:
    text = f"@misc{{a, title={{Why?}}, author={{Ada Quill}}, titleaddon={{{addon}}}}}"
    made = shown(read(text)["a"])
    assert (plain(made.title), made.venue) == (expected, ())


def test_links_are_those_that_are_wanted(read: Read) -> None:
    made = shown(read(TEXT)["quill2024"], Setting(links=("pdf", "doi", "code")))
    assert made.link is None
    assert made.links == (
        Link((Text("PDF"),), "https://x.org/a.pdf"),
        Link((Text("DOI"),), "https://doi.org/10.1000/182"),
    )
    assert "title" in LINKS


def test_an_abstract_is_shown_when_it_is_asked_for(read: Read) -> None:
    setting = Setting(abstracts=True)
    assert plain(shown(read(TEXT)["quill2024"], setting).abstract) == "All of it is invented."
    bare = read("@misc{a, title={T}, author={Ada Quill}}")["a"]
    assert shown(bare, setting).abstract == ()


def test_rank_and_place_are_those_of_the_profile(read: Read) -> None:
    place, rank = Place("ada.yaml", 7, 5), Rank(80, Keep.ALWAYS)
    reference = read(TEXT)["quill2024"]
    made = publication(reference, owner=Owner(()), setting=Setting(), rank=rank, place=place)
    assert (made.place, made.rank) == (place, rank)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1=equal; 2=equal", "(* denotes equal contribution)"),
        ("2=corresponding", "(† corresponding author)"),
        ("2=student", "(‡ supervised student)"),
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


@pytest.mark.parametrize("written", ["", "1=highlight", "1=owner"])
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
        ("de", "(* gleicher Beitrag, ‡ betreute Studierende)"),
        ("de-AT", "(* gleicher Beitrag, ‡ betreute Studierende)"),
        ("ja", "(* 同等の貢献, ‡ 指導学生)"),
        ("tlh", "(* denotes equal contribution, ‡ supervised student)"),
    ],
)
def test_the_legend_is_in_the_language_of_the_page(read: Read, language: str, words: str) -> None:
    found = legend([with_annotations(read, "1=equal; 2=student")], language=language)
    assert found is not None
    assert found.plain == words
