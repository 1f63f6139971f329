"""Tests of publications sections: chosen, ordered, parted, labelled and set as a variant asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from cvforge.cv import Cv, PublicationGroup
from cvforge.inline import Inline, Owner, Text, plain
from cvforge.library import read_library
from cvforge.profile.load import load_profile
from cvforge.publications import Works
from cvforge.variant import finish, show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cvforge.bibliography.reference import Reference

BIB = """\
@article{kern, author = {Ada Quill and Bo Rune}, title = {On kerning}, date = {2021-03},
  journaltitle = {Journal of Letters}, shortjournal = {JL}, keywords = {type, space},
  doi = {10.5555/1}, pdf = {https://example.org/kern.pdf}, abstract = {What stands between.}}
@inproceedings{serif, author = {Bo Rune and Ada Quill}, author+an = {1=equal; 2=equal},
  title = {On serifs}, year = 2022, booktitle = {Proceedings of Letters}, series = {LET 2022},
  keywords = {type}, tags = {teaching}}
@inproceedings{ink, author = {Bo Rune and Cleo Vellum and Dan Folio and Eve Ink and Ada Quill},
  title = {On ink}, year = 2019, booktitle = {Inks}, series = {LET 2019}, selected = {true}}
@phdthesis{thesis, author = {Ada Quill}, title = {Letters}, year = 2018, school = {Example}}
"""
Shown = Any


@pytest.fixture
def shown(tmp_path: Path) -> Callable[..., Cv]:
    """Return what a variant shows of a list, given what its section and the variant say."""

    def shown(
        section: dict[str, Any] | Sequence[dict[str, Any]] = (),
        variant: dict[str, Any] | None = None,
        *,
        works: Callable[[Works], Works] = lambda works: works,
    ) -> Cv:
        sections = [section] if isinstance(section, dict) else list(section) or [{}]
        profile = {
            "person": {"name": "Ada Quill"},
            "bibliography": "ada.bib",
            "sections": [
                {"id": f"papers-{number}", "title": "Papers", "kind": "publications", **said}
                for number, said in enumerate(sections)
            ],
            "variants": {"mine": variant or {}},
        }
        path = tmp_path / "ada.yaml"
        path.write_text(yaml.safe_dump(profile, sort_keys=False), encoding="utf-8")
        path.with_suffix(".bib").write_text(BIB, encoding="utf-8")
        loaded = load_profile(path)
        read = Works(read_library(loaded).references)
        return finish(show(loaded.profile, "mine", works=works(read)))

    return shown


def keys(cv: Cv) -> list[str]:
    return [paper.key for section in cv.sections for paper in section.publications]


def labels(cv: Cv) -> list[str]:
    return [paper.label for section in cv.sections for paper in section.publications]


def test_every_entry_is_shown_in_the_order_of_the_file(shown: Shown) -> None:
    assert keys(shown()) == ["kern", "serif", "ink", "thesis"]


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ({"choose": {"types": "article"}}, ["kern"]),
        ({"choose": {"years": "2019-2021"}}, ["kern", "ink"]),
        ({"choose": {"years": 2019}}, ["ink"]),
        ({"choose": {"position": ["first", "equal-first"]}}, ["kern", "serif", "thesis"]),
        ({"choose": {"keywords": "type", "tags": "teaching"}}, ["serif"]),
        ({"choose": {"selected": True}}, ["ink"]),
        ({"choose": {"venues": "LET"}, "order": "newest"}, ["serif", "ink"]),
        ({"choose": {"types": "article"}, "entries": ["ink", "kern"]}, ["kern"]),
        ({"choose": {"tags": "x"}, "entries": ["ink", {"key": "kern", "tags": ["x"]}]}, ["kern"]),
        ({"order": "oldest"}, ["thesis", "ink", "kern", "serif"]),
    ],
    ids=str,
)
def test_a_section_chooses_and_orders(
    shown: Shown, section: dict[str, Any], expected: list[str]
) -> None:
    assert keys(shown(section)) == expected


def test_a_variant_leaves_out_entries_by_their_own_tags(shown: Shown) -> None:
    tagged = {"entries": [{"key": "kern", "tags": ["teaching"]}, "ink", "serif"]}
    assert keys(shown(tagged, {"exclude": ["teaching"]})) == ["ink"]
    assert keys(shown(tagged, {"include": ["teaching"]})) == ["kern", "ink", "serif"]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ("year", {"2022": ["serif"], "2021": ["kern"], "2019": ["ink"], "2018": ["thesis"]}),
        (
            "type",
            {
                "Journal articles": ["kern"],
                "Conference papers": ["serif", "ink"],
                "Theses": ["thesis"],
            },
        ),
        (
            {"by": "type", "headings": {"thesis": "Long", "article": "Short", "*": "Others"}},
            {"Long": ["thesis"], "Short": ["kern"], "Others": ["serif", "ink"]},
        ),
        (
            {"by": "type", "headings": {"article": "Works", "phdthesis": "Works"}},
            {"Works": ["kern", "thesis"], "Conference papers": ["serif", "ink"]},
        ),
        (
            {"by": "keyword", "headings": {"space": "Space", "type": "Type"}},
            {"Space": ["kern"], "Type": ["serif"], "Other": ["ink", "thesis"]},
        ),
    ],
    ids=str,
)
def test_a_list_falls_into_groups(
    shown: Shown, groups: object, expected: dict[str, list[str]]
) -> None:
    (section,) = shown({"groups": groups}).sections
    found = {}
    for group in section.items:
        assert isinstance(group, PublicationGroup)
        found[group.title.plain] = [paper.key for paper in group.items]
    assert found == expected
    assert list(found) == list(expected)


def test_headings_follow_the_language(shown: Shown) -> None:
    headings = {"article": {"en": "Articles", "de": "Aufsätze"}}
    made = shown({"groups": {"by": "type", "headings": headings}}, {"language": "de"})
    assert [group.title.plain for group in made.sections[0].items] == [
        "Aufsätze",
        "Konferenzbeiträge",
        "Abschlussarbeiten",
    ]


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ({}, ["1.", "2.", "3.", "4."]),
        ({"numbering": "reversed"}, ["4.", "3.", "2.", "1."]),
        ({"numbering": "none"}, ["", "", "", ""]),
        ({"labels": "P"}, ["[P1]", "[P2]", "[P3]", "[P4]"]),
        (
            {"labels": {"article": "J", "inproceedings": "C", "*": "O"}},
            ["[J1]", "[C1]", "[C2]", "[O1]"],
        ),
        ({"labels": {"thesis": "T"}}, ["1.", "2.", "3.", "[T1]"]),
        ({"groups": "type", "numbering": "by-group"}, ["1.", "1.", "2.", "1."]),
    ],
    ids=str,
)
def test_publications_are_labelled(
    shown: Shown, section: dict[str, Any], expected: list[str]
) -> None:
    made = shown(section)
    assert labels(made) == expected
    assert max(map(len, made.labels), default=0) == max(map(len, expected))


def test_numbers_go_on_in_a_section_that_asks_for_it(shown: Shown) -> None:
    first = {"choose": {"types": "article"}}
    rest = {"choose": {"types": "inproceedings"}}
    assert labels(shown([first, rest])) == ["1.", "1.", "2."]
    assert labels(shown([first, rest | {"numbering": "continued"}])) == ["1.", "2.", "3."]


def test_the_variant_says_how_a_list_is_set_before_the_section_does(shown: Shown) -> None:
    section = {"entries": ["kern"], "show": {"links": ["pdf"], "abstracts": True}}
    (paper,) = shown(section).sections[0].items
    assert [link.target for link in paper.links] == ["https://example.org/kern.pdf"]
    assert (paper.link, plain(paper.abstract)) == (None, "What stands between.")
    (paper,) = shown(section, {"publications": {"links": ["title"]}}).sections[0].items
    assert paper.links == ()
    assert paper.link == "https://doi.org/10.5555/1"
    assert paper.abstract


def test_a_long_list_of_authors_is_cut_but_not_the_person(shown: Shown) -> None:
    (paper,) = shown({"entries": ["ink"], "show": {"authors": 3}}).sections[0].items
    assert plain(paper.authors) == "Bo Rune, Cleo Vellum, …, Ada Quill (5th of 5)"
    assert any(isinstance(span, Owner) for span in paper.authors)


def test_a_summary_counts_what_is_shown_where_it_is_asked_for(shown: Shown) -> None:
    assert shown().sections[0].summary is None
    made = shown(variant={"publications": {"summary": True}}).sections[0].summary
    assert made is not None
    assert made.plain == "4 publications, 3 as first or equal-first author; LET 2, JL 1"


class _Shouting:
    """A citation style for tests."""

    def cite(
        self, references: Sequence[Reference], *, owner: Callable[[Reference], frozenset[int]]
    ) -> list[Inline]:
        return [
            (Owner((Text("Quill"),)) if owner(each) else Text("-"), Text(f" {each.key.upper()}"))
            for each in references
        ]


def test_a_citation_style_sets_the_whole_text(shown: Shown) -> None:
    made = shown(
        {"show": {"style": "loud"}, "entries": ["serif"]},
        works=lambda works: Works(works.references, {"loud": _Shouting()}),
    )
    (paper,) = made.sections[0].items
    assert plain(paper.citation) == "Quill SERIF"
    assert (paper.authors, paper.venue, paper.marks) == ((), (), frozenset())
    assert made.sections[0].note is None
