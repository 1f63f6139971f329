"""What the engine reported about blocks and gaps: every length in scaled points (1/65536 pt)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cvforge.errors import TemplateError
from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from cvforge.errors import CvforgeError

SCALED_POINTS = 65536
MILLIMETRES = 25.4 / 72.27 / SCALED_POINTS
NO_BREAK = 10_000
_REPORT = pattern(r"^cvforge-(room|block|gap): (.*)$", re.MULTILINE)


class BlockMeasure(NamedTuple):
    """A block set in the real measure; ``last_line`` is the width of its last line of several."""

    height: int
    last_line: int
    lines: int


class GapMeasure(NamedTuple):
    """The space between two kinds of blocks, and what TeX would pay for a page break there."""

    height: int
    stretch: int
    penalty: int


@dataclass(frozen=True, slots=True)
class Ruler:
    """Everything measured at one density: the room for text, blocks by number, gaps by kinds."""

    density: str
    text_height: int
    text_width: int
    blocks: Mapping[int, BlockMeasure]
    gaps: Mapping[tuple[str, str], GapMeasure]

    def gap(self, above: str, below: str) -> GapMeasure:
        """Return the gap between two kinds of blocks.

        Raises:
            TemplateError: when somebody's template declares none.
        """
        if (above, below) not in self.gaps:
            raise TemplateError.one(
                "broken-template",
                f'the template declares no gap between "{above}" and "{below}"',
                hint=rf"declare it in the class: \CvDeclareGap{{{above}}}{{{below}}}",
            )
        return self.gaps[above, below]


def read_rulers(report: str) -> dict[str, Ruler]:
    """Return the rulers in what the core macros reported, by density, in its order.

    Raises:
        TemplateError: when somebody's template has reported something else.
    """
    try:
        return _rulers(report)
    except (ValueError, TypeError, IndexError):
        raise _unmeasured("something that is no measure") from None


def measured(rulers: Mapping[str, Ruler], asked: Mapping[str, Collection[int]]) -> dict[str, Ruler]:
    """Return the rulers of the densities that were ``asked`` for, with all blocks of the numbers.

    Raises:
        TemplateError: when they have not: somebody's template has not reported them.
    """
    made = {density: rulers[density] for density in asked if density in rulers}
    for density, numbers in asked.items():
        if density not in made or not made[density].blocks.keys() >= {*numbers}:
            raise _unmeasured(f'not every block at the density "{density}"')
    return made


def _unmeasured(what: str) -> CvforgeError:
    return TemplateError.one(
        "broken-template",
        f"the template has reported {what}",
        hint="take what measures over from cvforge's core as it is",
    )


def _rulers(report: str) -> dict[str, Ruler]:
    rooms: dict[str, tuple[int, int]] = {}
    blocks: dict[str, dict[int, BlockMeasure]] = {}
    gaps: dict[str, dict[tuple[str, str], GapMeasure]] = {}
    for what, said in _REPORT.findall(report):
        density, *words = said.split()
        if what == "room":
            rooms[density] = (int(words[0]), int(words[1]))
        elif what == "block":
            number, height, last_line, lines = map(int, words)
            blocks.setdefault(density, {})[number] = BlockMeasure(height, last_line, lines)
        else:
            above, below, *lengths = words
            gaps.setdefault(density, {})[above, below] = GapMeasure(*map(int, lengths))
    return {
        density: Ruler(density, *room, blocks.get(density, {}), gaps.get(density, {}))
        for density, room in rooms.items()
    }
