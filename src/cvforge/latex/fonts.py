"""Which face prints which characters: the class's declarations and the fonts' own tables."""

from __future__ import annotations

import re
import sys
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cvforge.latex.fallback import Chain, Fallbacks

TEXT_FACE = "text"
CODE_FACE = "code"
CJK_FACE = "cjk"
# A file has a name: no folder, and nothing that a program which looks for it takes for an option.
_DECLARATION = pattern(
    r"^\\CvDeclareFace\{([a-z]+)\}\{[^}]*\}" + r"\{([A-Za-z0-9][A-Za-z0-9_.+ -]*)\}" * 4,
    re.MULTILINE,
)
# Before the first character that may be Han, kana, Hangul, or punctuation of their width.
FIRST_IDEOGRAPH = "\u1100"
# What needs no glyph, since a font composes what is around it: joiners, selectors, marks of
# direction.
COMPOSING = frozenset({0x061C, *range(0x200C, 0x2010), 0xFE0E, 0xFE0F})
# The same of what TeX prints itself: spaces, a soft hyphen, a break.
GLYPHLESS = COMPOSING | frozenset(map(ord, " \t\n\u00a0\u00ad\u200b"))
# What may make several characters one picture, or another form of one.
_TELLING = frozenset(
    (
        *(0x200D, 0x20E3, *range(0xFE00, 0xFE0E), *range(0x1F1E6, 0x1F200)),
        *(*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080), *range(0xE0100, 0xE01F0)),
    )
)
# Languages whose Han characters have other forms than those of simplified Chinese.
_OTHER_FORMS = frozenset({"ja", "ko", "zh-Hant", "zh-TW", "zh-HK", "zh-MO"})
_LEFTWARD_SCRIPTS = frozenset(
    {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Samr", "Mand", "Rohg", "Sogd", "Chrs"}
)


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


@lru_cache(maxsize=8)
def declared_faces(class_source: str) -> tuple[Face, ...]:
    r"""Return the faces that a class declares with ``\CvDeclareFace``, in its order."""
    return tuple(
        Face(match[1], (match[2], match[3], match[4], match[5]))
        for match in _DECLARATION.finditer(class_source)
    )


def declared_files(files: Mapping[str, bytes]) -> list[str]:
    """Return the names of the fonts that the class among these files declares."""
    classes = [content for name, content in files.items() if name.endswith(".cls")]
    faces = [face for each in classes for face in declared_faces(each.decode("utf-8", "replace"))]
    return [file for face in faces for file in face.files]


class FaceSet:
    """The faces of a class with what each can print, and the fonts of the machine after them.

    ``chain`` makes what finds those; it is called when a text needs it.

    ``coverage`` maps a font file to the code points that it has. A face prints a character when
    its regular, italic and bold files do, so that bold and italic do not lose what regular has.
    (Bold italic often has fewer scripts, and few texts use it: there the engine's own complaint
    names the place.) A fallback for ideographs prints nothing else: its Latin and Cyrillic are as
    wide as they are. Its forms are Chinese, so that other languages have it last.

    What a reader takes for one character, a grapheme cluster, is never parted between faces.
    """

    def __init__(
        self,
        faces: Sequence[Face],
        *,
        coverage: Callable[[str], frozenset[int]],
        chain: Callable[[], Chain] | None = None,
    ) -> None:
        self._coverage = coverage  # read when a text needs the face: the Chinese one takes 20 ms
        self._printable: dict[str, frozenset[str]] = {}
        self._files = {face.name: face.files for face in faces}
        self._others = [f.name for f in faces if f.name not in (TEXT_FACE, CODE_FACE)]
        self._chain = chain

    @cached_property
    def fallbacks(self) -> Fallbacks:
        """The faces that are none of the class's, as the document declares them."""
        from cvforge.latex.fallback import Fallbacks  # noqa: PLC0415  most documents have none

        return Fallbacks(None if self._chain is None else self._chain())

    @property
    def has_fallbacks(self) -> bool:
        """Whether any text needed such a face."""
        return "fallbacks" in vars(self) and self.fallbacks.declared() != ()

    def font_files(self) -> dict[str, Path]:
        """Return where the fonts of these faces are, by the names that documents load them by."""
        return self.fallbacks.files() if self.has_fallbacks else {}

    def fonts_read(self) -> tuple[Path, ...]:
        """Return the files and folders that decided which of these faces there are."""
        chain = self.fallbacks.chain if "fallbacks" in vars(self) else None
        return () if chain is None else chain.files_read()

    def fonts_skipped(self) -> tuple[str, ...]:
        """Return which of the person's fonts cannot be used, and why, where they were looked at."""
        chain = self.fallbacks.chain if self.fonts_read() else None
        return () if chain is None else chain.skipped()

    def runs(
        self, text: str, *, face: str = TEXT_FACE, language: str = "", is_leftward: bool = False
    ) -> Iterator[Run]:
        """Split ``text``, which runs in one direction, into runs of one face each.

        Each cluster is in the first face that has it. ``language`` is that of Han characters.
        """
        if not is_leftward and self._has(text, face):
            if text:
                yield Run(text)
            return
        parts = _parts(text)
        choose = self._leftward if is_leftward else self._rightward
        chosen = choose(parts, face=face, language=language)
        for name, group in groupby(zip(chosen, parts, strict=True), key=itemgetter(0)):
            yield Run("".join(part.text for _, part in group), name)

    def missing(self, text: str, *, face: str = TEXT_FACE, language: str = "") -> Iterator[str]:
        """Yield each cluster of ``text`` that no font has, once."""
        if self._has(text, face):
            return
        for part in dict.fromkeys(_parts(text)):
            if (
                not self._has(part.text, face)
                and self._of_class(part.text, face) is None
                and not self.fallbacks.has(part.text, script=part.script, language=language)
            ):
                yield part.text

    def hint(self, cluster: str, *, language: str) -> str:
        """Return how to get a font for a cluster that none here has."""
        lacking = [c for c in cluster if ord(c) not in GLYPHLESS] or [cluster[0]]
        chain = self.fallbacks.chain
        if chain is None:
            return "write it another way, or install a font that has it"
        unknown = (c for c in lacking if not self._has(c, TEXT_FACE))
        return chain.hint(next(unknown, lacking[0]), language=language)

    def _has(self, text: str, face: str) -> bool:
        """Say whether a face prints a text; none of a class's joins characters to one picture."""
        if face not in self._printable:
            files = dict.fromkeys(self._files[face][:3])
            self._printable[face] = _printable(*map(self._coverage, files))
        return self._printable[face].issuperset(text) and (
            not may_be_composed(text) or not _is_composed(text)
        )

    def _rightward(self, parts: tuple[_Part, ...], *, face: str, language: str) -> list[str | None]:
        lacking = [part for part in parts if not self._has(part.text, face)]
        ideographs = [part.text for part in lacking if is_ideographic(part.text[0])]
        is_own = language not in _OTHER_FORMS and all(
            self._of_class(cluster, face) for cluster in ideographs
        )
        chosen: list[str | None] = []
        for part in parts:
            if self._has(part.text, face):
                chosen.append(None)
                continue
            of_class = self._of_class(part.text, face)
            if of_class is None or not (is_own or of_class != CJK_FACE):
                found = self.fallbacks.face(part.text, script=part.script, language=language)
                of_class = found or of_class
            chosen.append(of_class)
        return chosen

    def _leftward(self, parts: tuple[_Part, ...], *, face: str, language: str) -> list[str | None]:
        """Return faces that know their script, by which an engine mirrors brackets.

        Where the face in use has all letters it is used, and otherwise where the chain has nothing.
        """
        from cvforge.latex.bidi import is_leftward  # noqa: PLC0415  the same

        letters = [part.text for part in parts if is_leftward(part.text[0])]
        is_own = all(self._has(letter, face) for letter in letters)
        chosen: list[str | None] = []
        for part in parts:
            script = part.script if part.script in _LEFTWARD_SCRIPTS else "Hebr"
            found = None
            if part.text.isspace() and chosen:
                found = chosen[-1]
            elif not (is_own and self._has(part.text, face)):
                found = self.fallbacks.face(part.text, script=script, language=language)
            if found is None and self._has(part.text, face):
                found = self.fallbacks.variant(self._files[face], script=script)
            chosen.append(found or self._of_class(part.text, face))
        return chosen

    def _of_class(self, cluster: str, face: str) -> str | None:
        """Return the first other face of the class that prints a cluster."""
        others = [TEXT_FACE, *self._others] if face == CODE_FACE else self._others
        return next(
            (
                name
                for name in others
                if self._has(cluster, name) and (name != CJK_FACE or is_ideographic(cluster[0]))
            ),
            None,
        )


@lru_cache(maxsize=16)  # faces, of which each document has the same
def _printable(*tables: frozenset[int]) -> frozenset[str]:
    """Return the characters that all files of a face have, and those that need no glyph."""
    codes = frozenset.intersection(*tables) | GLYPHLESS
    return frozenset(chr(code) for code in codes if code <= sys.maxunicode)


def may_be_composed(text: str) -> bool:
    """Say whether several characters of a text may be one picture, or another form of one."""
    return not text.isascii() and not _TELLING.isdisjoint(map(ord, text))


class _Part(NamedTuple):
    """A grapheme cluster and its script, by ISO 15924."""

    text: str
    script: str


@lru_cache(maxsize=1024)  # texts, which are looked at for what is missing, and then set
def _parts(text: str) -> tuple[_Part, ...]:
    from cvforge.fonts.scripts import clusters, scripts  # noqa: PLC0415  most documents need none of it

    found = clusters(text)
    return tuple(_Part(*part) for part in zip(found, scripts(found), strict=True))


def _is_composed(text: str) -> bool:
    from cvforge.fonts.scripts import clusters  # noqa: PLC0415  the same
    from cvforge.fonts.sequences import is_composed  # noqa: PLC0415  the same

    return any(map(is_composed, clusters(text)))


def is_ideographic(character: str) -> bool:
    """Say whether a character is Han, kana, Hangul, or punctuation of their width.

    Source: Unicode 15.0, blocks Hangul Jamo, CJK Radicals Supplement to Hangul Syllables,
    Compatibility Ideographs, Fullwidth Forms, and the supplementary ideographic planes.
    """
    code = ord(character)
    return (
        0x1100 <= code <= 0x11FF  # noqa: PLR2004  code points are their own names
        or 0x2E80 <= code <= 0xD7FF  # noqa: PLR2004  the same
        or 0xF900 <= code <= 0xFAFF  # noqa: PLR2004  the same
        or 0xFE30 <= code <= 0xFE4F  # noqa: PLR2004  the same
        or 0xFF00 <= code <= 0xFFEF  # noqa: PLR2004  the same
        or 0x20000 <= code <= 0x3FFFF  # noqa: PLR2004  the same
    )


def read_coverage(path: Path) -> frozenset[int]:
    """Return the code points that a font file has a glyph for; the first font of a collection.

    Raises:
        UnusableFontError: when there are no such tables in it, or it is too large.
        OSError, struct.error: when it cannot be read, or is cut off.

    Source: OpenType 1.9, table cmap.
    """
    from cvforge.fonts.cmap import read_cmap  # noqa: PLC0415  only when nothing is cached
    from cvforge.fonts.sfnt import read_tables  # noqa: PLC0415  the same

    maxp, cmap = read_tables(path, 0, b"maxp", b"cmap")
    firsts, lasts = read_cmap(cmap, glyphs=int.from_bytes(maxp[4:6]))
    return frozenset().union(*map(range, firsts, (last + 1 for last in lasts)))
