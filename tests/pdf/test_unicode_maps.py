"""The characters of ToUnicode maps."""

from __future__ import annotations

import zlib

import pytest
from drawn import Drawing

from cvforge.pdf.unicode_maps import mapped_characters


def test_the_map_of_a_font_gives_its_characters() -> None:
    pdf = Drawing([["Ada"]], unicode={"d": "ﬁ"}).pdf()
    assert mapped_characters(pdf) == {*"Aaﬁ "}


@pytest.mark.parametrize(
    ("section", "characters"),
    [
        (b"1 beginbfchar <01> <0041> endbfchar", "A"),
        (b"1 beginbfchar <0001> <00660069> endbfchar", "fi"),
        (b"1 beginbfrange <01> <03> <0041> endbfrange", "ABC"),
        (b"1 beginbfrange <01> <02> [<0041> <FB01>] endbfrange", "Aﬁ"),
        (b"1 beginbfchar <01> <D835DC42> endbfchar", "𝑂"),
        (b"1 beginbfchar <01> <> endbfchar", ""),
        (b"1 beginbfrange <ZZ> <03> <0041> endbfrange", ""),
    ],
)
@pytest.mark.parametrize("is_deflated", [False, True])
def test_characters_and_ranges_are_read(
    section: bytes, characters: str, *, is_deflated: bool
) -> None:
    content = b"/CIDInit /ProcSet findresource begin\n" + section
    stream = zlib.compress(content) if is_deflated else content
    assert mapped_characters(b"stream\r\n" + stream + b"\nendstream") == {*characters}


@pytest.mark.parametrize("content", [b"", b"stream\n", b"stream\nx\x9c broken", b"no PDF"])
def test_anything_else_has_none(content: bytes) -> None:
    assert mapped_characters(content) == frozenset()
