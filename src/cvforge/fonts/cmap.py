"""Which characters a font has: the ranges of its table cmap, never character by character."""

from __future__ import annotations

import struct
import sys
from array import array
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# First and last code points of ranges, in order: those of the range n are [0][n] and [1][n].
Ranges: TypeAlias = "tuple[array[int], array[int]]"

MAX_RANGES = 100_000
# Platform and encoding of Unicode, the fullest one first. Source: OpenType 1.9, cmap.
_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
_FORMATS = (4, 6, 12)
_LAST = 0x10FFFF
_LAST_OF_16_BITS = 0xFFFF


def read_cmap(table: bytes, *, glyphs: int) -> Ranges:
    """Return what a table cmap has; of what it maps beyond the ``glyphs`` of its font, nothing.

    Raises:
        struct.error: when it is cut off.
        ValueError: when it maps a character twice, or has ranges without end.

    Source: OpenType 1.9, cmap, formats 4, 6 and 12. No font has another for all of Unicode, but
    format 13, in which many characters share one picture.
    """
    form, subtable = _fullest(table)
    read = {4: _segments, 6: _trimmed, 12: _groups}.get(form)
    return _gathered(() if read is None else read(subtable, glyphs))


def glyph_numbers(table: bytes, codes: Iterable[int]) -> dict[int, int]:
    """Return the glyphs of a few characters; of what the table does not map, nothing.

    Raises:
        struct.error: when it is cut off.
    """
    form, subtable = _fullest(table)
    number = {4: _by_segment, 6: _by_place, 12: _by_group}.get(form)
    if number is None:
        return {}
    found = ((code, number(subtable, code)) for code in codes)
    return {code: glyph for code, glyph in found if glyph}


def _fullest(table: bytes) -> tuple[int, bytes]:
    """Return the format of the subtable that has most of Unicode, and what is there; 0 for none."""
    (count,) = struct.unpack_from(">2xH", table)
    found = rows(">HHL", table, start=4, count=count)
    offsets = {(platform, encoding): offset for platform, encoding, offset in found}
    for kind in _UNICODE:
        if kind in offsets:
            subtable = table[offsets[kind] :]
            (form,) = struct.unpack_from(">H", subtable)
            if form in _FORMATS:
                return form, subtable
    return 0, b""


def rows(form: str, table: bytes, *, start: int, count: int) -> Iterator[tuple[int, ...]]:
    """Return an iterator over rows of a table.

    Raises:
        struct.error: when it is cut off.
    """
    length = struct.calcsize(form) * count
    if start + length > len(table):
        raise struct.error
    return struct.iter_unpack(form, table[start : start + length])


def _gathered(ranges: Iterable[tuple[int, int]]) -> Ranges:
    firsts, lasts = array("I"), array("I")
    for first, last in ranges:
        if last < first:
            continue
        if lasts and first == lasts[-1] + 1:
            lasts[-1] = last
        else:
            firsts.append(first)
            lasts.append(last)
    return firsts, lasts


def _require_order(first: int, last: int, *, after: int) -> None:
    if not after < first <= last <= _LAST:
        raise ValueError("its table of characters is damaged")


def _groups(subtable: bytes, glyphs: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a subtable of format 12."""
    (count,) = struct.unpack_from(">12xL", subtable)
    if count > MAX_RANGES:
        raise ValueError(f"its table of characters has {count} ranges")
    before = -1
    for first, last, glyph in rows(">LLL", subtable, start=16, count=count):
        _require_order(first, last, after=before)
        before = last
        yield first + (glyph == 0), min(last, first + glyphs - 1 - glyph)


def _segments(subtable: bytes, glyphs: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a subtable of format 4."""
    (doubled,) = struct.unpack_from(">6xH", subtable)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", subtable, 14)
    firsts, deltas, offsets = (
        struct.unpack_from(f">{count}H", subtable, 16 + n * 2 * count) for n in (1, 2, 3)
    )
    before = -1
    for number, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        if first == _LAST_OF_16_BITS:  # the mark of the end, which some fonts repeat
            return
        _require_order(first, last, after=before)
        before = last
        if offsets[number] in (0, _LAST_OF_16_BITS):
            yield from _shifted(first, last, deltas[number], glyphs)
        else:
            place = 16 + 6 * count + 2 * number + offsets[number]
            yield from _listed(subtable[place:], first, last, glyphs, shift=deltas[number])


def _shifted(first: int, last: int, delta: int, glyphs: int) -> Iterator[tuple[int, int]]:
    """Yield what has a glyph where the glyphs follow each other, modulo 65,536."""
    start = (first + delta) & _LAST_OF_16_BITS
    zero = first + (0x10000 - start if start else 0)  # the character of the glyph 0
    yield first, min(last, zero - 1, first + glyphs - 1 - start)
    yield zero + 1, min(last, zero + glyphs - 1)


def _listed(
    glyph_bytes: bytes, first: int, last: int, glyphs: int, *, shift: int
) -> Iterator[tuple[int, int]]:
    """Yield what has a glyph where each character names its own."""
    named = _numbers(glyph_bytes[: 2 * (last - first + 1)])
    if len(named) < last - first + 1:
        raise struct.error
    if not shift and 0 not in named and max(named) < glyphs:
        yield first, last
        return
    for code, name in enumerate(named, first):
        if name and 0 < (name + shift) & _LAST_OF_16_BITS < glyphs:
            yield code, code


def _trimmed(subtable: bytes, glyphs: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a subtable of format 6."""
    first, count = struct.unpack_from(">6xHH", subtable)
    if count:
        yield from _listed(subtable[10:], first, first + count - 1, glyphs, shift=0)


def _numbers(content: bytes) -> array[int]:
    numbers = array("H", content)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _by_group(subtable: bytes, code: int) -> int:
    """Return the glyph of a character by a subtable of format 12, 0 for none."""
    (count,) = struct.unpack_from(">12xL", subtable)
    groups = rows(">LLL", subtable, start=16, count=count)
    return next((glyph + code - first for first, last, glyph in groups if first <= code <= last), 0)


def _by_segment(subtable: bytes, code: int) -> int:
    """Return the same by a subtable of format 4."""
    (doubled,) = struct.unpack_from(">6xH", subtable)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", subtable, 14)
    number = next((number for number, last in enumerate(lasts) if code <= last), None)
    if number is None:
        return 0
    first, delta, offset = (
        struct.unpack_from(">H", subtable, 16 + 2 * (n * count + number))[0] for n in (1, 2, 3)
    )
    if code < first:
        return 0
    if offset in (0, _LAST_OF_16_BITS):
        return int(code + delta) & _LAST_OF_16_BITS
    place = 16 + 6 * count + 2 * number + offset + 2 * (code - first)
    (glyph,) = struct.unpack_from(">H", subtable, place)
    return int(glyph + delta) & _LAST_OF_16_BITS if glyph else 0


def _by_place(subtable: bytes, code: int) -> int:
    """Return the same by a subtable of format 6."""
    first, count = struct.unpack_from(">6xHH", subtable)
    if not first <= code < first + count:
        return 0
    (glyph,) = struct.unpack_from(">H", subtable, 10 + 2 * (code - first))
    return int(glyph)
