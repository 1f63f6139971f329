"""Reads a ``.xdv`` for what it asks of its driver, which opens any file that it is told to."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# What a page may ask for: nothing here names a file. What is not known is refused.
_HARMLESS = re.compile(
    rb"(?:pdf:(?:ann|bann|eann|dest|docinfo|docview|names|obj|out|put|pagesize|trailerid"
    rb"|bcolor|ecolor|scolor|btrans|etrans|bcontent|econtent|content|code|literal)"
    rb"|x:(?:gsave|grestore|scale|rotate)|color)(?![A-Za-z0-9_])"
)
# What XeTeX makes of \XeTeXpicfile; the name is the one that the document gave.
_PICTURE = re.compile(
    rb"pdf:image matrix(?: -?[0-9]+\.[0-9]+){6} page [0-9]+ (?:pagebox cropbox )?"
    rb"\((?:\./)?([^()/\\]+)\)"
)
# Commands of one length, without their opcode: characters, rules, movements, fonts, pages.
_LENGTHS = (
    dict.fromkeys(range(128), 0)  # set_char
    | {128 + n: n + 1 for n in range(4)}  # set
    | {133 + n: n + 1 for n in range(4)}  # put
    | {132: 8, 137: 8, 138: 0, 139: 44, 140: 0, 141: 0, 142: 0, 248: 28, 250: 0, 251: 0}
    | {143 + n: n + 1 for n in range(4)}  # right
    | {first + n: n for first in (147, 152, 161, 166) for n in range(5)}  # w, x, y, z
    | {157 + n: n + 1 for n in range(4)}  # down
    | dict.fromkeys(range(171, 235), 0)  # fnt_num
    | {235 + n: n + 1 for n in range(4)}  # fnt
)
_SPECIAL = 239  # to 242, by the bytes of its length
_FONT = 243  # to 246, by the bytes of its number
_PREAMBLE = 247
_END = 249
_NATIVE_FONT = 252
_GLYPHS = 253
_TEXT_AND_GLYPHS = 254
_NATIVE_EXTRAS = (0x0200, 0x1000, 0x2000, 0x4000)  # colour, extension, slant, weight: 4 bytes each


def refused_specials(xdv: bytes, *, pictures: Collection[str] = ()) -> Iterator[str]:
    r"""Yield each ``\special`` that is not known to be harmless.

    ``pictures`` are the names of the images beside the document, which it may show.

    Raises:
        ValueError: when this is no ``.xdv``.

    Source: DVI as in tex.web, sections 583-591; XeTeX's additions in xetex.web, same sections.
    """
    for special in _specials(xdv):
        if not _HARMLESS.match(special.lstrip()) and not _shows(special, pictures):
            yield special.decode("utf-8", "replace")


def font_files(xdv: bytes) -> Iterator[str]:
    """Yield the path of each font that is known by its file.

    Raises:
        ValueError: when this is no ``.xdv``.
    """
    for opcode, position in _commands(xdv):
        if opcode == _NATIVE_FONT:
            length = _number(xdv, position + 10, 1)
            yield xdv[position + 11 : position + 11 + length].decode("utf-8", "surrogateescape")


def has_tex_fonts(xdv: bytes) -> bool:
    """Say whether a font is known by its TeX metrics alone, which a driver looks up in its maps.

    Raises:
        ValueError: when this is no ``.xdv``.
    """
    return any(_FONT <= opcode < _FONT + 4 for opcode, _ in _commands(xdv))


def _shows(special: bytes, pictures: Collection[str]) -> bool:
    """Say whether a special shows one of the pictures, and nothing else."""
    found = _PICTURE.fullmatch(special)
    return found is not None and found[1].decode("utf-8", "replace") in pictures


def _specials(xdv: bytes) -> Iterator[bytes]:
    for opcode, position in _commands(xdv):
        if _SPECIAL <= opcode < _SPECIAL + 4:
            size = opcode - _SPECIAL + 1
            length = _number(xdv, position, size)
            yield xdv[position + size : position + size + length]


@lru_cache(maxsize=1)
def _commands(xdv: bytes) -> tuple[tuple[int, int], ...]:
    """Return each special and font by its opcode and the position after that, up to the last page.

    Raises:
        ValueError: when this is no ``.xdv``.
    """
    found = []
    position, end = 0, len(xdv)
    while position < end and (opcode := xdv[position]) != _END:
        position += 1
        if opcode in _LENGTHS:
            position += _LENGTHS[opcode]
        elif opcode == _GLYPHS:
            position += 6 + 10 * int.from_bytes(xdv[position + 4 : position + 6], "big")
        else:
            found.append((opcode, position))
            position += _length(xdv, opcode, position)
    if position >= end:
        raise ValueError("the .xdv has no end")
    return tuple(found)


def _length(xdv: bytes, opcode: int, position: int) -> int:
    """Return the length of a command of no fixed length, after its opcode."""
    if _SPECIAL <= opcode < _SPECIAL + 4:
        size = opcode - _SPECIAL + 1
        return size + _number(xdv, position, size)
    if _FONT <= opcode < _FONT + 4:
        size = opcode - _FONT + 1 + 12
        names = (_number(xdv, position + size, 1), _number(xdv, position + size + 1, 1))
        return size + 2 + sum(names)
    if opcode == _PREAMBLE:
        return 14 + _number(xdv, position + 13, 1)
    if opcode == _NATIVE_FONT:
        flags = _number(xdv, position + 8, 2)
        extras = sum(4 for extra in _NATIVE_EXTRAS if flags & extra)
        return 15 + _number(xdv, position + 10, 1) + extras
    if opcode == _TEXT_AND_GLYPHS:
        text = 2 + 2 * _number(xdv, position, 2)
        return text + 6 + 10 * _number(xdv, position + text + 4, 2)
    raise ValueError(f"the .xdv has the unknown command {opcode}")


def _number(xdv: bytes, position: int, size: int) -> int:
    return int.from_bytes(xdv[position : position + size], "big")
