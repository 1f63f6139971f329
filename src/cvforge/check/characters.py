"""Characters that no reader can use: replaced, private, ligatures, controls, off the page."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from cvforge.check.expected import LIGATURES
from cvforge.diagnostics import Diagnostic
from cvforge.patterns import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping, Sequence

REPLACEMENT = "\ufffd"
_WITHOUT_UNICODE = pattern(r"\(cid:\d+\)")
_AROUND = 12
_OF_LINES = "\n\r\t\f"
_HYPHENS = "\x02\ufffe"  # pdfium's
_HINT = "the font's ToUnicode map must give the letters themselves"


def character_findings(pages: Mapping[str, Sequence[str]], typed: str) -> list[Diagnostic]:
    """Return a finding for each such character of what was extracted, by reader; once each.

    What the author ``typed`` is no finding.
    """
    found: dict[str, Diagnostic] = {}
    for reader, texts in pages.items():
        text = "\n".join(texts)
        for character in sorted(set(text) - set(typed)):
            if (what := _what(character)) is not None:
                finding = _finding(character, what, text, reader=reader)
                found.setdefault(character, finding)
        if (match := _WITHOUT_UNICODE.search(text)) is not None:
            found.setdefault(match[0], _without_unicode(match, text, reader))
    return list(found.values())


def mapped_findings(characters: Iterable[str], typed: str) -> Iterator[Diagnostic]:
    """Yield a finding for each ligature among the characters that the fonts' maps give."""
    for character in sorted({*LIGATURES} & {*characters} - {*typed}):
        yield Diagnostic(
            "bad-character", f"a font's map gives {_named(character)}, a ligature", hint=_HINT
        )


def _what(character: str) -> str | None:
    """Return what is wrong with a character, or None."""
    if character in LIGATURES:
        return "a ligature"
    if character == REPLACEMENT:
        return "the sign of a character that is not known"
    category = unicodedata.category(character)
    if category == "Co":
        return "a private character"
    if category == "Cc" and character not in _OF_LINES + _HYPHENS:
        return "a control character"
    return None


def _finding(character: str, what: str, text: str, *, reader: str) -> Diagnostic:
    at = text.index(character)
    around = " ".join(text[max(at - _AROUND, 0) : at + _AROUND].split())
    return Diagnostic(
        "bad-character",
        f'{reader} reads {_named(character)}, {what}, in "{around}"',
        hint=_HINT,
    )


def _without_unicode(match: re.Match[str], text: str, reader: str) -> Diagnostic:
    around = text[max(match.start() - _AROUND, 0) : match.end() + _AROUND]
    return Diagnostic(
        "bad-character",
        f'{reader} finds no character for a glyph, in "{" ".join(around.split())}"',
        hint=_HINT,
    )


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"
