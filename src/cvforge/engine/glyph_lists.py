"""Short lists of glyph names for xdvipdfmx, which spends a third of its time on reading TeX's.

It looks a glyph up by its name where the font has no ordinary character for it, to say in the PDF
what text it stands for: "f_i" is "fi".
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LISTS = frozenset({"glyphlist.txt", "pdfglyphlist.txt", "texglyphlist.txt"})
_WITH_NAMES = 2.0  # version of a table "post"
# Radicals, private use and presentation forms: a name may say more than these.
_VAGUE = (
    range(0x2F00, 0x2FD6),
    range(0xE000, 0xF900),
    range(0xFB00, 0xFB50),
    range(0xF0000, 0xFFFFE),
    range(0x100000, 0x10FFFE),
)


def shorten(lists: Iterable[Path], fonts: Iterable[Path], folder: Path) -> None:
    """Write the lists into a folder with those lines alone that these fonts may need.

    Raises:
        OSError: when a font cannot be read, or a list not written.
        ValueError: when a font is not understood.
    """
    starts = {start for font in fonts for name in _looked_up(font) for start in _starts(name)}
    for path in lists:
        lines = path.read_text("utf-8", "surrogateescape").splitlines(keepends=True)
        kept = "".join(line for line in lines if line.partition(";")[0].casefold() in starts)
        (folder / path.name).write_text(kept, "utf-8", "surrogateescape")


def _starts(name: str) -> Iterator[str]:
    """Yield what a name may be listed as: whole, or without an ending such as "oldstyle"."""
    for part in name.partition(".")[0].casefold().split("_"):
        yield from (part[:length] for length in range(1, len(part) + 1))


def _looked_up(font: Path) -> set[str]:
    """Return the names of all glyphs that some table of characters has no ordinary one for."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415  a quarter of a second

    try:
        with font.open("rb") as file, TTFont(file, lazy=True, fontNumber=0) as opened:
            tables = [table.cmap for table in opened["cmap"].tables if table.isUnicode()]
            plain = [{cmap[code] for code in cmap if not _is_vague(code)} for cmap in tables]
            names = {*opened.getGlyphOrder()}
            post: Any = opened["post"]
            if "CFF " in opened and post.formatType == _WITH_NAMES:  # they come first
                names |= {*post.getGlyphOrder()}
    except (TTLibError, struct.error, KeyError, AssertionError) as error:
        raise ValueError(f"{font}: {error}") from error
    return names - set.intersection(*plain) if plain else names


def _is_vague(code: int) -> bool:
    return any(code in codes for codes in _VAGUE)
