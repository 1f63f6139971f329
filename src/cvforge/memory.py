"""What blocks measured the last time, so that only those that are new have to be measured."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cvforge.engine.places import digest, write_json
from cvforge.errors import OutputError
from cvforge.fit.measures import BlockMeasure, GapMeasure, Ruler

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

KEPT = 256  # documents that are remembered; those that were built last


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the heights of one document are kept.

    ``identity`` stands for the engine, the fonts and the files of the class, on this machine.
    """

    record: Path
    identity: str

    def memory(self, sources: Iterable[str], *depends: str) -> Memory:
        """Return what is remembered of blocks; ``depends`` is what their heights follow from too.

        It is nothing where the record is absent, damaged, or of other conditions.
        """
        made = Memory([digest(source) for source in sources], self.record)
        made.key = digest(self.identity, *depends)
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
            content = json.loads(self.record.read_bytes())
            if content["key"] == made.key:
                made.take(content)
        return made


@dataclass(slots=True)
class Memory:
    """What the blocks of one document measure, by the digests of their sources.

    ``names`` are those of its blocks in order. Without a ``record`` nothing is kept.
    """

    names: list[str]
    record: Path | None = None
    key: str = ""
    rooms: dict[str, tuple[int, int]] = field(default_factory=dict)
    gaps: dict[str, dict[tuple[str, str], GapMeasure]] = field(default_factory=dict)
    blocks: dict[str, dict[str, BlockMeasure]] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[int, ...] | None:
        """The numbers of the blocks that are to be measured; None when it is all, and the gaps."""
        if not self.rooms:
            return None
        return tuple(n for n, name in enumerate(self.names) if name not in self.blocks)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is to be measured."""
        return self.missing == ()

    def forget(self) -> None:
        """Let everything be measured."""
        self.rooms, self.gaps, self.blocks = {}, {}, {}

    def rulers(self, measured: Mapping[str, Ruler]) -> dict[str, Ruler]:
        """Return the rulers of all blocks, of which those that were missing are ``measured``."""
        for density, ruler in measured.items():
            self.rooms[density] = ruler.text_height, ruler.text_width
            self.gaps.setdefault(density, {}).update(ruler.gaps)
            for number, measure in ruler.blocks.items():
                self.blocks.setdefault(self.names[number], {})[density] = measure
        return {density: self._ruler(density) for density in self.rooms}

    def keep(self) -> None:
        """Remember these blocks, and no others, for the next build."""
        if self.record is None:
            return
        content = {
            "key": self.key,
            "rooms": self.rooms,
            "gaps": {
                density: [[*pair, gap.height, gap.stretch, gap.penalty] for pair, gap in of.items()]
                for density, of in self.gaps.items()
            },
            "blocks": {
                name: {d: [m.height, m.last_line, m.lines] for d, m in self.blocks[name].items()}
                for name in self.names
            },
        }
        with suppress(OSError, OutputError):  # it is a cache: the next build measures again
            write_json(self.record, content)
            _prune(self.record.parent)

    def take(self, content: Mapping[str, Any]) -> None:
        """Take over what was recorded.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: when it is damaged.
        """
        rooms = {str(density): (int(h), int(w)) for density, (h, w) in content["rooms"].items()}
        gaps = {
            str(density): {(str(a), str(b)): GapMeasure(*map(int, m)) for a, b, *m in rows}
            for density, rows in content["gaps"].items()
        }
        blocks = {
            str(name): {str(d): BlockMeasure(*map(int, m)) for d, m in of.items()}
            for name, of in content["blocks"].items()
            if of.keys() == rooms.keys()
        }
        self.rooms, self.gaps, self.blocks = rooms, gaps, blocks

    def _ruler(self, density: str) -> Ruler:
        known = {number: self.blocks[name][density] for number, name in enumerate(self.names)}
        return Ruler(density, *self.rooms[density], known, self.gaps[density])


def _prune(folder: Path) -> None:
    """Forget the documents that were built longest ago."""
    records = [*folder.iterdir()]
    if len(records) > KEPT:
        by_age = sorted(records, key=lambda path: path.stat().st_mtime)
        for path in by_age[: len(records) - KEPT]:
            path.unlink(missing_ok=True)
