"""One process at a time: a lock on a file, which the system opens when its holder dies."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # no such locks here: two processes may do the same work, each for itself
    fcntl = None  # type: ignore[assignment]  # what is not there on Windows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

BETWEEN_TRIES_SECONDS = 0.02


@contextmanager
def locked(path: Path, *, wait_seconds: float) -> Iterator[bool]:
    """Hold the lock of a file, which is made; gives False when another holds it for too long.

    Raises:
        OSError: when the file cannot be made.
    """
    with path.open("ab") as file:
        yield _is_taken(file, time.monotonic() + wait_seconds)


def _is_taken(file: IO[bytes], deadline: float) -> bool:
    if fcntl is None:
        return True
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(BETWEEN_TRIES_SECONDS)
        else:
            return True
