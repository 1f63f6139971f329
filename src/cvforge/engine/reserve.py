"""Engines that wait, by the files of the jobs that they wait for; made ready in the background."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from cvforge.engine.preload import Condition
from cvforge.engine.waiting import Waiting
from cvforge.errors import CvforgeError

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.engine.preload import Preloaded, Shelf
    from cvforge.engine.sandbox import Limits
    from cvforge.engine.texlive import TexLive


class Reserve:
    """The engines of one program run. Any thread may call it."""

    def __init__(self, tex: TexLive, limits: Limits) -> None:
        self._tex = tex
        self._limits = limits
        self._waiting: dict[Path, list[Waiting]] = {}
        self._clocks: dict[Waiting, threading.Timer] = {}
        self._making: dict[Path, threading.Thread] = {}
        self._lock = threading.Lock()

    def fill(self, shelf: Shelf, count: int) -> None:
        """Start engines with a format until ``count`` of them wait."""
        preloaded = self._ready(shelf)
        while preloaded is not None and self._number(shelf) < count:
            try:
                made = Waiting(
                    self._tex, preloaded, shelf.files, limits=self._limits, loads_fonts=True
                )
            except OSError:  # no more processes: what starts later may have more luck
                return
            self._add(shelf, made)

    def take(self, shelf: Shelf) -> Waiting | None:
        """Return an engine with a format, started now when none waits; None without the format."""
        preloaded = self._ready(shelf)
        if preloaded is None:
            return None
        while (made := self._remove(shelf)) is not None:
            if made.is_alive():
                return made
            made.end()
        return Waiting(self._tex, preloaded, shelf.files, limits=self._limits, loads_fonts=False)

    def discard(self, shelf: Shelf) -> None:
        """Take away a format that is damaged, with the engines that were started from it."""
        self._end_waiting(shelf.folder)
        shelf.discard()

    def close(self) -> None:
        """End every engine that waits, and wait for a format that is being made."""
        with self._lock:
            folders, threads = list(self._waiting), list(self._making.values())
        for folder in folders:
            self._end_waiting(folder)
        for thread in threads:
            thread.join()

    def _ready(self, shelf: Shelf) -> Preloaded | None:
        """Return the format; where there is none, it is being made from now on."""
        condition, preloaded, _ = shelf.look()
        if condition in {Condition.ABSENT, Condition.STALE}:
            self._make(shelf)
        if preloaded is not None:
            shelf.note_use()
        return preloaded

    def _make(self, shelf: Shelf) -> None:
        with self._lock:
            before = self._making.get(shelf.folder)
            if before is None or not before.is_alive():
                thread = threading.Thread(target=self._made, args=(shelf,))
                self._making[shelf.folder] = thread
                thread.start()

    def _made(self, shelf: Shelf) -> None:
        from cvforge.engine import preloading  # noqa: PLC0415  seldom needed

        with suppress(OSError, CvforgeError):  # it is a cache: documents are set the plain way
            preloading.make(self._tex, shelf, wait_seconds=0.0)

    def _number(self, shelf: Shelf) -> int:
        with self._lock:
            return len(self._waiting.get(shelf.folder, ()))

    def _add(self, shelf: Shelf, made: Waiting) -> None:
        clock = threading.Timer(self._limits.idle_seconds, self._expire, (shelf.folder, made))
        clock.daemon = True
        with self._lock:
            self._waiting.setdefault(shelf.folder, []).append(made)
            self._clocks[made] = clock
        clock.start()

    def _remove(self, shelf: Shelf) -> Waiting | None:
        with self._lock:
            waiting = self._waiting.get(shelf.folder)
            if not waiting:
                return None
            made = waiting.pop(0)
            self._clocks.pop(made).cancel()
            return made

    def _expire(self, folder: Path, made: Waiting) -> None:
        with self._lock:
            if made not in self._waiting.get(folder, ()):
                return
            self._waiting[folder].remove(made)
            self._clocks.pop(made)
        made.end()

    def _end_waiting(self, folder: Path) -> None:
        with self._lock:
            waiting = self._waiting.pop(folder, [])
            clocks = [self._clocks.pop(made) for made in waiting]
        for clock in clocks:
            clock.cancel()
        for made in waiting:
            made.end()
