"""Fonts, texts, links, bookmarks and metadata of PDFs that are written by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drawn import Drawing
from hypothesis import given
from hypothesis import strategies as st

from cvforge.pdf.structure import Font, read_structure

DRAWING = Drawing(
    [["Ada Quill", "half of a hy-", "phen"], ["α→"]],
    bookmarks=("One", "Zwei – drei"),
    links=("https://example.org/", "mailto:ada@example.org"),
    images=frozenset([2]),
)


def test_pages_have_their_text_images_and_links() -> None:
    first, second = read_structure(DRAWING.pdf()).sheets
    assert first.text.splitlines() == ["Ada Quill", "half of a hy-", "phen"]
    assert first.links == ("https://example.org/", "mailto:ada@example.org")
    assert (first.images, round(second.images, 2)) == (0, 1)
    assert (second.text.strip(), second.links, second.outside) == ("α→", (), "")
    assert (round(first.width), round(first.height)) == (595, 842)


def test_the_document_has_its_metadata_and_bookmarks() -> None:
    structure = read_structure(DRAWING.pdf())
    assert structure.info["Title"] == "Ada Quill – Curriculum Vitae"
    assert structure.language == "en"
    assert structure.bookmarks == ("One", "Zwei – drei")
    bare = read_structure(Drawing([["x"]], info={}, language=None).pdf())
    assert (bare.info, bare.language, bare.bookmarks) == ({}, "", ())


HAND = Font("Hand", "TrueType", is_embedded=True, is_mapped=True, characters="ab")
BARE = replace(HAND, is_embedded=False, is_mapped=False, characters='!"')


@pytest.mark.parametrize(
    ("drawing", "font"),
    [
        (Drawing([["ab"]]), HAND),
        (Drawing([["ab"]], unicode={"b": "ﬁ"}), replace(HAND, characters="aﬁ")),
        (
            Drawing([["ab"]], unicode={"b": None}),
            replace(HAND, characters='a"', unmapped=(34,)),
        ),
        (Drawing([["ab"]], is_mapped=False, is_embedded=False), BARE),
    ],
)
def test_a_font_says_what_it_shows(drawing: Drawing, font: Font) -> None:
    assert read_structure(drawing.pdf()).fonts == (font,)


def test_text_beside_the_page_is_told() -> None:
    [sheet] = read_structure(Drawing([["x" * 40]], size=(100, 200)).pdf()).sheets
    assert set(sheet.outside) == {"x"}
    assert 20 < len(sheet.outside) < 40


@given(st.data())
def test_a_broken_pdf_is_read_or_refused_and_never_more(data: st.DataObject) -> None:
    content = bytearray(DRAWING.pdf())
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(0, 2 * len(content))) :]
    try:
        read_structure(bytes(content))
    except ValueError as error:
        assert str(error)  # noqa: PT017  any of the two is right
