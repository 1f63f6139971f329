"""The links of a publication."""

from __future__ import annotations

import pytest

from cvforge.bibliography.house.labels import LINKS, labelled, title_link
from cvforge.bibliography.reference import Reference
from cvforge.diagnostics import Place
from cvforge.inline import Text, plain

RAW = {
    "doi": "10.1000/182",
    "eprint": "2605.07588",
    "url": "https://doi.org/10.1000/182",
    "pdf": "https://x.org/a b.pdf",
    "code": "https://x.org/code",
    "slides": "slides/a.pdf",
    "file": "https://x.org/never",
}


def reference(raw: dict[str, str], **fields: str) -> Reference:
    content = {name: (Text(text),) for name, text in fields.items()}
    title, place = (Text("T"),), Place("a.bib", 1, 1)
    return Reference(
        key="a", kind="misc", title=title, names={}, fields=content, raw=raw, place=place
    )


def made(*wanted: str, language: str = "en") -> list[tuple[str, str]]:
    links = labelled(reference(RAW), wanted, language=language)
    return [(plain(link.children), link.target) for link in links]


def test_labels_are_in_the_order_wanted() -> None:
    assert made("code", "title", "pdf", "arxiv") == [
        ("Code", "https://x.org/code"),
        ("PDF", "https://x.org/a%20b.pdf"),
        ("arXiv", "https://arxiv.org/abs/2605.07588"),
    ]


def test_labels_are_worded() -> None:
    assert made("doi", "code", language="zh") == [
        ("DOI", "https://doi.org/10.1000/182"),
        ("代码", "https://x.org/code"),
    ]


def test_one_target_has_one_label() -> None:
    assert [label for label, _target in made("doi", "url")] == ["DOI"]
    assert [label for label, _target in made("url", "doi", "url")] == ["Link"]


@pytest.mark.parametrize("name", ["slides", "video", "title"])
def test_local_files_and_what_is_absent_are_no_links(name: str) -> None:
    assert made(name) == []


def test_what_has_not_the_right_form_is_no_link() -> None:
    raw = {"doi": "182", "eprint": "26o5.07588", "eprinttype": "arxiv", "url": "javascript:x"}
    assert labelled(reference(raw), LINKS, language="en") == ()


def test_the_title_is_linked_when_it_is_wanted() -> None:
    assert title_link(reference(RAW), ("pdf", "title")) == "https://doi.org/10.1000/182"
    assert title_link(reference(RAW), ("pdf",)) is None


def test_every_link_that_can_be_wanted_can_be_made() -> None:
    raw = {name: f"https://x.org/{name}" for name in LINKS if name not in ("title", "arxiv")}
    raw |= {"doi": "10.1000/182", "eprint": "2605.07588"}
    assert len(labelled(reference(raw), LINKS, language="de")) == len(LINKS) - 1


@pytest.mark.parametrize(
    "fields",
    [
        {"journal": "arXiv preprint arXiv:2401.01234"},
        {"journaltitle": "CoRR", "volume": "abs/2401.01234"},
        {"howpublished": "arXiv:2401.01234"},
    ],
)
def test_a_journal_that_is_arxiv_leads_there_when_nothing_else_does(
    fields: dict[str, str],
) -> None:
    target, url = "https://arxiv.org/abs/2401.01234", "https://x.org/a"
    alone, linked = reference({}, **fields), reference({"url": url}, **fields)
    assert title_link(alone, LINKS) == target
    assert title_link(linked, LINKS) == url
    assert title_link(alone, ("arxiv",)) is None
    for each in (alone, linked):
        links = labelled(each, ("arxiv",), language="en")
        assert [(plain(link.children), link.target) for link in links] == [("arXiv", target)]
