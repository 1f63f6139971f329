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


@dataclass(frozen=True, slots=True)
class Limits:
    """What one program may use."""

    wall_seconds: float = 60.0
    cpu_seconds: int = 50
    memory_kib: int = 3 * 1024 * 1024
    file_kib: int = 64 * 1024


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended; ``status`` is negative for a signal, as in `subprocess`."""

    status: int
    output: str
    timed_out: bool = False


# A shell sets the limits, since a hook between fork and exec is unsafe beside threads.
_LIMITED = (
    'ulimit -c 0 && ulimit -t "$1" && ulimit -v "$2" && ulimit -f "$3" && shift 3 && exec "$@"'
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
    with _started(command, folder, environment, allowed, subprocess.PIPE) as process:
        late = threading.Event()

        def expire() -> None:
            late.set()
            _end(process)

        clock = threading.Timer(allowed.wall_seconds, expire)
        clock.start()
        try:
            output = _conversation(process, question, answer)
            process.wait()
        finally:
            clock.cancel()
            _end(process)
    return Finished(process.returncode, output, late.is_set())


def _conversation(
    process: subprocess.Popen[bytes], question: str, answer: Callable[[str], str]
) -> str:
    """Return all that the process said, having answered its question if it asked."""
    if process.stdout is None or process.stdin is None:
        raise AssertionError("the process was started with both pipes")
    said: list[str] = []
    for line in process.stdout:
        said.append(line.decode("utf-8", "replace"))
        if said[-1].startswith(question):
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(answer("".join(said)).encode() + b"\n")
                process.stdin.close()
            break
    return "".join(said) + process.stdout.read().decode("utf-8", "replace")


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
