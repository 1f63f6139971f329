"""Runs one program with bounded time, memory and space, and an environment of named variables."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import IO


@dataclass(frozen=True, slots=True)
class Limits:
    """What one program may use, and how long it may wait for something to do."""

    wall_seconds: float = 60.0
    cpu_seconds: int = 50
    memory_kib: int = 3 * 1024 * 1024
    file_kib: int = 64 * 1024
    idle_seconds: float = 600.0


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended; ``status`` is negative for a signal, as in `subprocess`."""

    status: int
    output: str
    timed_out: bool = False


# A shell sets the limits, since a hook between fork and exec is unsafe beside threads.
_LIMITED = (
    # A limit that cannot be set is no loss where there is a lower one.
    'limit() { ulimit "$1" "$2" 2>/dev/null || [ "$(ulimit -H "$1")" -le "$2" ]; } 2>/dev/null; '
    'ulimit -c 0 && limit -t "$1" && limit -v "$2" && limit -f "$3" && shift 3 && exec "$@"'
)


def run(
    command: Sequence[str | Path],
    *,
    folder: Path,
    environment: Mapping[str, str],
    limits: Limits | None = None,
) -> Finished:
    """Run ``command`` in ``folder`` without standard input, and end all of it with its time.

    The program is the leader of a session of its own, so that whatever it starts ends with it.
    """
    allowed = limits or Limits()
    with _started(command, folder, environment, allowed, subprocess.DEVNULL) as process:
        try:
            output, _ = process.communicate(timeout=allowed.wall_seconds)
            timed_out = False
        except subprocess.TimeoutExpired:
            _end(process)
            output, _ = process.communicate()
            timed_out = True
        finally:
            _end(process)
    return Finished(process.returncode, output.decode("utf-8", "replace"), timed_out)


def converse(  # noqa: PLR0913  what `run` takes, and the conversation
    command: Sequence[str | Path],
    *,
    folder: Path,
    environment: Mapping[str, str],
    question: str,
    answer: Callable[[str], str],
    limits: Limits | None = None,
) -> Finished:
    """Run ``command`` as `run` does, and answer when a line of its output begins with ``question``.

    ``answer`` gets the lines before the question, and returns one line for standard input.
    """
    allowed = limits or Limits()
    process = start(command, folder=folder, environment=environment, limits=allowed)
    return tell(process, None, question=question, answer=answer, limits=allowed)


def start(
    command: Sequence[str | Path], *, folder: Path, environment: Mapping[str, str], limits: Limits
) -> subprocess.Popen[bytes]:
    """Start ``command`` as `run` does, with a standard input; `tell` or `end` must follow.

    It reads the end of its input when this process has gone, however that ended.
    """
    return _started(command, folder, environment, limits, subprocess.PIPE)


def tell(
    process: subprocess.Popen[bytes],
    line: str | None,
    *,
    limits: Limits,
    question: str = "",
    answer: Callable[[str], str] | None = None,
) -> Finished:
    """Give a started program a line to begin with, answer its question, and wait for its end.

    Its wall time begins now. Without an ``answer`` its input ends after the line.
    """
    late = threading.Event()

    def expire() -> None:
        late.set()
        _end(process)

    clock = threading.Timer(limits.wall_seconds, expire)
    clock.start()
    with process:
        try:
            if line is not None:
                _say(process, line, is_last=answer is None)
            output = _conversation(process, question, answer)
            process.wait()
        finally:
            clock.cancel()
            _end(process)
    return Finished(process.returncode, output, late.is_set())


def end(process: subprocess.Popen[bytes]) -> None:
    """End a started program and all that it started."""
    _end(process)
    with process, contextlib.suppress(BrokenPipeError):
        _stdin(process).close()


def _conversation(
    process: subprocess.Popen[bytes], question: str, answer: Callable[[str], str] | None
) -> str:
    """Return all that the process said, having answered its question if it asked."""
    if process.stdout is None:
        raise AssertionError("the process was started with both pipes")
    said: list[str] = []
    for line in process.stdout:
        said.append(line.decode("utf-8", "replace"))
        if answer is not None and said[-1].startswith(question):
            _say(process, answer("".join(said)), is_last=True)
            break
    return "".join(said) + process.stdout.read().decode("utf-8", "replace")


def _say(process: subprocess.Popen[bytes], line: str, *, is_last: bool) -> None:
    """Write a line to the process; one that has gone is no fault here."""
    stdin = _stdin(process)
    with contextlib.suppress(BrokenPipeError):
        stdin.write(line.encode() + b"\n")
        stdin.flush()
    if is_last:
        with contextlib.suppress(BrokenPipeError):
            stdin.close()


def _stdin(process: subprocess.Popen[bytes]) -> IO[bytes]:
    if process.stdin is None:
        raise AssertionError("the process was started with both pipes")
    return process.stdin


def _started(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str],
    limits: Limits,
    stdin: int,
) -> subprocess.Popen[bytes]:
    # POSIX counts 512-byte blocks; macOS refuses a limit of the address space.
    memory = "unlimited" if sys.platform == "darwin" else limits.memory_kib
    bounds = (limits.cpu_seconds, memory, limits.file_kib * 2)
    arguments = ["/bin/sh", "-c", _LIMITED, "sh", *map(str, bounds), *map(str, command)]
    return subprocess.Popen(  # noqa: S603  a fixed program, arguments never through the shell
        arguments,
        cwd=folder,
        env=dict(environment),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
