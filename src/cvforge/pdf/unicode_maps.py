"""The characters that the fonts of a PDF say they show, read from its streams alone."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 1_000_000  # of one map
_STREAM = pattern(rb"stream\r?\n")
_SECTION = pattern(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_PAIR = pattern(rb"<[0-9A-Fa-f\s]+>\s*<([0-9A-Fa-f\s]+)>")
_RANGE = pattern(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[([^\]]*)\])")
_SNIFFED = 100


def mapped_characters(pdf: bytes) -> frozenset[str]:
    """Return all characters of the ToUnicode maps that are in plain or deflated streams.

    Source: ISO 32000-1:2008, 9.10.3; Adobe Technical Note 5411.
    """
    found: set[str] = set()
    for start in _STREAM.finditer(pdf):
        for section in _SECTION.finditer(_map_at(pdf, start.end())):
            targets = _ranges(section[2]) if section[1] == b"range" else _pairs(section[2])
            found.update(*targets)
    return frozenset(found)


def _map_at(pdf: bytes, start: int) -> bytes:
    """Return the map whose stream starts there, or nothing where it is something else."""
    if pdf[start : start + _SNIFFED].lstrip().startswith((b"/CIDInit", b"%!PS")):
        return pdf[start : pdf.find(b"endstream", start)][:MOST_BYTES]
    inflater = zlib.decompressobj()
    try:
        head = inflater.decompress(pdf[start : start + 2 * _SNIFFED], _SNIFFED)
        if b"CIDInit" not in head and b"CMap" not in head:
            return b""
        return head + inflater.decompress(
            inflater.unconsumed_tail + pdf[start + 2 * _SNIFFED : start + MOST_BYTES], MOST_BYTES
        )
    except zlib.error:
        return b""


def _pairs(section: bytes) -> Iterator[str]:
    return (_text(target[1]) for target in _PAIR.finditer(section))


def _ranges(section: bytes) -> Iterator[str]:
    for first, last, target, listed in _RANGE.findall(section):
        if listed:
            yield from (_text(each) for each in re.findall(rb"<([^>]*)>", listed))
        elif text := _text(target):
            count = min(int(last, 16) - int(first, 16), 0xFF)
            yield text[:-1]
            yield from (chr(min(ord(text[-1]) + n, 0x10FFFF)) for n in range(count + 1))


def _text(digits: bytes) -> str:
    packed = b"".join(digits.split())
    return bytes.fromhex(packed[: len(packed) // 2 * 2].decode("ascii")).decode(
        "utf-16-be", "replace"
    )
