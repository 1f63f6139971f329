"""The chain of fallback fonts: which file prints what the template's own faces cannot."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cvforge.fonts.indexing import open_index
from cvforge.fonts.preferences import LAST_RESORTS, preferred
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cvforge.fonts.index import Face, Index
    from cvforge.fonts.ligatures import Ligatures

# What fonts need no glyph for: joiners, marks of direction, soft hyphens, and the selectors of
# text and of emoji.
_UNPRINTED = frozenset([0xAD, 0x34F, 0x61C, *range(0x200B, 0x2010), 0x2060, 0xFE0E, 0xFE0F])


@dataclass(frozen=True, slots=True)
class FontFile:
    """One font: a file, and its number in a collection (0 in a file that holds one font).

    ``is_bold`` and ``is_italic`` say what it is, which may be less than what was asked for.
    """

    path: Path
    number: int
    family: str
    is_bold: bool
    is_italic: bool


class Chain:
    """Finds fonts in the user's folder, then in those of the system and of TeX.

    Nothing is read before the first lookup. What was read then holds as long as the chain does:
    make a new one for each build. ``user`` need not exist. ``trees`` gives TeX's folders of
    fonts, and is called once at most. ``cache`` is ours to write in. ``manager`` gives the
    program that installs packages here, such as "apt-get".
    """

    def __init__(
        self,
        system: Iterable[Path],
        *,
        cache: Path,
        user: Path | None = None,
        trees: Callable[[], Iterable[Path]] = tuple,
        manager: Callable[[], str | None] = lambda: None,
    ) -> None:
        self._system = tuple(system)
        self._cache = cache
        self._user = user
        self._trees = trees
        self._manager = manager
        self._families: dict[tuple[str, str, str], tuple[Index, Sequence[Face]] | None] = {}
        self._fonts: dict[tuple[str, str, str, bool, bool], FontFile | None] = {}
        self._given: dict[Path, None] = {}
        self._ligatures: dict[tuple[str, int], Ligatures] = {}

    def find(
        self, cluster: str, *, script: str, language: str, bold: bool = False, italic: bool = False
    ) -> FontFile | None:
        """Return the font that prints a whole grapheme cluster, None when none does.

        ``script`` is of ISO 15924 ("Arab"; "Zsym", "Zmth" and "Zsye" for symbols, maths and
        emoji, as ``scripts.py`` says them), ``language`` of BCP 47 ("zh-Hant", "ja"). The family
        depends on these and on what it covers, never on ``bold`` and ``italic``: what a family
        lacks of these is its regular font.
        """
        asked = (cluster, script, language, bold, italic)
        if asked not in self._fonts:
            self._fonts[asked] = self._font(*asked[:3], bold=bold, italic=italic)
        return self._fonts[asked]

    def _font(
        self, cluster: str, script: str, language: str, *, bold: bool, italic: bool
    ) -> FontFile | None:
        asked = (cluster, script, language)
        if asked not in self._families:
            self._families[asked] = self._family(*asked)
        family = self._families[asked]
        if family is None:
            return None
        index, faces = family
        able = (face for face in faces if self._prints(index, face, cluster))
        face = min(able, key=lambda face: face.distance(bold=bold, italic=italic))
        path = Path(face.path)
        self._given[path] = None
        return FontFile(path, face.number, face.family, face.is_bold, face.is_italic)

    def hint(self, character: str, *, language: str = "") -> str:
        """Return how to get a font for a character on this system, as a finding's hint."""
        from cvforge.fonts.packages import way_to_font  # noqa: PLC0415  seldom needed
        from cvforge.fonts.scripts import scripts  # noqa: PLC0415  the same

        installed = {name for index in self._indexes for name in index.families}
        return way_to_font(
            scripts([character])[0],
            language=language,
            manager=self._manager(),
            is_installed=installed.__contains__,
        )

    def files_read(self) -> tuple[Path, ...]:
        """Return what the lookups depended on: the fonts given out, and the folders searched.

        Of a folder, its time of change matters; it may be one that does not exist. Without a
        lookup there are none.
        """
        if not self._families:
            return ()
        user = self._own.search.files if self._own is not None else ()
        folders = (Path(name) for index in self._indexes for name in index.search.folders)
        return tuple(dict.fromkeys([*self._given, *(Path(file.path) for file in user), *folders]))

    def skipped(self) -> tuple[str, ...]:
        """Return the user's files that look like fonts and are not usable, with the reasons."""
        if self._own is None:
            return ()
        unusable = (f'"{path}": {reason}' for path, reason in self._own.skipped.items())
        return (*unusable, *self._own.search.notes)

    @cached_property
    def _own(self) -> Index | None:
        if self._user is None:
            return None
        return open_index([self._user], cache=self._cache, is_watched=True)

    @cached_property
    def _indexes(self) -> tuple[Index, ...]:
        others = open_index([*self._system, *self._trees()], cache=self._cache)
        return (others,) if self._own is None else (self._own, others)

    def _family(
        self, cluster: str, script: str, language: str
    ) -> tuple[Index, Sequence[Face]] | None:
        """Return the first family whose regular face prints a cluster."""
        names = [name.lower() for name in preferred(script, language)]
        for index in self._indexes:
            for name in _ordered(index, names):
                faces = index.families[name]
                if self._prints(index, faces[0], cluster):
                    return index, faces
        return None

    def _prints(self, index: Index, face: Face, cluster: str) -> bool:
        """Say whether a face has each character as written: engines warn of any that it lacks.

        What is one picture it has to have as one, and forms that no machine reads are in no face.
        """
        if not index.covers(face, {*map(ord, cluster)} - _UNPRINTED):
            return False
        from cvforge.fonts.sequences import forms, joining  # noqa: PLC0415  seldom needed

        return forms(cluster) == "" and (joining(cluster) == "" or self._joins(face, cluster))

    def _joins(self, face: Face, cluster: str) -> bool:
        from cvforge.fonts.ligatures import Ligatures  # noqa: PLC0415  the same

        key = (face.path, face.number)
        if key not in self._ligatures:
            self._ligatures[key] = Ligatures.of(Path(face.path), face.number)
        return self._ligatures[key].join(cluster)


def _ordered(index: Index, names: Sequence[str]) -> Iterator[str]:
    """Yield the families of an index: those of ``names``, then the others by name."""
    yield from (name for name in names if name in index.families)
    others = index.families.keys() - names
    yield from sorted(others, key=lambda n: (any(word in n for word in LAST_RESORTS), n))
