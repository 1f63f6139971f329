"""Finds the characters of a CV that no face of its template can print, before TeX runs."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from cvforge import inline
from cvforge.diagnostics import Diagnostic
from cvforge.latex.fonts import CODE_FACE, TEXT_FACE, FaceSet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.cv import Cv
    from cvforge.inline import Inline, Phrase


# Letters of Hebrew, and of Arabic and its kin. Source: UAX #9, table 4.
_LEFTWARD = frozenset({"R", "AL"})


def lost_characters(cv: Cv, faces: FaceSet) -> list[Diagnostic]:
    """Return a finding for every character that cannot be set, once a text."""
    return [
        _finding(character, leaf)
        for leaf in cv.leaves()
        for character in dict.fromkeys(_lost(leaf.content, faces))
    ] + [_leftward(leaf) for leaf in cv.leaves() if _runs_leftward(leaf.plain)]


def _lost(content: Inline, faces: FaceSet) -> Iterator[str]:
    for span in content:
        match span:
            case inline.Text(text):
                yield from faces.missing(text, face=TEXT_FACE)
            case inline.Code(text):
                yield from faces.missing(text, face=CODE_FACE)
            case inline.Math():
                pass  # checked where formulas are read, and set in a face of their own
            case _:
                yield from _lost(span.children, faces)


def _runs_leftward(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in _LEFTWARD for character in text)


def _leftward(leaf: Phrase) -> Diagnostic:
    first = next(c for c in leaf.plain if unicodedata.bidirectional(c) in _LEFTWARD)
    return Diagnostic(
        "right-to-left",
        f"{first} U+{ord(first):04X} ({unicodedata.name(first, 'unnamed')}) runs from right to"
        " left, which no template sets yet",
        None if leaf.place is None else leaf.place.narrowed(first),
        "write it in Latin letters for now",
    )


def _finding(character: str, leaf: Phrase) -> Diagnostic:
    name = unicodedata.name(character, "a character without a name")
    shown = f"{character} " if character.isprintable() else ""
    return Diagnostic(
        "missing-glyph",
        f"no font of this template has {shown}U+{ord(character):04X} ({name})",
        None if leaf.place is None else leaf.place.narrowed(character),
        "write it another way, or install a font that has it",
    )
