"""What blocks measured the last time, so that only those that are new have to be measured."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from cvforge.engine.places import digest
from cvforge.files import write_again
from cvforge.fit.measures import BlockMeasure, GapMeasure, Ruler
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

# Documents that are remembered, those that were built last; they are looked through at the most.
KEPT, MOST_KEPT = 256, 320


Rooms: TypeAlias = dict[str, tuple[int, int]]
Gaps: TypeAlias = dict[str, dict[tuple[str, str], GapMeasure]]
_DAMAGED = (OSError, ValueError, TypeError, KeyError, AttributeError)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the heights of one document are kept.

    ``identity`` stands for the engine, the fonts and the files of the class, on this machine.
    """

    record: Path
    identity: str

    def memory(self, sources: Iterable[str], *depends: str) -> Memory:
        """Return what is remembered of blocks; ``depends`` is what their heights follow from too.

        It is nothing where the records are absent, damaged, or of other conditions.
        """
        key = digest(self.identity, *depends)
        made = Memory([digest(source) for source in sources], self.record, key)
        made.recall()
        return made


@dataclass(slots=True)
class Memory:
    """What the blocks of one document measure, by the digests of their sources.

    ``names`` are those of its blocks in order. Without a ``record`` nothing is kept. ``key`` stands
    for the conditions; rooms and gaps follow from them alone, so that all documents of the same
    conditions have them in one record; ``recalled`` are the densities in that.
    """

    names: list[str]
    record: Path | None = None
    key: str = ""
    rooms: Rooms = field(default_factory=dict)
    gaps: Gaps = field(default_factory=dict)
    blocks: dict[str, dict[str, BlockMeasure]] = field(default_factory=dict)
    recalled: frozenset[str] = frozenset()

    def missing(self, density: str) -> tuple[int, ...] | None:
        """Return the numbers of the blocks to measure; None when it is all, and the gaps."""
        if density not in self.rooms:
            return None
        known = self.blocks.get
        return tuple(n for n, name in enumerate(self.names) if density not in known(name, ()))

    def forget(self) -> None:
        """Let everything be measured."""
        self.rooms, self.gaps, self.blocks = {}, {}, {}
        self.recalled = frozenset()

    def rulers(self, measured: Mapping[str, Ruler]) -> dict[str, Ruler]:
        """Return the rulers with all blocks, of which those that were missing are ``measured``."""
        for density, ruler in measured.items():
            self.rooms[density] = ruler.text_height, ruler.text_width
            self.gaps.setdefault(density, {}).update(ruler.gaps)
            for number, measure in ruler.blocks.items():
                self.blocks.setdefault(self.names[number], {})[density] = measure
        whole = [density for density in self.rooms if self.missing(density) == ()]
        return {density: self._ruler(density) for density in whole}

    def recall(self) -> None:
        """Take over what was recorded."""
        if self.record is None:
            return
        with suppress(*_DAMAGED):
            rooms, gaps = _read_gaps(self._common(self.record).read_bytes())
            self.rooms, self.gaps = {**rooms}, {density: {**gaps[density]} for density in rooms}
            self.recalled = frozenset(rooms)
            content = json.loads(self.record.read_bytes())
            if content["key"] == self.key:
                self.blocks = {
                    str(name): {str(d): BlockMeasure(*map(int, m)) for d, m in of.items()}
                    for name, of in content["blocks"].items()
                }

    def keep(self) -> None:
        """Remember these blocks, and no others, for the next build."""
        if self.record is None:
            return
        blocks = {name: self.blocks[name] for name in self.names}
        common = self._common(self.record)
        with suppress(OSError):  # it is a cache: the next build measures again
            if not self.recalled >= self.rooms.keys():
                gaps = {density: _rows(of) for density, of in self.gaps.items()}
                write_again(common, json.dumps({"rooms": self.rooms, "gaps": gaps}).encode())
            write_again(self.record, json.dumps({"key": self.key, "blocks": blocks}).encode())
            _prune(self.record.parent)

    def _common(self, record: Path) -> Path:
        """Return where it is kept what all documents of these conditions have."""
        return record.with_name(f"{self.key}.gaps.json")

    def _ruler(self, density: str) -> Ruler:
        known = {number: self.blocks[name][density] for number, name in enumerate(self.names)}
        return Ruler(density, *self.rooms[density], known, self.gaps[density])


@lru_cache(maxsize=8)  # in a batch most documents have the same
def _read_gaps(record: bytes) -> tuple[Rooms, Gaps]:
    """Return what was recorded of rooms and gaps, which is not to be changed.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: when it is damaged.
    """
    content = json.loads(record)
    rooms = {str(density): (int(h), int(w)) for density, (h, w) in content["rooms"].items()}
    return rooms, {density: _of_rows(content["gaps"][density]) for density in rooms}


def _rows(gaps: Mapping[tuple[str, str], GapMeasure]) -> list[list[str | int]]:
    return [[*pair, *gap] for pair, gap in gaps.items()]


def _of_rows(rows: list[list[str]]) -> dict[tuple[str, str], GapMeasure]:
    return {(str(above), str(below)): GapMeasure(*map(int, gap)) for above, below, *gap in rows}


def _prune(folder: Path) -> None:
    """Forget the documents that were built longest ago, where there are too many."""
    names = os.listdir(folder)  # noqa: PTH208  most often they are only counted
    if len(names) > MOST_KEPT:
        by_age = sorted(map(folder.joinpath, names), key=lambda path: path.stat().st_mtime)
        for path in by_age[:-KEPT]:
            path.unlink(missing_ok=True)
