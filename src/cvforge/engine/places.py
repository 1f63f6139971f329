"""Where files were found, remembered in the cache as long as nothing that was read has changed."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from cvforge.files import write_again
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_ABSENT = (-1, -1)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file and what shows that it has changed: its size in bytes, its time in nanoseconds."""

    path: str
    size: int
    time: int

    @classmethod
    def of(cls, path: str | Path) -> Stamp:
        """Return the stamp of what a path leads to.

        Raises:
            OSError: when it leads nowhere.
        """
        status = os.stat(path)  # noqa: PTH116  Path would cost as much again, for a hundred files
        return cls(str(path), status.st_size, status.st_mtime_ns)

    @classmethod
    def here(cls, path: str | Path) -> Stamp:
        """Return the stamp of what a path leads to, or one that says that it leads nowhere."""
        try:
            return cls.of(path)
        except OSError:
            return cls(str(path), *_ABSENT)

    def holds(self) -> bool:
        """Say whether the file is as it was."""
        return Stamp.here(self.path) == self


def digest(*parts: str | bytes) -> str:
    """Return a name for what the parts say together."""
    made = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        made.update(b"%d:" % len(content) + content)
    return made.hexdigest()[:20]


@dataclass(slots=True)
class Places:
    """The paths of files by name; ``sources`` are the lists that they were found by."""

    record: Path
    sources: list[Stamp] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, record: Path) -> Places:
        """Read what is remembered; nothing when it is absent, damaged or out of date."""
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
            known = json.loads(record.read_bytes())
            sources = [Stamp(*row) for row in known["sources"]]
            found = {name: path for name, path in known["found"].items() if Path(path).is_file()}
            if sources and all(source.holds() for source in sources):
                return cls(record, sources, found)
        return cls(record)

    def learn(self, found: Mapping[str, Path], *, sources: Iterable[Path]) -> None:
        """Remember more files."""
        self.found |= {name: str(path) for name, path in found.items() if path.is_absolute()}
        with suppress(OSError):  # it is a cache: the next run looks again
            self.sources = [Stamp.of(path) for path in sources]
            stamps = [[source.path, source.size, source.time] for source in self.sources]
            write_json(self.record, {"sources": stamps, "found": self.found})


def write_json(record: Path, content: object) -> None:
    """Write a record that can be made again; nobody waits for the disk.

    Raises:
        OSError: when it cannot be written.
    """
    write_again(record, json.dumps(content).encode())
