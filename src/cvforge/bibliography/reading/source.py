"""The text of one `.bib` file, and the places in it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from cvforge.bibliography.reading.encoding import UTF_8, decoded
from cvforge.diagnostics import Place
from cvforge.patterns import pattern

if TYPE_CHECKING:
    import re

    from cvforge.bibliography.reading.findings import Findings

MAX_BYTES = 5 * 1024 * 1024

UNREADABLE = pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\udc80-\udcff]")
_NOT_ASCII = pattern(r"[^\x00-\x7f]")


class Source:
    """A file's text, all line ends made a line feed, under the name that the user knows.

    ``encoding`` is the one that it was read in; ``is_torn`` says that some of its characters are
    no text.
    """

    __slots__ = ("_lines", "_starts", "encoding", "is_torn", "name", "text")

    def __init__(self, name: str, text: str, encoding: str = UTF_8) -> None:
        self.name = name
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.encoding = encoding
        self.is_torn = UNREADABLE.search(self.text) is not None
        self._lines = self.text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]

    def place(self, offset: int, length: int = 1) -> Place:
        """Return the place of ``length`` characters from ``offset``, cut at the line's end."""
        offset = min(offset, len(self.text))
        line = bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1]
        text = self._lines[line - 1]
        length = max(1, min(length, len(text) - column))
        if self.is_torn:
            text = UNREADABLE.sub("\ufffd", text)
        return Place(self.name, line, column + 1, length, text)

    def is_clean(self, start: int, end: int) -> bool:
        """Say whether all characters from ``start`` to before ``end`` are text."""
        return not self.is_torn or UNREADABLE.search(self.text, start, end) is None

    def check(self, start: int, end: int, findings: Findings) -> None:
        """Note the first character from ``start`` to before ``end`` that is no text."""
        found = UNREADABLE.search(self.text, start, end) if self.is_torn else None
        if found is not None:
            findings.add(*self._unreadable(found))

    def refused(self, findings: Findings) -> bool:
        """Refuse the file for the first of its characters that is no text."""
        found = UNREADABLE.search(self.text) if self.is_torn else None
        if found is not None:
            findings.refuse(*self._unreadable(found))
        return found is not None

    def _unreadable(self, found: re.Match[str]) -> tuple[str, str, Place, str]:
        code, place = ord(found[0]), self.place(found.start())
        if code > 0x7F:  # noqa: PLR2004  a byte that could not be decoded
            byte = f"byte 0x{code & 0xFF:02x}" if self.encoding == UTF_8 else "what stands here"
            message = f"{byte} is no {self.encoding} text"
            return "not-utf-8", message, place, "save the file as UTF-8"
        return (
            "control-character",
            f"the character U+{code:04X} is not allowed in a bibliography",
            place,
            "is this really a .bib file? remove the character",
        )


def read_source(
    name: str, content: bytes, findings: Findings, *, lenient: bool = False
) -> Source | None:
    """Return the text of ``content``; a warning tells an encoding other than UTF-8.

    A file with characters that are no text is refused; with ``lenient`` it is not, and whoever
    reads its entries checks them.
    """
    if len(content) > MAX_BYTES:
        findings.refuse(
            "too-large",
            f"the file has {len(content):,} bytes; a bibliography may have {MAX_BYTES:,}",
            Place(name, 1, 1),
            "keep only the entries that belong to this person",
        )
        return None
    found = decoded(content)
    source = Source(name, found.text, found.encoding)
    if not lenient and source.refused(findings):
        return None
    if source.encoding != UTF_8:
        _warn_of_encoding(source, findings)
    return source


def _warn_of_encoding(source: Source, findings: Findings) -> None:
    first = _NOT_ASCII.search(source.text)
    findings.warn(
        "encoding",
        f"this file is not UTF-8; it was read as {source.encoding}",
        source.place(0 if first is None else first.start()),
        "look whether this character is right, and save the file as UTF-8",
    )
