"""The text of one `.bib` file, and the places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from cvforge.diagnostics import Place

if TYPE_CHECKING:
    from cvforge.bibliography.findings import Findings

MAX_BYTES = 5 * 1024 * 1024

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Source:
    """A file's text, all line ends made a line feed, under the name that the user knows."""

    __slots__ = ("_lines", "_starts", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._lines = self.text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]

    def place(self, offset: int, length: int = 1) -> Place:
        """Return the place of ``length`` characters from ``offset``, cut at the line's end."""
        offset = min(offset, len(self.text))
        line = bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1]
        text = self._lines[line - 1]
        return Place(self.name, line, column + 1, max(1, min(length, len(text) - column)), text)


def read_source(name: str, content: bytes, findings: Findings) -> Source | None:
    """Return the text of ``content``, UTF-8 with or without a mark; None if it is not."""
    if len(content) > MAX_BYTES:
        findings.add(
            "too-large",
            f"the file has {len(content):,} bytes; a bibliography may have {MAX_BYTES:,}",
            Place(name, 1, 1),
            "keep only the entries that belong to this person",
        )
        return None
    try:
        source = Source(name, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = Source(name, content[: error.start].decode("utf-8-sig", "replace"))
        findings.add(
            "not-utf-8",
            f"byte 0x{content[error.start]:02x} is no UTF-8 text",
            before.place(len(before.text)),
            "save the file as UTF-8",
        )
        return None
    control = _CONTROL.search(source.text)
    if control is None:
        return source
    findings.add(
        "control-character",
        f"the character U+{ord(control[0]):04X} is not allowed in a bibliography",
        source.place(control.start()),
        "is this really a .bib file? remove the character",
    )
    return None
