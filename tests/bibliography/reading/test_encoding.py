"""The encodings of `.bib` files."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.bibliography.reading.encoding import decoded

GERMAN = "@misc{a, title = {Über Größen}, author = {Rühle, Jürgen}}"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (GERMAN.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + GERMAN.encode(), "UTF-8"),
        (GERMAN.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"), "UTF-16"),
        (GERMAN.encode("utf-16-le"), "UTF-16"),
        (GERMAN.encode("utf-16-be"), "UTF-16"),
        (GERMAN.encode("latin-1"), "Latin-1"),
        (GERMAN.encode("cp1252"), "Latin-1"),
        (b"", "UTF-8"),
    ],
)
def test_a_text_is_read_in_its_encoding(content: bytes, encoding: str) -> None:
    found = decoded(content)
    assert found.encoding == encoding
    assert found.text == (GERMAN if content else "")


def test_a_short_text_of_two_bytes_a_character_is_known_as_well() -> None:
    assert [decoded(content).text for content in (b"\n\0", b"\0a\0b", b"\0")] == ["\n", "ab", "\0"]


def test_quotes_and_dashes_tell_windows_from_latin() -> None:
    found = decoded("„Größe“ – so".encode("cp1252"))
    assert (found.text, found.encoding) == ("„Größe“ – so", "Windows-1252")


@pytest.mark.parametrize(
    "content",
    [
        "% Größe\n".encode() + b"\xfc",
        "Книга о вещах".encode("cp1251"),
        "許靖的論文".encode("big5"),
        "\x81 \xfc".encode("latin-1"),
        codecs.BOM_UTF8 + b"\xfc",
        codecs.BOM_UTF16_LE + b"a\x00\x00\xd8",
        codecs.BOM_UTF16_LE + b"a\x00b",
    ],
)
def test_what_is_none_of_them_is_marked_and_not_guessed(content: bytes) -> None:
    assert any("\udc80" <= character <= "\udcff" for character in decoded(content).text)


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded(content: bytes) -> None:
    assert len(decoded(content).text) <= len(content)


@given(st.text(st.characters(exclude_characters="\ufeff\x00", exclude_categories=["Cs"])))
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    assert decoded(text.encode()).text == text
