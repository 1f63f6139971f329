"""The text of one `.bib` file, and the places in it."""

from __future__ import annotations

import pytest

from cvforge.bibliography.reading.findings import Findings
from cvforge.bibliography.reading.source import MAX_BYTES, Source, read_source
from cvforge.diagnostics import Place, Severity
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


def test_a_broken_place_in_utf_8_is_refused_where_it_stands() -> None:
    content = "% Rühle\nR".encode() + b"\xfchle"
    assert refusal(content) == ("not-utf-8", Place("ada.bib", 2, 2))


@pytest.mark.parametrize(
    ("content", "encoding", "place"),
    [
        ("% Ada\nRühle".encode("latin-1"), "Latin-1", Place("ada.bib", 2, 2)),
        ("% Ada\nR – ü".encode("cp1252"), "Windows-1252", Place("ada.bib", 2, 3)),
        ("% Ada\nRühle".encode("utf-16"), "UTF-16", Place("ada.bib", 2, 2)),
        ("Ada".encode("utf-16"), "UTF-16", Place("ada.bib", 1, 1)),
    ],
)
def test_another_encoding_is_read_with_a_warning(
    content: bytes, encoding: str, place: Place
) -> None:
    findings = Findings()
    source = read_source("ada.bib", content, findings)
    assert source is not None
    (warning,) = findings.settled(lenient=False)
    assert (warning.code, warning.place, warning.severity) == ("encoding", place, Severity.WARNING)
    assert encoding in warning.message
    assert "UTF-8" in (warning.hint or "")


def test_what_is_no_text_stays_visible_for_lenient_readers() -> None:
    source = read_source("ada.bib", "ä".encode() + b"\x00\xff", Findings(), lenient=True)
    assert source is not None
    assert source.place(0).text == "ä\ufffd\ufffd"
    assert source.is_clean(0, 1)
    assert not source.is_clean(0, 2)


def test_a_binary_file_is_refused() -> None:
    assert refusal(b"PK\x03\x04") == ("control-character", Place("ada.bib", 1, 3))


def test_a_file_beyond_the_limit_is_refused() -> None:
    assert refusal(b" " * (MAX_BYTES + 1)) == ("too-large", Place("ada.bib", 1, 1))
