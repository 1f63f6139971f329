"""The text that was extracted from a PDF, in the one form in which it is compared."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

# What pdfium gives for the hyphen of a word that is broken at the end of a line.
_HYPHEN = pattern("[\x02\ufffe]")
_LINE_END = pattern(r"[^\S\n]*\n\s*")
_SPACES = pattern(r"[^\S\n]+")
SOFT_HYPHEN = "\u00ad"
TATWEEL = "\u0640"  # a stroke that Arabic fonts draw between letters as they like


@dataclass(frozen=True, slots=True)
class Extracted:
    """A text with its ends of lines, and as long a one with spaces for them."""

    text: str
    flat: str

    @classmethod
    def of(cls, text: str) -> Extracted:
        """Make it of a text that is normal but for its ends of lines."""
        return cls(text, text.replace("\n", " "))


def normal(text: str) -> str:
    """Return ``text`` on one line: by NFC, every run of spaces one, without soft hyphens, tatweel.

    Nothing else is taken for the same: neither ligature characters nor superscripts are.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _spaced(text.replace("\n", " ").replace(SOFT_HYPHEN, ""))


def normal_lines(text: str) -> str:
    """Return an extracted text, normal line by line; a word broken at a line's end has its "-"."""
    lines = _HYPHEN.sub("-\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = _LINE_END.sub("\n", lines)
    return _spaced(lines.replace(f"{SOFT_HYPHEN}\n", "-\n").replace(SOFT_HYPHEN, ""))


def _spaced(text: str) -> str:
    without = text.replace(TATWEEL, "")
    return unicodedata.normalize("NFC", _SPACES.sub(" ", without)).strip()


def joined(pages: Sequence[str], *, name: str, foot: tuple[str, str, str]) -> Extracted:
    """Return the text of all pages, each without its running foot, be it first or last in it."""
    total = len(pages)
    return Extracted.of(
        "\n".join(
            without_foot(normal_lines(page), _foot(name, foot, f"{number}", f"{total}"))
            for number, page in enumerate(pages, 1)
        ).strip()
    )


def without_foot(page: str, foot: Sequence[str]) -> str:
    """Return a page's text without the words of ``foot``; where it has none, all of it."""
    if "".join(foot) not in "".join(page.split()):  # a pattern for each name takes its time
        return page
    pattern = r"\s*".join(map(re.escape, foot))
    found = re.search(rf"(?:^|\n){pattern}\Z", page)
    if found is not None:
        return page[: found.start()]
    found = re.match(rf"{pattern}(?:\n|\Z)", page)
    return page if found is None else page[found.end() :]


def _foot(name: str, words: tuple[str, str, str], number: str, total: str) -> list[str]:
    """Return the words of a running foot: the name, and what is printed around two numbers."""
    before, between, after = words
    return f"{name} {before}{number}{between}{total}{after}".split()
