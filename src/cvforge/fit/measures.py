"""What the engine reported about blocks and gaps: every length in scaled points (1/65536 pt)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SCALED_POINTS = 65536
MILLIMETRES = 25.4 / 72.27 / SCALED_POINTS
NO_BREAK = 10_000
_REPORT = re.compile(r"^cvforge-(room|block|gap): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class BlockMeasure:
    """A block set in the real measure; ``last_line`` is the width of its last line of several."""

    height: int
    last_line: int
    lines: int


@dataclass(frozen=True, slots=True)
class GapMeasure:
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


def read_rulers(report: str) -> dict[str, Ruler]:
    """Return the rulers in what the core macros reported, by density, in its order."""
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
