"""What the fonts below some folders offer: families, their faces, and what each face covers."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import field, replace
from typing import TYPE_CHECKING

from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection

    from cvforge.fonts.files import Search
    from cvforge.fonts.sfnt import Font

_REGULAR, _BOLD, _SEMIBOLD = 400, 700, 600
_NORMAL_WIDTH = 5


@dataclass(frozen=True, slots=True)
class Face:
    """One font of a file, as ``sfnt.Font`` has it.

    ``start`` and ``count`` are those of its ranges in ``Index.numbers``: first all first code
    points, then all last ones.
    """

    path: str
    number: int
    family: str
    weight: int
    width: int
    is_italic: bool
    is_variable: bool
    start: int
    count: int

    @property
    def is_bold(self) -> bool:
        """Whether it passes for the bold one of its family."""
        return self.weight >= _SEMIBOLD

    def distance(self, *, bold: bool, italic: bool) -> tuple[object, ...]:
        """Order the faces of a family by how near they are to what is wanted."""
        return (
            self.is_bold != bold,
            self.is_italic != italic,
            abs(self.width - _NORMAL_WIDTH),
            self.is_variable,
            abs(self.weight - (_BOLD if bold else _REGULAR)),
            self.path,
            self.number,
        )


@dataclass(slots=True)
class Index:
    """The usable fonts of what was searched; ``skipped`` are the others, with the reason."""

    search: Search
    faces: list[Face] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    numbers: array[int] = field(default_factory=lambda: array("I"))
    _families: dict[str, list[Face]] = field(default_factory=dict)

    def holds(self, *, is_watched: bool) -> bool:
        """Say whether nothing has changed.

        A font that is installed, removed or replaced changes the time of its folder;
        ``is_watched`` looks at each file too, for a person may write over one.
        """
        files = self.search.files if is_watched else ()
        return self.search.holds() and all(file.holds() for file in files)

    def add(self, path: str, font: Font) -> None:
        """Take in a font of a file."""
        firsts, lasts = font.covered
        start, count = len(self.numbers), len(firsts)
        self.numbers += firsts
        self.numbers += lasts
        style = (font.weight, font.width, font.is_italic, font.is_variable)
        self.faces.append(Face(path, font.number, font.family, *style, start, count))

    def take(self, face: Face, known: Index) -> None:
        """Take in a face of another index."""
        start = len(self.numbers)
        self.numbers += known.numbers[face.start : face.start + 2 * face.count]
        self.faces.append(replace(face, start=start))

    @property
    def families(self) -> dict[str, list[Face]]:
        """The faces of each family, the regular one first, by its name in lower case."""
        if not self._families:
            for face in self.faces:
                self._families.setdefault(face.family.lower(), []).append(face)
            for faces in self._families.values():
                faces.sort(key=lambda face: face.distance(bold=False, italic=False))
        return self._families

    def covers(self, face: Face, codes: Collection[int]) -> bool:
        """Say whether a face has all of these code points."""
        return all(self._has(face, code) for code in codes)

    def _has(self, face: Face, code: int) -> bool:
        end = face.start + face.count
        number = bisect_right(self.numbers, code, face.start, end) - 1
        return number >= face.start and code <= self.numbers[number + face.count]
