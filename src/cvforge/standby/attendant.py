"""A fork of the process that stands by: waits for one command, does it, and ends."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import socket
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cvforge.batch import machine
from cvforge.forks import Ending
from cvforge.standby import wire
from cvforge.standby.ahead import Ahead
from cvforge.standby.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cvforge.standby.source import Source

    Command: TypeAlias = Callable[[Sequence[str]], None]

ENDING = 3  # the exit status that says: the process that stands by must end
REQUEST_SECONDS = 2.0  # in which a whole request must come
PAUSE_SECONDS = 0.05  # without a command, after which there is time to rehearse one
STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


@dataclass(slots=True)
class Link:
    """An attendant as its parent knows it; one that waits ends when ``life`` is closed.

    It says in ``reports`` at once that it has a command, which the parent may not have heard yet.
    """

    process: int
    reports: int
    life: int
    heard: bytes = b""

    def close(self) -> int:
        """Wait for its end, after the last report, and return its exit status."""
        os.close(self.reports)
        os.close(self.life)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    def dismiss(self) -> None:
        """Tell it that no command will come, and wait for its end; one that has a command stays."""
        os.close(self.life)
        if not os.read(self.reports, 1):
            os.waitpid(self.process, 0)


def fork(
    listener: socket.socket,
    source: Source,
    command: Command,
    *,
    last: Report,
    engine_seconds: float,
) -> Link:
    """Return the link to a new attendant, which does a ``command`` with the arguments that come.

    ``last`` says what they will be like. For so long an engine waits for that.
    """
    life, reports = os.pipe(), os.pipe()
    process = os.fork()
    if process != 0:
        os.close(life[0])
        os.close(reports[1])
        return Link(process, reports[0], life[1])
    with Ending() as ending:  # a fork never returns into its parent's code
        os.close(life[1])
        os.close(reports[0])
        for kind in wire.SIGNALS:  # the first command may have come with nohup
            signal.signal(kind, signal.SIG_DFL)
        attendant = Attendant(listener, life[0], reports[1])
        ending.status = attendant.attend(source, command, last=last, engine_seconds=engine_seconds)
    os._exit(ending.status)


class Attendant:
    """One command's process."""

    def __init__(self, listener: socket.socket, life: int, reports: int) -> None:
        self._listener = listener
        self._life = life
        self._reports = reports
        self._ahead = Ahead()

    def attend(
        self, source: Source, command: Command, *, last: Report, engine_seconds: float
    ) -> int:
        """Wait for a command or for the end of the parent; returns the status for that."""
        if engine_seconds > 0:
            self._ahead.start(last)
            if not self._heard(PAUSE_SECONDS):
                self._ahead.rehearse()
        engine_end = time.monotonic() + engine_seconds
        try:
            while (connection := self._connection(engine_end)) is not None:
                asked = _asked(connection)
                if asked is not None:
                    self._listener.close()
                    return self._serve(connection, *asked, source=source, command=command)
            return 0
        finally:
            self._ahead.close()

    def _connection(self, engine_end: float) -> socket.socket | None:
        """Return the next connection, None when the parent has gone."""
        while True:
            seconds = max(engine_end - time.monotonic(), 0) if self._ahead.waits() else None
            ready = self._heard(seconds)
            if self._life in ready:
                return None
            if not ready:
                self._ahead.close()
                continue
            with suppress(OSError):  # it has gone, or is another user's
                connection = self._listener.accept()[0]
                wire.require_own(connection)
                return connection

    def _heard(self, seconds: float | None) -> list[socket.socket | int]:
        """Return which of its two sources has something new within so many seconds."""
        sources: list[socket.socket | int] = [self._listener, self._life]
        return select.select(sources, [], [], seconds)[0]

    def _serve(
        self,
        connection: socket.socket,
        request: wire.Request,
        files: list[int],
        *,
        source: Source,
        command: Command,
    ) -> int:
        """Do a command, unless the program has changed or whoever called has gone."""
        if not source.holds():
            _is_heard(connection, wire.REFUSED)
            return ENDING
        self._tell_parent(b"\n")  # that there is a command
        if _is_heard(connection, wire.TAKEN):
            self._do(connection, request, files, command)
        return 0

    def _do(
        self, connection: socket.socket, request: wire.Request, files: list[int], command: Command
    ) -> None:
        before = set(sys.modules)
        machine.stood_by = self._ahead
        _take_over(request, files)
        status = _run(command, request.arguments, connection)
        with suppress(OSError):
            wire.tell(connection, status)
        report = Report(request.environment, self._ahead.forms, _loaded(before))
        self._tell_parent(report.written())

    def _tell_parent(self, report: bytes) -> None:
        with suppress(BrokenPipeError), open(self._reports, "wb", closefd=False) as pipe:
            pipe.write(report)


def _asked(connection: socket.socket) -> tuple[wire.Request, list[int]] | None:
    """Return what is asked, None when somebody only looked whether one is here."""
    connection.settimeout(REQUEST_SECONDS)
    try:
        return wire.asked(connection)
    except (OSError, EOFError):
        return None


def _is_heard(connection: socket.socket, answer: int) -> bool:
    """Answer, and say whether whoever asked then says something: it does not when it has gone."""
    connection.settimeout(None)
    try:
        wire.tell(connection, answer)
        return bool(connection.recv(1, socket.MSG_PEEK))
    except OSError:
        return False


def _loaded(before: set[str]) -> tuple[str, ...]:
    """Return the modules that came since; none after a cluster's client, which runs threads."""
    loaded = sys.modules.keys() - before
    return () if "distributed" in loaded else tuple(loaded)


def _take_over(request: wire.Request, files: Sequence[int]) -> None:
    """Become the process that was called: its streams, folder, environment, umask."""
    for number, file in enumerate(files[:3]):
        os.dup2(file, number)
    os.fchdir(files[3])
    for file in files:
        os.close(file)
    for number, (name, mode) in enumerate(STREAMS):
        encoding, errors = request.encodings[number].split()
        lines = -1 if name == "stdin" or (name == "stdout" and not os.isatty(number)) else 1
        stream = open(number, mode, lines, encoding, errors, closefd=False)  # noqa: SIM115  for the rest of the process
        setattr(sys, name, stream)
    os.umask(request.umask)
    os.environ.clear()
    os.environ.update(request.environment)
    time.tzset()
    tempfile.tempdir = None  # it was looked up in another environment
    sys.argv = ["cvforge", *request.arguments]


def _run(command: Command, arguments: Sequence[str], connection: socket.socket) -> int:
    """Do a command, and return the exit status that the interpreter would end with."""
    with Ending() as ending:
        _obey(connection)
        command(arguments)
    for kind in (signal.SIGIO, *wire.SIGNALS):
        signal.signal(kind, signal.SIG_IGN)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    return ending.status


def _obey(connection: socket.socket) -> None:
    """Let the signals of whoever called end this process, and its end as a closed terminal."""

    def hear(*_: object) -> None:
        while True:
            try:
                said = connection.recv(1, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return
            except OSError:
                said = b""
            kind = said[0] if said else signal.SIGHUP
            if kind in wire.SIGNALS:
                os.kill(os.getpid(), kind)
            if not said:
                return

    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGIO, hear)
    fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(connection, fcntl.F_GETFL)
    fcntl.fcntl(connection, fcntl.F_SETFL, flags | os.O_ASYNC)
    hear()  # what came before it could interrupt
