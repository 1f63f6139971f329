"""Forks an attendant for each command, and hears what it used: the next one has that ready.

This ends when no command has come for a while, when the program's files have changed, when its
socket has gone, or when `cvforge cache clear` ends it.
"""

from __future__ import annotations

import gc
import os
import selectors
import signal
import sys
import time
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from cvforge.standby.attendant import Link, fork
from cvforge.standby.report import Report
from cvforge.standby.source import identity

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterable
    from pathlib import Path

    from cvforge.standby.attendant import Command
    from cvforge.standby.source import Source

IDLE_SECONDS = 600.0  # without a command, after which it ends
FRESH_SECONDS = 60.0  # after a command, in which an engine waits for the next one
LOOK_SECONDS = 5.0  # between looks at the socket and the clock
AS_TOLD = {0, -signal.SIGTERM, -signal.SIGHUP}  # ends of an attendant that has no fault


class Standby:
    """One attendant that waits for a command, or those that are at work.

    ``made`` is the identity of the socket as it was bound: it may have gone since.
    """

    def __init__(
        self,
        listener: socket.socket,
        path: Path,
        made: tuple[int, int],
        source: Source,
        command: Command,
    ) -> None:
        self._listener = listener
        self._path = path
        self._socket = made
        self._source = source
        self._command = command
        self._selector = selectors.DefaultSelector()
        self._waiting: Link | None = None
        self._working: set[int] = set()
        self._last = Report()
        self._used = time.monotonic()

    def run(self) -> None:
        """Stand by until nobody needs it."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        self._selector.register(self._listener, selectors.EVENT_READ)
        try:
            while self._is_needed():
                if self._waiting is None and not self._working:
                    self._attend()
                for key, _ in self._selector.select(LOOK_SECONDS):
                    if isinstance(key.data, Link):
                        self._hear(key.data)
                    elif self._waiting is None:
                        self._attend()
        except _EndedError:
            return
        finally:
            self._listener.close()
            if self._waiting is not None:
                self._waiting.dismiss()

    def _is_needed(self) -> bool:
        is_idle = time.monotonic() - self._used > IDLE_SECONDS and not self._working
        return identity(self._path) == self._socket and not is_idle

    def _attend(self) -> None:
        """Fork the attendant of the next command."""
        self._selector.unregister(self._listener)
        seconds = FRESH_SECONDS - (time.monotonic() - self._used)
        self._waiting = fork(
            self._listener, self._source, self._command, last=self._last, engine_seconds=seconds
        )
        self._selector.register(self._waiting.reports, selectors.EVENT_READ, self._waiting)

    def _hear(self, link: Link) -> None:
        """Take what an attendant reports: that it has a command, and at its end what it used."""
        part = os.read(link.reports, 1 << 16)
        link.heard += part
        if link is self._waiting:
            self._waiting = None
            self._working.add(link.process)
            self._selector.register(self._listener, selectors.EVENT_READ)
        if not part:
            self._release(link)

    def _release(self, link: Link) -> None:
        self._selector.unregister(link.reports)
        self._working.discard(link.process)
        self._used = time.monotonic()
        if link.close() not in AS_TOLD:
            raise _EndedError
        with suppress(ValueError):
            self._last = Report.read(bytes(link.heard))
            _load(self._last.modules)


class _EndedError(Exception):
    """The program's files have changed, or an attendant died."""


def _load(modules: Iterable[str]) -> None:
    """Load what a command needed, so that the next ones find it."""
    for name in modules:
        with suppress(ImportError):
            import_module(name)
    gc.freeze()
