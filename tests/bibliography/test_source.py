"""The text of one `.bib` file, and the places in it."""

from __future__ import annotations

import pytest

from cvforge.bibliography.findings import Findings
from cvforge.bibliography.source import MAX_BYTES, Source, read_source
from cvforge.diagnostics import Place
from cvforge.errors import BibliographyError


def refusal(content: bytes) -> tuple[str, Place | None]:
    findings = Findings()
    assert read_source("ada.bib", content, findings) is None
    with pytest.raises(BibliographyError) as refused:
        findings.raise_any()
    (finding,) = refused.value.diagnostics
    return finding.code, finding.place


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf_8_is_read_with_and_without_a_mark(mark: bytes) -> None:
    source = read_source("ada.bib", mark + "Rühle".encode(), Findings())
    assert source is not None
    assert source.text == "Rühle"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_once(end: str) -> None:
    source = Source("ada.bib", f"one{end}two{end}three")
    assert source.text == "one\ntwo\nthree"
    assert source.place(source.text.index("three")) == Place("ada.bib", 3, 1)


def test_a_place_is_cut_at_the_end_of_its_line() -> None:
    place = Source("ada.bib", "first\nsecond\nthird").place(9, 100)
    assert (place.line, place.column, place.length, place.text) == (2, 4, 3, "second")


def test_a_place_at_the_end_of_the_file_is_on_its_last_line() -> None:
    place = Source("ada.bib", "first\n").place(999)
    assert (place.line, place.column, place.length, place.text) == (2, 1, 1, "")


def test_what_is_no_utf_8_is_refused_where_it_stands() -> None:
    assert refusal("% Ada\nR\u00fchle".encode("latin-1")) == ("not-utf-8", Place("ada.bib", 2, 2))


def test_a_binary_file_is_refused() -> None:
    assert refusal(b"PK\x03\x04") == ("control-character", Place("ada.bib", 1, 3))


def test_a_file_beyond_the_limit_is_refused() -> None:
    assert refusal(b" " * (MAX_BYTES + 1)) == ("too-large", Place("ada.bib", 1, 1))
