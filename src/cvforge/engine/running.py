"""Cuts the ``.xdv`` of an engine that sets many documents into one for each of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from cvforge.engine.xdv import (
    AFTER,
    BEGIN,
    END,
    END_OF_PAGE,
    PREAMBLE,
    commands,
    defined_font,
    length,
    selected_font,
    special,
)

FILLER = b"cvforge-filler "  # begins the \special of a page that belongs to no document
_LINK = slice(41, 45)  # of a page: where the page before it begins
_NONE = b"\xff\xff\xff\xff"  # for the first page
_SIZE = bytes(8)  # of the largest page, which no driver wants to know
_DEPTH = 100  # of the stack that a page may need, more than boxes in boxes of a document take
_SIGNATURE = b"\xdf"


@dataclass(slots=True)
class _Page:
    begin: int
    end: int = 0
    fonts: set[int] = field(default_factory=set)
    is_filler: bool = False


class Running:
    """What an engine has written, document by document; ``position`` is where the next begins.

    Each document is followed by a filler. Until the next one is set, that may be incomplete.

    Source: DVI as in tex.web, sections 583-591; XeTeX's additions in xetex.web, same sections.
    """

    def __init__(self) -> None:
        self.position = 0
        self._preamble = b""
        self._fonts: dict[int, bytes] = {}

    def document(self, written: bytes) -> bytes:
        """Return the ``.xdv`` of the next document, of what was ``written`` from its position on.

        Raises:
            ValueError: when this is no ``.xdv``, or no document is complete.
        """
        try:
            return self._document(written)
        except (LookupError, OverflowError):
            raise ValueError("the .xdv uses what it does not have, or cannot have") from None

    def _document(self, written: bytes) -> bytes:
        pages: list[_Page] = []
        for opcode, at in commands(written):
            if opcode == PREAMBLE:
                self._preamble = written[: at + length(written, opcode, at)]
            elif opcode == BEGIN:
                pages.append(_Page(at - 1))
            elif opcode == END_OF_PAGE:
                pages[-1].end = at
            elif (number := defined_font(written, opcode, at)) is not None:
                self._fonts[number] = written[at - 1 : at + length(written, opcode, at)]
            elif (number := selected_font(written, opcode, at)) is not None:
                pages[-1].fonts.add(number)
            elif (special(written, opcode, at) or b"").startswith(FILLER):
                pages[-1].is_filler = True
                if made := [page for page in pages if not page.is_filler]:
                    self.position += pages[-1].begin
                    return self._whole(written, made)
        raise ValueError("the .xdv has no end")

    def _whole(self, written: bytes, pages: list[_Page]) -> bytes:
        """Return pages with what comes before and after them."""
        made = bytearray(self._preamble)
        last = _NONE
        for page in pages:
            content = bytearray(written[page.begin : page.end])
            content[_LINK], last = last, _four(len(made))
            made += content
        after, fonts = _four(len(made)), set().union(*(page.fonts for page in pages))
        made += bytes([AFTER]) + last + self._preamble[2:14] + _SIZE
        made += _DEPTH.to_bytes(2, "big") + len(pages).to_bytes(2, "big")
        made += b"".join(self._fonts[number] for number in sorted(fonts, reverse=True))
        made += bytes([END]) + after + self._preamble[1:2]
        return bytes(made) + _SIGNATURE * (4 + -len(made) % 4)


def _four(value: int) -> bytes:
    return value.to_bytes(4, "big")
