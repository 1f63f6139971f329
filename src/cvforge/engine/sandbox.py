"""Runs one program with bounded time, memory and space, and an environment of named variables."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from cvforge.engine.dialogue import Dialogue
from cvforge.engine.trace import Trace
from cvforge.frozen import dataclass
from cvforge.signals import is_told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cvforge.engine.wall import Wall

SHELL = 128  # what a shell adds to a signal's number to make a status of it


@dataclass(frozen=True, slots=True)
class Limits:
    """What one program may use, and how long it may wait for something to do."""

    wall_seconds: float = 60.0
    cpu_seconds: int = 50
    memory_kib: int = 3 * 1024 * 1024
    file_kib: int = 64 * 1024
    output_kib: int = 16 * 1024
    idle_seconds: float = 600.0


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended; ``status`` is negative for a signal, as in `subprocess`.

    ``refused`` is what it did, or would do, that is not allowed: nothing of it is believed.
    """

    status: int
    output: str
    timed_out: bool = False
    said_too_much: bool = False
    refused: str | None = None


_running: dict[int, Dialogue] = {}  # what was started and not waited for, by process numbers
# A shell sets the limits, since a hook between fork and exec is unsafe beside threads.
_LIMITED = (
    # A limit that cannot be set is no loss where there is a lower one.
    'limit() { ulimit "$1" "$2" 2>/dev/null || [ "$(ulimit -H "$1")" -le "$2" ]; } 2>/dev/null; '
    'ulimit -c 0 && limit -t "$1" && limit -v "$2" && limit -f "$3" && shift 3 && exec "$@"'
)


def run(  # noqa: PLR0913  how it is started, and what is done beside it
    command: Sequence[str | Path],
    *,
    folder: Path,
    environment: Mapping[str, str],
    meanwhile: Callable[[], None] | None = None,
    limits: Limits | None = None,
    guard: Wall | Trace | None = None,
) -> Finished:
    """Run ``command`` in ``folder`` without standard input, and end all of it with its time.

    The program is the leader of a session of its own, so that whatever it starts ends with it.
    ``meanwhile`` is done while it works.
    """
    allowed = limits or Limits()
    begun = _begun(command, folder, environment, allowed, guard)
    return tell(begun, None, meanwhile=meanwhile, limits=allowed)


def converse(  # noqa: PLR0913  what `run` takes, and the conversation
    command: Sequence[str | Path],
    *,
    folder: Path,
    environment: Mapping[str, str],
    question: str,
    answer: Callable[[str], str],
    meanwhile: Callable[[], None] | None = None,
    limits: Limits | None = None,
    guard: Wall | Trace | None = None,
) -> Finished:
    """Run ``command`` as `run` does, and answer when a line of its output begins with ``question``.

    ``answer`` gets the lines before the question, and returns one line for standard input;
    ``meanwhile`` is done before that and after, while the program works.
    """
    allowed = limits or Limits()
    begun = start(command, folder=folder, environment=environment, limits=allowed, guard=guard)
    return tell(begun, None, question=question, answer=answer, meanwhile=meanwhile, limits=allowed)


def start(
    command: Sequence[str | Path],
    *,
    folder: Path,
    environment: Mapping[str, str],
    limits: Limits,
    guard: Wall | Trace | None = None,
) -> Dialogue:
    """Start ``command`` as `run` does, with a standard input; `tell` or `end` must follow.

    It reads the end of its input when this process has gone, however that ended.
    """
    return _begun(command, folder, environment, limits, guard, stdin=subprocess.PIPE)


def tell(  # noqa: PLR0913  what `converse` takes
    begun: Dialogue,
    line: str | None,
    *,
    limits: Limits,
    question: str = "",
    answer: Callable[[str], str] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Finished:
    """Give a started program a line to begin with, answer its question, and wait for its end.

    Its wall time begins now. Without an ``answer`` its input ends after the line. ``meanwhile`` is
    done when it has the line, and after each answer.
    """
    with _clock(begun, limits) as is_late, begun.process as process:
        try:
            if line is not None:
                begun.say(line, is_last=answer is None)
            output = begun.hear(question, answer, meanwhile)
            process.wait()
        finally:
            begun.end()
            begun.silence()
            errors = begun.errors_said()
            _forget(begun)
    return _finished(begun, output, errors, is_late=is_late())


def ask(  # noqa: PLR0913  what `tell` takes, and what ends the answer
    begun: Dialogue,
    line: str,
    *,
    limits: Limits,
    done: str,
    question: str = "",
    answer: Callable[[str], str] | None = None,
    meanwhile: Callable[[], None] | None = None,
    is_told_more: bool = True,
) -> Finished:
    """Give a started program a line as `tell` does, and hear it up to a line of ``done``.

    It goes on then, and ``is_told_more``, or its input ends. One that ends before, is late or says
    too much is ended, as by `tell`.
    """
    with _clock(begun, limits) as is_late:
        with ExitStack() as undone:
            undone.callback(end, begun)
            begun.say(line, is_last=not is_told_more and answer is None)
            output = begun.hear_up_to(done, question, answer, meanwhile, is_told_more=is_told_more)
            goes_on = f"\n{done}" in output and begun.process.poll() is None
            errors = begun.errors_said()  # not before: what it opened until then counts
            undone.pop_all()
        if not goes_on or begun.is_too_much:
            errors += end(begun).output
    return _finished(begun, output, errors, is_late=is_late())


def end(begun: Dialogue) -> Finished:
    """End a started program and all that it started; what it did until then may be refused."""
    begun.end()
    with begun.process:
        begun.silence()
        begun.close()
    errors = begun.errors_said()
    _forget(begun)
    return _finished(begun, "", errors, is_late=False)


def end_all() -> None:
    """End all that was started and has not ended: a signal may have come between two steps."""
    for begun in list(_running.values()):
        begun.end()


@contextmanager
def _clock(begun: Dialogue, limits: Limits) -> Iterator[Callable[[], bool]]:
    """End a program that takes too long; give what says whether it did."""
    late = threading.Event()

    def expire() -> None:
        late.set()
        begun.end()

    clock = threading.Timer(limits.wall_seconds, expire)
    clock.daemon = True  # a signal may come before it can be cancelled
    clock.start()
    try:
        yield late.is_set
    finally:
        clock.cancel()


def _finished(begun: Dialogue, output: str, errors: str, *, is_late: bool) -> Finished:
    """Return how a program ended, or 0 of one that goes on; what is not allowed is an end too."""
    strange = None if begun.trace is None else begun.trace.strange(errors, begun.folder)
    refused = None if strange is None else f'opening "{strange}"'
    if refused is None and begun.is_unseen:
        refused = "opening more files than are looked through"
    status = signalled(begun.process.returncode or 0) if refused is None else 1
    return Finished(status, output + errors, is_late, begun.is_too_much, refused)


def _forget(begun: Dialogue) -> None:
    if begun.errors is not None:
        begun.errors.close()
    _running.pop(begun.process.pid, None)


def forget_all() -> None:
    """Forget what the process has started that this one is a fork of."""
    _running.clear()


def _begun(  # noqa: PLR0913  what `run` takes, and how it is started
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str],
    limits: Limits,
    guard: Wall | Trace | None,
    *,
    stdin: int = subprocess.DEVNULL,
) -> Dialogue:
    """Start a program behind a wall, or with a trace of what it opens."""
    if isinstance(guard, Trace):
        errors = tempfile.TemporaryFile()  # noqa: SIM115  closed when it is read
        told = guard.told(environment)
        process = _started(command, folder, told, limits, stdin=stdin, stderr=errors.fileno())
        return _noted(Dialogue(process, folder, limits.output_kib * 1024, guard, errors))
    inside = command if guard is None else guard.command(command, folder)
    merged = subprocess.STDOUT
    process = _started(inside, folder, environment, limits, stdin=stdin, stderr=merged)
    return _noted(Dialogue(process, folder, limits.output_kib * 1024))


def _noted(begun: Dialogue) -> Dialogue:
    _running[begun.process.pid] = begun
    if is_told():  # a thread may not know
        begun.end()
    return begun


def _started(  # noqa: PLR0913  what `run` takes, and where it reads and writes
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str],
    limits: Limits,
    *,
    stdin: int,
    stderr: int,
) -> subprocess.Popen[bytes]:
    # POSIX counts 512-byte blocks; macOS refuses a limit of the address space.
    memory = "unlimited" if sys.platform == "darwin" else limits.memory_kib
    bounds = (limits.cpu_seconds, memory, limits.file_kib * 2)
    arguments = ["/bin/sh", "-c", _LIMITED, "sh", *map(str, bounds), *map(str, command)]
    return subprocess.Popen(  # noqa: S603  a fixed program, arguments never through the shell
        arguments,
        cwd=folder,
        env={"TMPDIR": str(folder), **environment},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=stderr,
        start_new_session=True,
    )


def signalled(status: int) -> int:
    """Return how a program ended; a shell or bubblewrap adds 128 to the signal that ended it."""
    return status if status <= SHELL else SHELL - status
