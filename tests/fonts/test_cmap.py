"""Tables of characters, as they should be and as nobody should write them."""

from __future__ import annotations

import struct

import pytest

from cvforge.fonts.cmap import glyph_numbers, read_cmap

Pairs = list[tuple[int, int]]
Segment = tuple[int, int, int, int]  # first, last, delta, offset


def table(*subtables: tuple[int, int, bytes]) -> bytes:
    start = 4 + 8 * len(subtables)
    head, body = struct.pack(">HH", 0, len(subtables)), b""
    for platform, encoding, content in subtables:
        head += struct.pack(">HHL", platform, encoding, start + len(body))
        body += content
    return head + body


def segments(*rows: Segment, glyphs: tuple[int, ...] = ()) -> bytes:
    rows = (*rows, (0xFFFF, 0xFFFF, 1, 0))
    firsts, lasts, deltas, offsets = (
        struct.pack(f">{len(rows)}H", *column) for column in zip(*rows, strict=True)
    )
    head = struct.pack(">HHHHHHH", 4, 0, 0, 2 * len(rows), 0, 0, 0)
    return (
        head
        + lasts
        + b"\0\0"
        + firsts
        + deltas
        + offsets
        + struct.pack(f">{len(glyphs)}H", *glyphs)
    )


def groups(*rows: tuple[int, int, int]) -> bytes:
    body = b"".join(struct.pack(">LLL", *row) for row in rows)
    return struct.pack(">HHLLL", 12, 0, 16 + len(body), 0, len(rows)) + body


def trimmed(first: int, *glyphs: int) -> bytes:
    count = len(glyphs)
    return struct.pack(f">HHHHH{count}H", 6, 10 + 2 * count, 0, first, count, *glyphs)


def read(content: bytes, *, glyphs: int = 100) -> Pairs:
    return list(zip(*read_cmap(content, glyphs=glyphs), strict=True))


@pytest.mark.parametrize(
    ("subtable", "expected"),
    [
        (segments((65, 70, 1 - 65 & 0xFFFF, 0)), [(65, 70)]),
        (segments((65, 70, 1 - 65 & 0xFFFF, 0), (71, 72, 1 - 65 & 0xFFFF, 0)), [(65, 72)]),
        (segments((65, 67, -66 & 0xFFFF, 0)), [(67, 67)]),  # the glyph of B is 0, of A 65,535
        (segments((65, 67, -65 & 0xFFFF, 0)), [(66, 67)]),
        (segments((65, 300, 1 - 65 & 0xFFFF, 0)), [(65, 163)]),  # there are 100 glyphs
        (segments((65, 68, 0, 4), glyphs=(5, 0, 6, 200)), [(65, 65), (67, 67)]),
        (segments((65, 66, 3, 4), glyphs=(5, 0xFFFD)), [(65, 65)]),  # 0xFFFD + 3 is 0
        (segments((65, 66, 1, 0xFFFF)), [(65, 66)]),
        (groups((65, 70, 1), (0x1F600, 0x1F601, 7)), [(65, 70), (0x1F600, 0x1F601)]),
        (groups((65, 70, 0)), [(66, 70)]),
        (groups((65, 70, 98)), [(65, 66)]),
        (groups((65, 70, 5000)), []),
        (groups(), []),
        (trimmed(65, 1, 0, 2), [(65, 65), (67, 67)]),
        (trimmed(65), []),
        (struct.pack(">H", 13), []),
    ],
)
def test_a_subtable_gives_the_ranges_that_have_glyphs(subtable: bytes, expected: Pairs) -> None:
    assert read(table((3, 10, subtable))) == expected


def test_the_fullest_subtable_counts_and_one_for_symbols_does_not() -> None:
    small, full = segments((65, 65, 1, 0)), groups((65, 90, 1))
    assert read(table((0, 3, small), (3, 1, small), (3, 10, full))) == [(65, 90)]
    assert read(table((3, 0, full), (1, 0, full))) == []


@pytest.mark.parametrize(
    "subtable",
    [
        groups((65, 70, 1), (66, 71, 1)),
        groups((70, 65, 1)),
        groups((0x10FFFF, 0x110000, 1)),
        struct.pack(">HHLLL", 12, 0, 16, 0, 0xFFFFFFFF),
        struct.pack(">HHLLL", 12, 0, 16, 0, 9),
        groups((65, 70, 1))[:-1],
        segments((65, 70, 1, 0), (66, 71, 1, 0)),
        segments((70, 65, 1, 0)),
        segments((65, 70, 1, 4), glyphs=(1, 2)),
        segments((65, 70, 1, 0))[:-3],
        struct.pack(">HHHH", 4, 0, 0, 0xFFFE),
        trimmed(0xFFFF, 1)[:-1],
        b"\0",
    ],
)
def test_a_damaged_subtable_is_refused(subtable: bytes) -> None:
    with pytest.raises((struct.error, ValueError)):
        read(table((3, 10, subtable)))


@pytest.mark.parametrize("content", [b"", b"\0\0\0\1", table((3, 10, b""))[:-4]])
def test_a_table_that_is_cut_off_is_refused(content: bytes) -> None:
    with pytest.raises(struct.error):
        read(content)


@pytest.mark.parametrize(
    "subtable",
    [
        segments((65, 70, 5 - 65 & 0xFFFF, 0), (90, 91, 0, 4), glyphs=(40, 0)),
        groups((65, 70, 5), (90, 90, 40)),
        trimmed(65, *range(5, 11), *[0] * 19, 40),
    ],
    ids=["segments", "groups", "trimmed"],
)
def test_the_glyphs_of_a_few_characters_are_looked_up(subtable: bytes) -> None:
    codes = [64, 65, 70, 71, 90, 91, 92, 0x1F469]
    assert glyph_numbers(table((3, 10, subtable)), codes) == {65: 5, 70: 10, 90: 40}


def test_a_table_of_another_kind_has_no_glyphs() -> None:
    assert glyph_numbers(table((3, 10, struct.pack(">HH", 2, 0))), [65]) == {}
    with pytest.raises(struct.error):
        glyph_numbers(table((3, 10, groups((65, 70, 5))[:20])), [65])
