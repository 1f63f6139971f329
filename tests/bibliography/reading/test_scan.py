"""The scan before parsing: whole entries are read as the parser would read them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvforge.bibliography.reading.extracts import extracts
from cvforge.bibliography.reading.findings import Findings
from cvforge.bibliography.reading.grammar import BibBlock, BibEntry, blocks
from cvforge.bibliography.reading.scan import laid_out, stretches
from cvforge.bibliography.reading.source import Source
from cvforge.errors import BibliographyError

if TYPE_CHECKING:
    from cvforge.diagnostics import Diagnostic


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@ misc {a, b", "@misc  {a, b"),
        ("@misc\n{a, b", "@misc {a, b"),
        ("} @\n misc\n(a,", "} @misc   (a,"),
        ("  @ misc {two words,", "  @misc  {two words,"),
        ("@ string {x = {y}}", "@string  {x = {y}}"),
        ("@ string(x = {y})", "@string (x = {y})"),
        ("x @ string {y}", "x @ string {y}"),
        ("@ home {sweet}", "@ home {sweet}"),
        ("@ home (x, y z)", "@home  (x, y z)"),
        ("@ two words, x", "@ two words, x"),
        ("@misc {a, b", "@misc {a, b"),
    ],
)
def test_a_block_begins_as_the_parser_knows_it(text: str, expected: str) -> None:
    assert laid_out(text) == expected
    assert len(laid_out(text)) == len(text)


PIECES = st.sampled_from(
    [
        *("@misc{", "@article{", "@book(", "@string{", "{", "}", "(", ")", '"', ","),
        *("=", "#", "\n", " ", "\\", "key", "a1", "title={", "title = {T}", "{T {U}}", '"V {"} W"'),
        *(
            "12",
            ",\n",
            "}\n",
            "\n@misc{b, title={T}}\n",
            "\n@misc{c,\n t = {a} # s,\n}\n",
            "@",
            "%",
        ),
        *("@ misc {d, t={U}}", "\\{", "x@y.z", "t = ", "\n@string{s = {S}}\n", "\n@x(e, t={V})\n"),
    ]
)


def read(text: str, *, directly: bool) -> tuple[list[object], tuple[Diagnostic, ...]]:
    """Return the blocks and findings, all of them from the parser or whole entries directly."""
    findings = Findings()
    source = Source("ada.bib", text)
    (part,) = extracts([source], None, Findings()).parts
    found = list(blocks(source, findings, extract=part if directly else None))
    made = [_without_source(block) for block in found]
    try:
        findings.raise_any()
    except BibliographyError as error:
        return made, error.diagnostics
    return made, ()


def _without_source(block: BibBlock) -> object:
    if isinstance(block, BibEntry):
        return (block.kind, block.key, block.key_offset, block.fields, block.offset)
    return block.definition


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_a_whole_entry_is_read_as_the_parser_reads_it(pieces: list[str]) -> None:
    text = "@misc{first, title={T}}\n" + "".join(pieces)
    assert read(text, directly=True) == read(text, directly=False)


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title = {T,\n author={A B}}\n" * 50_000,
        "@comment{ x \n" * 100_000,
        '@misc{a, title = "T,\n}\n' * 50_000,
        "@misc{a,title={" + "{" * 1_000_000,
        "@a{b,c=" * 150_000,
        "@ x {" * 250_000,
        "\n@ x {aa" * 150_000,
        "@\n" * 500_000,
    ],
    ids=range(8),
)
def test_a_broken_file_is_scanned_once(text: str) -> None:
    begin = time.perf_counter()
    assert list(stretches(laid_out(text))) == []
    assert time.perf_counter() - begin < 5  # seconds; twice the length must not take four times
