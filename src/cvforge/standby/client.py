"""Leaves a command to the process that stands by, and starts one for the commands to come."""

import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

from cvforge.standby import wire
from cvforge.standby.place import is_wanted, socket_path

COMMANDS = frozenset({"build", "check", "fit", "validate"})
ANSWER_SECONDS = 2.0  # of a process that is there; after that the command does its work itself
END_SECONDS = 10.0  # for a process that was told to end
LOST = 8  # the exit status when that process died over the command: as when an engine fails


def leave(arguments: Sequence[str]) -> int | None:
    """Return the exit status of a command that was done, None when nobody could do it."""
    path = _path(arguments)
    if path is None:
        return None
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            if not _is_taken(connection, path, arguments):
                return None
        except (OSError, EOFError):
            return None
        sent: list[int] = []
        _send_signals(connection, sent)
        try:
            connection.sendall(wire.GO)
            return wire.told(connection)
        except (OSError, EOFError):
            return _lost(sent)


def start(arguments: Sequence[str]) -> None:
    """Start a process that stands by, unless this was no command for one."""
    path = _path(arguments)
    if path is None or not os.access(os.path.dirname(os.path.dirname(path)), os.W_OK):  # noqa: PTH120  pathlib costs too much
        return
    from cvforge.apart import start_apart  # noqa: PLC0415  the command is done; until here nobody paid for it

    with suppress(OSError):  # the next command does without it as well
        start_apart("cvforge.standby.server", path)


def standing() -> int | None:
    """Return the number of the process that stands by, None where there is none."""
    path = socket_path(os.environ)
    if path is None:
        return None
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            return _reached(connection, path)
        except OSError:
            return None


def end() -> None:
    """End the process that stands by; what it does for a command it finishes first."""
    number = standing()
    if number is None:
        return
    import select  # noqa: PLC0415  most commands end nobody

    with suppress(OSError):  # it has gone by itself
        process = os.pidfd_open(number)
        try:
            signal.pidfd_send_signal(process, signal.SIGTERM)
            select.select([process], [], [], END_SECONDS)
        finally:
            os.close(process)


def _path(arguments: Sequence[str]) -> str | None:
    has_streams = None not in (sys.stdin, sys.stdout, sys.stderr)
    if not has_streams or not {*arguments[:1]} & COMMANDS or not is_wanted(os.environ):
        return None
    return socket_path(os.environ)


def _reached(connection: socket.socket, path: str) -> int:
    """Return the number of the process that listens at ``path``.

    Raises:
        OSError: when none does, or another user's.
    """
    connection.settimeout(ANSWER_SECONDS)
    connection.connect(path)
    return wire.require_own(connection)


def _is_taken(connection: socket.socket, path: str, arguments: Sequence[str]) -> bool:
    """Ask, and say whether the command will be done when it is told to go.

    Raises:
        OSError: when nobody is there.
        EOFError: when it has gone.
    """
    _reached(connection, path)
    streams = (sys.stdin, sys.stdout, sys.stderr)
    encodings = [f"{stream.encoding} {stream.errors}" for stream in streams]
    umask = os.umask(0o077)
    os.umask(umask)
    environment = dict(os.environ)
    request = wire.Request(list(arguments), environment, encodings=encodings, umask=umask)
    folder = os.open(".", os.O_PATH | os.O_DIRECTORY)
    try:
        wire.ask(connection, request, [0, 1, 2, folder])
    finally:
        os.close(folder)
    is_taken = wire.told(connection) == wire.TAKEN
    connection.settimeout(None)
    return is_taken


def _send_signals(connection: socket.socket, sent: list[int]) -> None:
    """Let Ctrl-C and its like end the command where it is done; its status comes as ever."""

    def send(kind: int, _: FrameType | None) -> None:
        sent.append(kind)
        with suppress(OSError):
            connection.send(bytes([kind]))

    for kind in wire.SIGNALS:
        if signal.getsignal(kind) is not signal.SIG_IGN:
            signal.signal(kind, send)


def _lost(sent: Sequence[int]) -> int:
    if sent:  # it came too early to be answered
        return 128 + sent[0]
    sys.stderr.write("error: the process that did this command was ended\nhint: try again\n")
    return LOST
