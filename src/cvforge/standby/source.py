"""The files that the running program was loaded from, and whether they are still the same."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cvforge.frozen import dataclass

PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Source:
    """The times of the program's files, and of the folders that packages are installed in.

    Times are in nanoseconds, by path; 0 stands for a path that is not there.
    """

    times: dict[str, int]

    @classmethod
    def read(cls) -> Source:
        """Return the source as it is now."""
        own = [str(path) for path in PACKAGE.rglob("*.py")]
        return cls({path: _time(path) for path in (*own, *sys.path, sys.executable)})

    def holds(self) -> bool:
        """Say whether nothing has changed since."""
        return all(_time(path) == time for path, time in self.times.items())


def _time(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116  Path would cost as much again, per command
    except OSError:
        return 0


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at ``path`` from one that takes its place; None without one."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_ctime_ns
