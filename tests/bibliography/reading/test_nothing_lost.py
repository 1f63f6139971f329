"""Whatever a file holds: entries in = entries read + entries reported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvforge.bibliography.reading.reader import Bibliography, read_bibliography
from cvforge.diagnostics import Severity
from cvforge.errors import BibliographyError

if TYPE_CHECKING:
    from collections.abc import Collection

NAMES = st.sampled_from(
    [
        *("Ada Quill", "Quill, Ada", "van der Rune, Jr, Bo", "{Team Quill}", "许, 靖", "Иван Руна"),
        *("family=Rune, given=Bo", "Ada Quill and others", "Ada Quill and", ", Bo", "A, B, C, D"),
        *(r"{\'E}ric {\O}rsted", r"\foo Rune", "Bo Rune; Cleo Vellum", "{", "Mira Lückenfuß"),
    ]
)
TEXTS = st.sampled_from(
    [
        *("A title", "Größe", r"{\"U}ber $x^2$", r"\emph{On} type", r"\nonsense", "50\\% of $5"),
        *("{", "}", '"', "a @ b", "see @misc{x, y}", "\n@misc{inner, title={T}}", "", "a, b = c"),
        *("$x", "\x07", "〇一二", "– “”", "{A {B} C}"),
    ]
)
KEYS = st.sampled_from(["a", "b", "c", "d", "e", "x:1", "ü", "a b", ""])
FIELDS = st.one_of(
    st.tuples(st.just("title"), TEXTS),
    st.tuples(st.just("author"), NAMES),
    st.tuples(st.sampled_from(["crossref", "xdata", "entryset", "ids", "xref"]), KEYS),
    st.tuples(st.just("author+an"), st.sampled_from(["1=equal", "9=equal", "1=equals", "x"])),
    st.tuples(st.sampled_from(["note", "doi", "url", "eprint", "year", "date", "code"]), TEXTS),
)
WRITTEN = {
    "braces": "{name} = {{{text}}}",
    "quotes": '{name} = "{text}"',
    "joined": '{name} = "{text}" # s # {{x}}',
    "string": "{name} = s",
    "number": "{name} = 12",
    "bare": "{name} = {text}",
    "no equals": "{name} {{{text}}}",
    "unclosed": "{name} = {{{text}",
    "too much": "{name} = {{{text}}}}}",
}
LAYOUTS = st.sampled_from(list(WRITTEN))
KINDS = st.sampled_from(
    ["misc", "Article", "inproceedings", "proceedings", "xdata", "set", "book", "mvbook"]
)
BETWEEN = st.sampled_from(
    [
        *("\n", "\n\n", "\n% note\n", "\n@comment{all {braces}}\n", '\n@preamble{"\\\\x"}\n'),
        *("\n@string{s = {Journal}}\n", "\n@string{s = t}\n", "\n}\n", "\njunk\n", "\n@comment{\n"),
        *("\n@string{\n", "\n@comment{@misc{held, title={T}}}\n", "\n@ misc {lost, title={T}}\n"),
    ]
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1", "cp1252"])


ENCLOSURES = [*[("{", "}")] * 3, ("(", ")"), ("{", " "), ("(", "{")]


@dataclass(frozen=True)
class Entry:
    """An entry as it is written, beginning in a line of its own."""

    text: str


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    opening, closing = draw(st.sampled_from(ENCLOSURES))
    fields = [
        WRITTEN[layout].format(name=name, text=text)
        for (name, text), layout in draw(st.lists(st.tuples(FIELDS, LAYOUTS), max_size=5))
    ]
    separator = draw(st.sampled_from([", ", ",\n  ", ",\n  ", "\n  "]))
    key, kind = draw(KEYS), draw(KINDS)
    return Entry(f"@{kind}{opening}{separator.join([key, *fields])}{closing}")


SOUND = st.builds(
    lambda key, kind: Entry(f"@{kind}{{{key},\n title = {{T}},\n author = {{Ada Quill}}}}"),
    KEYS,
    KINDS,
)
PIECES = st.lists(st.one_of(entries(), SOUND, BETWEEN), max_size=8)


def written(pieces: list[Entry | str], encoding: str, broken: bytes) -> bytes:
    text = "\n".join(piece.text if isinstance(piece, Entry) else piece for piece in pieces)
    return text.encode(encoding, "xmlcharrefreplace") + broken


def lines_of_entries(pieces: list[Entry | str]) -> list[tuple[int, int]]:
    """Return the first and the last line of every entry."""
    found, line = [], 1
    for piece in pieces:
        text = piece.text if isinstance(piece, Entry) else piece
        end = line + text.count("\n")
        for inner in re.finditer(r"^@\s*(?!comment|string|preamble)\w+", text, re.MULTILINE):
            begins = line + text.count("\n", 0, inner.start())
            found.append((begins, end))
        line = end + 1
    return found


def lost(pieces: list[Entry | str], read: Bibliography) -> list[tuple[int, int]]:
    """Return the entries that are neither read nor in a finding."""
    read_lines = {r.place.line for r in read.references.values()}
    told = {f.place.line for f in read.findings if f.place is not None}
    return [
        (first, last)
        for first, last in lines_of_entries(pieces)
        if not (read_lines | told).intersection(range(first, last + 1))
    ]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=300)
@given(PIECES, ENCODINGS, st.sampled_from([b"", b"", b"", b"\xff", b"\x00"]))
def test_every_entry_is_read_or_reported(
    pieces: list[Entry | str], encoding: str, broken: bytes
) -> None:
    content = written(pieces, encoding, broken)
    read = read_bibliography([("ada.bib", content)], lenient=True)
    assert lost(pieces, read) == []
    assert all(finding.severity is Severity.WARNING for finding in read.findings)
    assert all(finding.place is not None and finding.hint for finding in read.findings)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=200)
@given(PIECES, ENCODINGS, st.sampled_from([None, [], ["a"], ["b", "ü"], ["nowhere"]]))
def test_strict_reading_refuses_exactly_what_lenient_reading_leaves_out(
    pieces: list[Entry | str], encoding: str, wanted: Collection[str] | None
) -> None:
    files = [("ada.bib", written(pieces, encoding, b""))]
    lenient = read_bibliography(files, wanted=wanted, lenient=True)
    passed_over = [
        f for f in lenient.findings if "; the entry" in f.message or "; this" in f.message
    ]
    if not passed_over:
        assert read_bibliography(files, wanted=wanted) == lenient
        return
    with pytest.raises(BibliographyError) as refused:
        read_bibliography(files, wanted=wanted)
    assert any(finding.severity is Severity.ERROR for finding in refused.value.diagnostics)
