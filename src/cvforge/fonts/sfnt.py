"""Reads what a font file says of itself, within bounds: names, style, and what it can print."""

from __future__ import annotations

import os
import stat
import struct
from typing import TYPE_CHECKING, TypeAlias

from cvforge.files import reason
from cvforge.fonts.cmap import read_cmap, rows
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from cvforge.fonts.cmap import Ranges

MAX_BYTES = 512 << 20  # of a file; collections for Chinese, Japanese and Korean have 110 MB
MAX_FONTS = 64  # in a collection
_MAX_TABLES = 256
# Bytes of a table that are read; a larger one is refused.
_LIMITS = {
    b"head": 54,
    b"maxp": 32,
    b"OS/2": 256,
    b"name": 1 << 20,
    b"cmap": 8 << 20,
    b"GSUB": 4 << 20,
}
_PARTLY = (b"head", b"maxp", b"OS/2")  # what matters stands at their beginning
_VERSIONS = (b"\0\1\0\0", b"OTTO", b"true")
_OUTLINES = (b"glyf", b"CFF ")  # not CFF2: no TeX embeds it
_PICTURES = (b"CBDT", b"sbix", b"COLR", b"SVG ")  # TeX would print blanks
_EMBEDDABLE = 0x000C  # fsType: what xdvipdfmx embeds besides fonts without a restriction
_UNFOLLOWED = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16
_WINDOWS, _MACINTOSH, _ENGLISH = 3, 1, 0x409
_NORMAL_WIDTH, _REGULAR, _BOLD = 5, 400, 700

_Directory: TypeAlias = "Mapping[bytes, tuple[int, int]]"


class UnusableFontError(ValueError):
    """A file that is no font, or one that TeX cannot print with; its text says why."""


@dataclass(frozen=True, slots=True)
class Font:
    """One font of a file.

    ``weight`` is 400 for regular and 700 for bold, ``width`` 5 for normal (OpenType 1.9, OS/2).
    ``covered`` are the first and last code points of its ranges, in order.
    """

    number: int
    family: str
    weight: int
    width: int
    is_italic: bool
    is_variable: bool
    covered: Ranges


def read_fonts(path: Path) -> list[Font]:
    """Return the fonts of a file that TeX can print with.

    Raises:
        UnusableFontError: when there are none, or the file cannot be read.
    """
    try:
        with open(path, "rb", opener=_open_file) as file:
            return list(_fonts(_File.of(file)))
    except OSError as cause:
        raise UnusableFontError(reason(cause)) from None
    except struct.error:
        raise UnusableFontError("it is cut off or damaged") from None
    except ValueError as cause:  # also a null character in the name
        raise UnusableFontError(str(cause)) from None


def read_tables(path: Path, number: int, *tags: bytes) -> list[bytes]:
    """Return tables of one font of a file.

    Raises:
        UnusableFontError: when one of them is not there, or is too large.
        OSError, struct.error: when the file cannot be read, or is cut off.
    """
    with open(path, "rb", opener=_open_file) as file:
        font = _File.of(file)
        start = 0
        if font.read(0, 4) == b"ttcf":
            (start,) = struct.unpack(">L", font.read(12 + 4 * number, 4))
        directory = _directory(font, start)
        return [_table(font, directory, tag) for tag in tags]


def _open_file(path: str, flags: int) -> int:
    """Open what need not be a file without waiting for it."""
    return os.open(path, flags | _UNFOLLOWED)


@dataclass(frozen=True, slots=True)
class _File:
    """An open file and its size in bytes."""

    file: BinaryIO
    size: int

    @classmethod
    def of(cls, file: BinaryIO) -> _File:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise UnusableFontError("it is no file")
        if status.st_size > MAX_BYTES:
            raise UnusableFontError(f"it has more than {MAX_BYTES >> 20} MB")
        return cls(file, status.st_size)

    def read(self, start: int, length: int) -> bytes:
        """Return a part of the file, all of it or an error."""
        if start + length > self.size:
            raise UnusableFontError("it is cut off")
        self.file.seek(start)
        return self.file.read(length)


def _fonts(file: _File) -> Iterator[Font]:
    if file.read(0, 4) != b"ttcf":
        yield _font(file, 0, start=0)
        return
    (count,) = struct.unpack(">L", file.read(8, 4))
    if not 0 < count <= MAX_FONTS:
        raise UnusableFontError(f"it is a collection of {count} fonts")
    for number, start in enumerate(struct.unpack(f">{count}L", file.read(12, 4 * count))):
        yield _font(file, number, start=start)


def _font(file: _File, number: int, *, start: int) -> Font:
    directory = _directory(file, start)
    if not any(directory.get(tag, (0, 0))[1] > 1 for tag in _OUTLINES):
        raise UnusableFontError("it has no outlines")
    if any(tag in directory for tag in _PICTURES):
        raise UnusableFontError("its characters are coloured pictures")
    style = _Style.of(_table(file, directory, b"head"), _table(file, directory, b"OS/2"))
    (glyphs,) = struct.unpack_from(">4xH", _table(file, directory, b"maxp"))
    covered = read_cmap(_table(file, directory, b"cmap"), glyphs=glyphs)
    if not covered[0]:
        raise UnusableFontError("it has no characters of Unicode")
    family = _family(_table(file, directory, b"name"))
    is_variable = b"fvar" in directory
    return Font(number, family, style.weight, style.width, style.is_italic, is_variable, covered)


def _directory(file: _File, start: int) -> _Directory:
    """Return offset and length of each table.

    Source: OpenType 1.9, chapter 2 (Organization of an OpenType Font).
    """
    version, count = struct.unpack(">4sH", file.read(start, 6))
    if version not in _VERSIONS or not 0 < count <= _MAX_TABLES:
        raise UnusableFontError("it is no font")
    found = file.read(start + 12, 16 * count)
    return {tag: (at, size) for tag, at, size in struct.iter_unpack(">4s4xLL", found)}


def _table(file: _File, directory: _Directory, tag: bytes) -> bytes:
    name = tag.decode().strip()
    if tag not in directory:
        raise UnusableFontError(f'it has no table "{name}"')
    start, length = directory[tag]
    if length > _LIMITS[tag] and tag not in _PARTLY:
        raise UnusableFontError(f'its table "{name}" has {length} bytes')
    return file.read(start, min(length, _LIMITS[tag]))


@dataclass(frozen=True, slots=True)
class _Style:
    weight: int
    width: int
    is_italic: bool

    @classmethod
    def of(cls, head: bytes, os2: bytes) -> _Style:
        """Read the style of a font.

        Raises:
            UnusableFontError: when its maker does not let it be embedded.

        Source: OpenType 1.9, OS/2 (usWeightClass, fsType, fsSelection) and head (macStyle).
        """
        weight, width, kind = struct.unpack_from(">4xHHH", os2)
        (selection,) = struct.unpack_from(">62xH", os2)
        (mac_style,) = struct.unpack_from(">44xH", head)
        if kind and not kind & _EMBEDDABLE:
            raise UnusableFontError("its licence bits do not let it be embedded")
        is_bold, is_italic = bool(mac_style & 1), bool(mac_style & 2 or selection & 0x201)
        if not 1 <= weight <= 1000:  # noqa: PLR2004  the bounds of the standard
            weight = _REGULAR
        if (is_bold or selection & 0x20) and weight < _BOLD:
            weight = _BOLD
        return cls(weight, width or _NORMAL_WIDTH, is_italic)


def _family(name: bytes) -> str:
    """Return the name of the family, the English one where there is one.

    Source: OpenType 1.9, name.
    """
    _, count, storage = struct.unpack_from(">HHH", name)
    best, found = (-1, -1), ""
    for platform, _, language, kind, length, offset in rows(">6H", name, start=6, count=count):
        if kind not in (_FAMILY, _TYPOGRAPHIC_FAMILY):
            continue
        rank = (kind, 1 + (language == _ENGLISH) if platform == _WINDOWS else 0)
        text = _decoded(name[storage + offset : storage + offset + length], platform)
        if text and rank > best:
            best, found = rank, text
    if not found:
        raise UnusableFontError("it does not say its name")
    return found


def _decoded(text: bytes, platform: int) -> str:
    encoding = "mac_roman" if platform == _MACINTOSH else "utf_16_be"
    decoded = text[:200].decode(encoding, errors="ignore")
    return "".join(c for c in decoded if c.isprintable()).strip()
