"""One process at a time: a lock on a file, which the system opens when its holder dies."""

from __future__ import annotations

import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # no such locks here: two processes may do the same work, each for itself
    fcntl = None  # type: ignore[assignment]  # what is not there on Windows

from cvforge.scratch import end_programs
from cvforge.signals import is_told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

BETWEEN_TRIES_SECONDS = 0.02
MAKING = "making-"  # begins the names of folders that are not finished


@contextmanager
def locked(path: Path, *, wait_seconds: float) -> Iterator[bool]:
    """Hold the lock of a file, which is made; gives False when another holds it for too long.

    A process that is told to end does not wait.

    Raises:
        OSError: when the file cannot be made.
    """
    with path.open("ab") as file:
        yield _is_taken(file, time.monotonic() + wait_seconds)


@contextmanager
def making(root: Path, *, wait_seconds: float) -> Iterator[Path | None]:
    """Give a folder in ``root`` to make something in, None when another process has one too long.

    What one that was killed has left there is removed.

    Raises:
        OSError: when it cannot be made.
    """
    root.mkdir(parents=True, exist_ok=True)
    with locked(root / "lock", wait_seconds=wait_seconds) as is_ours:
        if not is_ours:
            yield None
            return
        for left in root.glob(f"{MAKING}*") if fcntl is not None else ():
            end_programs(left)
            rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=MAKING, dir=root) as work:
            yield Path(work)


def _is_taken(file: IO[bytes], deadline: float) -> bool:
    if fcntl is None:
        return True
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if is_told() or time.monotonic() >= deadline:
                return False
            time.sleep(BETWEEN_TRIES_SECONDS)
        else:
            return True
