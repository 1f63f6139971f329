"""Reads a ``.xdv`` for what it asks of its driver, which opens any file that it is told to."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# What a page may ask for: nothing here names a file. What is not known is refused.
_HARMLESS = pattern(
    rb"(?:pdf:(?:ann|bann|eann|dest|docinfo|docview|names|obj|out|put|pagesize|trailerid"
    rb"|bcolor|ecolor|scolor|btrans|etrans|bcontent|econtent|content|code|literal)"
    rb"|x:(?:gsave|grestore|scale|rotate)|color)(?![A-Za-z0-9_])"
)
# What XeTeX makes of \XeTeXpicfile; the name is the one that the document gave.
_PICTURE = pattern(
    rb"pdf:image matrix(?: -?[0-9]+\.[0-9]+){6} page [0-9]+ (?:pagebox cropbox )?"
    rb"\((?:\./)?([^()/\\]+)\)"
)
# Characters, rules, movements and pushes, of one length each: nothing that is looked for here.
_SKIPPED = pattern(
    rb"(?:[\x00-\x7f\x8a\x8d\x8e\x93\x98\xa1\xa6\xfa\xfb]|[\x80\x85\x8f\x94\x99\x9d\xa2\xa7]."
    rb"|[\x81\x86\x90\x95\x9a\x9e\xa3\xa8]..|[\x82\x87\x91\x96\x9b\x9f\xa4\xa9]..."
    rb"|[\x83\x88\x92\x97\x9c\xa0\xa5\xaa]....|[\x84\x89].{8})+",
    re.DOTALL,
)
BEGIN, END_OF_PAGE, AFTER = 139, 140, 248
_LENGTHS = {BEGIN: 44, END_OF_PAGE: 0, AFTER: 28} | dict.fromkeys(range(171, 235), 0)
_LENGTHS |= {235 + n: n + 1 for n in range(4)}
_SELECT = 171  # to 234, by the font's number; to 238, by the bytes of its number
_SELECT_LONG = 235
_SPECIAL = 239  # to 242, by the bytes of its length
_FONT = 243  # to 246, by the bytes of its number
PREAMBLE = 247
END = 249
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
    for text in _specials(xdv):
        if not _HARMLESS.match(text.lstrip()) and not _shows(text, pictures):
            yield text.decode("utf-8", "replace")


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


def _shows(text: bytes, pictures: Collection[str]) -> bool:
    """Say whether a special shows one of the pictures, and nothing else."""
    found = _PICTURE.fullmatch(text)
    return found is not None and found[1].decode("utf-8", "replace") in pictures


def _specials(xdv: bytes) -> Iterator[bytes]:
    said = (special(xdv, *command) for command in _commands(xdv))
    yield from (text for text in said if text is not None)


def commands(xdv: bytes) -> Iterator[tuple[int, int]]:
    """Yield each page, special and font by its opcode and the position after that.

    They end with the last page, or where an ``.xdv`` that is being written ends.

    Raises:
        ValueError: when this is no ``.xdv``.
    """
    position, end = 0, len(xdv)
    while position < end:
        if (run := _SKIPPED.match(xdv, position)) is not None:
            position = run.end()
            continue
        opcode = xdv[position]
        position += 1
        if opcode == _GLYPHS:
            position += 6 + 10 * int.from_bytes(xdv[position + 4 : position + 6], "big")
            continue
        yield opcode, position
        if opcode == END:
            return
        position += length(xdv, opcode, position)


def special(xdv: bytes, opcode: int, position: int) -> bytes | None:
    """Return what a command says to the driver, None when it is no special."""
    if not _SPECIAL <= opcode < _SPECIAL + 4:
        return None
    size = opcode - _SPECIAL + 1
    return xdv[position + size : position + length(xdv, opcode, position)]


def defined_font(xdv: bytes, opcode: int, position: int) -> int | None:
    """Return the number of the font that a command defines, None when it defines none."""
    if opcode == _NATIVE_FONT:
        return _number(xdv, position, 4)
    return _number(xdv, position, opcode - _FONT + 1) if _FONT <= opcode < _FONT + 4 else None


def selected_font(xdv: bytes, opcode: int, position: int) -> int | None:
    """Return the number of the font that a command selects, None when it selects none."""
    if _SELECT <= opcode < _SELECT_LONG:
        return opcode - _SELECT
    long = _SELECT_LONG <= opcode < _SELECT_LONG + 4
    return _number(xdv, position, opcode - _SELECT_LONG + 1) if long else None


@lru_cache(maxsize=1)
def _commands(xdv: bytes) -> tuple[tuple[int, int], ...]:
    """Return `commands`, which somebody asks for again.

    Raises:
        ValueError: when this is no ``.xdv``.
    """
    found = tuple(commands(xdv))
    if not found or found[-1][0] != END:
        raise ValueError("the .xdv has no end")
    return found


def length(xdv: bytes, opcode: int, position: int) -> int:
    """Return the length of a command after its opcode.

    Raises:
        ValueError: when there is no such command.
    """
    if opcode in _LENGTHS:
        return _LENGTHS[opcode]
    if _SPECIAL <= opcode < _SPECIAL + 4:
        size = opcode - _SPECIAL + 1
        return size + _number(xdv, position, size)
    if _FONT <= opcode < _FONT + 4:
        size = opcode - _FONT + 1 + 12
        names = (_number(xdv, position + size, 1), _number(xdv, position + size + 1, 1))
        return size + 2 + sum(names)
    if opcode == PREAMBLE:
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
