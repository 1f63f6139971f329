"""Finds the characters of a CV that no font can print, before TeX runs."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from cvforge import inline
from cvforge.diagnostics import Diagnostic
from cvforge.latex.bidi import is_leftward, runs_leftward
from cvforge.latex.fonts import CODE_FACE, TEXT_FACE, FaceSet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.cv import Cv
    from cvforge.diagnostics import Place
    from cvforge.inline import Inline, Phrase


# Engines that set text in one direction alone.
_RIGHTWARD_ENGINES = frozenset({"lualatex"})


def lost_characters(cv: Cv, faces: FaceSet, *, engine: str = "xelatex") -> list[Diagnostic]:
    """Return a finding for every character that cannot be set, once a text."""
    return [
        _finding(cluster, leaf, faces, language=cv.language)
        for leaf in cv.leaves()
        for cluster in dict.fromkeys(_lost(leaf.content, faces, cv.language))
    ] + [
        _leftward(leaf)
        for leaf in cv.leaves()
        if engine in _RIGHTWARD_ENGINES and runs_leftward(leaf.plain)
    ]


def _lost(content: Inline, faces: FaceSet, language: str) -> Iterator[str]:
    for span in content:
        match span:
            case inline.Text(text):
                yield from faces.missing(text, face=TEXT_FACE, language=language)
            case inline.Code(text):
                yield from faces.missing(text, face=CODE_FACE, language=language)
            case inline.Math():
                pass  # checked where formulas are read, and set in a face of their own
            case _:
                yield from _lost(span.children, faces, language)


def _leftward(leaf: Phrase) -> Diagnostic:
    first = next(c for c in leaf.plain if is_leftward(c))
    return Diagnostic(
        "right-to-left",
        f"{first} U+{ord(first):04X} ({unicodedata.name(first, 'unnamed')}) runs from right to"
        " left, which is not done with LuaLaTeX",
        None if leaf.place is None else leaf.place.narrowed(first),
        "use the engine xelatex",
    )


def _finding(cluster: str, leaf: Phrase, faces: FaceSet, *, language: str) -> Diagnostic:
    from cvforge.fonts.sequences import forms, joining  # noqa: PLC0415  most documents lose nothing

    place = None if leaf.place is None else leaf.place.narrowed(cluster)
    if selectors := forms(cluster):
        return _unread(cluster, selectors, place)
    parts = joining(cluster)
    together = " as one picture of its own" if parts else " together" if len(cluster) > 1 else ""
    shown = f"{cluster}, " if len(cluster) > 1 and cluster.isprintable() else ""
    return Diagnostic(
        "missing-glyph",
        f"no font here has {shown}{_listed(cluster)}{together}",
        place,
        _apart(cluster, parts) if parts else faces.hint(cluster, language=language),
    )


def _unread(cluster: str, selectors: str, place: Place | None) -> Diagnostic:
    """Return the finding of a form that a font may have, and that is read as something else."""
    return Diagnostic(
        "variation-selector",
        f"no PDF says {cluster}, {_listed(cluster)}, so that every machine reads it",
        place,
        f"leave out {_listed(selectors)}; then the font decides on the form",
    )


def _apart(cluster: str, parts: str) -> str:
    """Return what to do about a sequence of emoji that no font joins."""
    from cvforge.fonts.sequences import is_flag  # noqa: PLC0415  the same

    instead = "write the name of the country" if is_flag(cluster) else f"leave out {_listed(parts)}"
    return (
        f"{instead}, or put a font of one colour that has a picture for it alone (Noto Emoji has"
        ' those of flags and keys) into the folder "fonts" beside the profile'
    )


def _listed(characters: str) -> str:
    return " and ".join(map(_named, characters))


def _named(character: str) -> str:
    name = unicodedata.name(character, "a character without a name")
    is_mark = unicodedata.category(character)[0] == "M"
    shown = f"{character} " if character.isprintable() and not is_mark else ""
    return f"{shown}U+{ord(character):04X} ({name})"
