"""How a text is seen: its characters from left to right, and of a line that is seen how it reads.

Neither spaces nor marks count, which stand over and under letters.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from cvforge.check.expected import Formula
from cvforge.check.extracted import TATWEEL
from cvforge.frozen import dataclass
from cvforge.latex.bidi import is_leftward, levels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvforge.check.expected import Leaf

FORMULA = "\ufffc"  # stands for one in what is seen
# Of signs that are mirrored where they run leftward, what tells both of a pair apart by name.
_SIDES = (("LEFT", "RIGHT"), ("LESS-THAN", "GREATER-THAN"), ("SUBSET", "SUPERSET"))
_SKIPPED = frozenset("MZC")  # marks, spaces, what is not seen


@dataclass(frozen=True, slots=True)
class Line:
    """A text as one line: what counts of it, each with its level (UAX #9); its words' ends."""

    units: list[str]
    levels: list[int]
    ends: list[int]

    @classmethod
    def of(cls, leaf: Leaf, *, is_mirrored: bool) -> Line:
        """Make it of a text as it is set; ``is_mirrored`` says that the document runs leftward."""
        text = " ".join(FORMULA if isinstance(part, Formula) else part for part in leaf.parts)
        line = cls([], [], [])
        for character, level in zip(text, _levels(text, is_mirrored=is_mirrored), strict=True):
            unit = character if character == FORMULA else visible(character)
            if unit:
                line.units.append(_mirrored(unit) if level % 2 else unit)
                line.levels.append(level)
            elif character.isspace():
                line.ends.append(len(line.units))
        line.ends.append(len(line.units))
        return line

    def seen(self, start: int, end: int, *, after: str = "") -> str:
        """Return a part of it that is one line, with what is printed where it breaks."""
        units, found = self.units[start:end], self.levels[start:end]
        return "".join(_reordered([*units, after], [*found, found[-1] if found else 0]))


def _levels(text: str, *, is_mirrored: bool) -> list[int]:
    """Return the level of each character of a text as it is set."""
    from cvforge.latex.directions import base_level, judged_text  # noqa: PLC0415  seldom needed

    return levels(judged_text(text), base=base_level(text, is_leftward=is_mirrored))


def turned(line: str) -> str:
    """Return a line of a leftward document in the order of its writing, from what is seen of it."""
    found = levels(line, base=1)
    units = [_mirrored(c) if n % 2 else c for c, n in zip(line, found, strict=True)]
    return "".join(_reordered(units, found))


def _reordered(units: Sequence[str], found: Sequence[int]) -> list[str]:
    """Return the parts of one line as they are seen from left to right; rule L2."""
    made = list(zip(units, found, strict=True))
    for level in range(max(found, default=0), 0, -1):
        start = 0
        while start < len(made):
            end = start
            while end < len(made) and made[end][1] >= level:
                end += 1
            made[start:end] = made[start:end][::-1]
            start = max(end, start + 1)
    return [unit for unit, _ in made]


@lru_cache(maxsize=4096)
def visible(text: str) -> str:
    """Return what counts of a character, or of a glyph, as it is seen from left to right."""
    letters = "".join(filter(_counts, unicodedata.normalize("NFKD", text)))
    return letters[::-1] if any(map(is_leftward, letters)) else letters


def _counts(character: str) -> bool:
    """Say whether a character has a place of its own, and a form that is known."""
    if character == TATWEEL or unicodedata.category(character)[0] in _SKIPPED:
        return False
    return not unicodedata.mirrored(character) or _mirrored(character) != character


@lru_cache(maxsize=256)
def _mirrored(unit: str) -> str:
    """Return the other of a pair, such as a closing bracket; what is no such sign is itself."""
    if len(unit) != 1 or not unicodedata.mirrored(unit):
        return unit
    name = unicodedata.name(unit)
    for pair in _SIDES:
        for side, other in (pair, pair[::-1]):
            if re.search(rf"\b{side}\b", name) is not None:
                with suppress(KeyError):
                    return unicodedata.lookup(re.sub(rf"\b{side}\b", other, name))
    return unit
