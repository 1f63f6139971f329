"""Which face prints which characters: the class's declarations and the fonts' own tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

TEXT_FACE = "text"
CODE_FACE = "code"
CJK_FACE = "cjk"
_DECLARATION = re.compile(
    r"^\\CvDeclareFace\{([a-z]+)\}\{[^}]*\}" + r"\{([^}]*)\}" * 4, re.MULTILINE
)
# Characters that TeX prints without a glyph of their own: spaces, and a soft hyphen.
_GLYPHLESS = frozenset(" \t\n\u00a0\u00ad")


@dataclass(frozen=True, slots=True)
class Face:
    """A family of font files: regular, italic, bold, bold italic."""

    name: str
    files: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that one face prints; ``face`` is None for the face in use."""

    text: str
    face: str | None = None


def declared_faces(class_source: str) -> tuple[Face, ...]:
    r"""Return the faces that a class declares with ``\CvDeclareFace``, in its order."""
    return tuple(
        Face(match[1], (match[2], match[3], match[4], match[5]))
        for match in _DECLARATION.finditer(class_source)
    )


class FaceSet:
    """The faces of a class with what each can print.

    ``coverage`` maps a font file to the code points that it has. A face prints a character when
    its regular, italic and bold files do, so that bold and italic do not lose what regular has.
    (Bold italic often has fewer scripts, and few texts use it: there the engine's own complaint
    names the place.) A fallback for ideographs prints nothing else: its Latin and Cyrillic are as
    wide as they are.
    """

    def __init__(self, faces: Sequence[Face], *, coverage: Callable[[str], frozenset[int]]) -> None:
        self._coverage = {
            face.name: frozenset.intersection(
                *(coverage(file) for file in dict.fromkeys(face.files[:3]))
            )
            for face in faces
        }
        self._fallbacks = [f.name for f in faces if f.name not in (TEXT_FACE, CODE_FACE)]

    def runs(self, text: str, *, face: str = TEXT_FACE) -> Iterator[Run]:
        """Split ``text`` into runs, each in the first face that has its characters."""
        current: str | None = None
        gathered = ""
        for character in text:
            wanted = self._face_of(character, face)
            if wanted != current and gathered:
                yield Run(gathered, current)
                gathered = ""
            current = wanted
            gathered += character
        if gathered:
            yield Run(gathered, current)

    def missing(self, text: str, *, face: str = TEXT_FACE) -> Iterator[str]:
        """Yield each character of ``text`` that no face has, once."""
        for character in dict.fromkeys(text):
            if not self._has(character, face) and not self._fallback(character, face):
                yield character

    def _face_of(self, character: str, face: str) -> str | None:
        return None if self._has(character, face) else self._fallback(character, face)

    def _has(self, character: str, face: str) -> bool:
        return character in _GLYPHLESS or ord(character) in self._coverage[face]

    def _fallback(self, character: str, face: str) -> str | None:
        others = [TEXT_FACE, *self._fallbacks] if face == CODE_FACE else self._fallbacks
        return next(
            (
                name
                for name in others
                if self._has(character, name) and (name != CJK_FACE or is_ideographic(character))
            ),
            None,
        )


def is_ideographic(character: str) -> bool:
    """Say whether a character is Han, kana, or punctuation of their width.

    Source: Unicode 15.0, blocks CJK Radicals Supplement to Hangul Syllables, Compatibility
    Ideographs, Fullwidth Forms, and the supplementary ideographic planes.
    """
    code = ord(character)
    return (
        0x2E80 <= code <= 0xD7FF  # noqa: PLR2004  code points are their own names
        or 0xF900 <= code <= 0xFAFF  # noqa: PLR2004  the same
        or 0xFE30 <= code <= 0xFE4F  # noqa: PLR2004  the same
        or 0xFF00 <= code <= 0xFFEF  # noqa: PLR2004  the same
        or 0x20000 <= code <= 0x3FFFF  # noqa: PLR2004  the same
    )


def read_coverage(path: Path) -> frozenset[int]:
    """Return the code points that a font file has a glyph for; the first font of a collection.

    Source: OpenType 1.9, table cmap.
    """
    from fontTools.ttLib import TTFont  # noqa: PLC0415  slow; only when nothing is cached

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap() or {})
