"""Starts worker processes: forks of this one where it has loaded all they need, or new ones."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvforge.batch import machine
from cvforge.batch.messages import receive, send
from cvforge.forks import Ending

if TYPE_CHECKING:
    from typing import IO

    from cvforge.batch.job import Event, Job, Options

END_SECONDS = 5.0
_LOOK_SECONDS = 0.01
_NEEDED = "cvforge.batch.workshop"  # has loaded everything else


class Worker:
    """A process that does jobs, in a session of its own.

    So Ctrl-C reaches this process alone, which ends it; it ends by itself when this one has gone.
    """

    def __init__(self, process: subprocess.Popen[bytes] | _Fork, options: Options) -> None:
        self._process = process
        self._jobs, self._answers = _pipe(process.stdin), _pipe(process.stdout)
        self._begun: Job | None = None
        with suppress(OSError):  # it died: so the first job will find
            send(self._jobs, options)

    def do(self, job: Job, following: Job | None = None) -> list[Event]:
        """Return what comes of a job; the ``following`` one is begun when it is done.

        Raises:
            EOFError: when the process has died.
            OSError: the same.
        """
        if job is not self._begun:
            send(self._jobs, job)
        if following is not None:
            send(self._jobs, following)
        self._begun = following
        events: list[Event] = receive(self._answers)
        return events

    def interrupt(self) -> None:
        """Tell the process to end now."""
        self._process.terminate()

    def wait(self, seconds: float) -> int:
        """Wait for the end of the process, which is forced after a while; return its status."""
        try:
            return self._process.wait(max(seconds, 0))
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def end(self) -> str:
        """Let the process end, and say how it did."""
        with suppress(OSError):
            self._jobs.close()
        status = self.wait(END_SECONDS)
        self._answers.close()
        return f"signal {-status}" if status < 0 else f"status {status}"


def hire(options: Options) -> Worker:
    """Start a worker in a new interpreter."""
    package = str(Path(__file__).parents[2])
    paths = [package, os.environ.get("PYTHONPATH", "")]
    process = subprocess.Popen(
        [sys.executable, "-m", "cvforge.batch.worker"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    return Worker(process, options)


def crew(count: int, options: Options) -> list[Worker]:
    """Return workers that are there at once; none where that is not possible.

    It is in a process that stood by: in others half of the imports would be done before a fork,
    and no engine be started beside them. Threads that run here would be missing there.
    """
    if sys.platform != "linux" or _NEEDED not in sys.modules:
        return []
    if machine.stood_by is not None:
        machine.stood_by.close()  # workers have engines of their own
    if threading.active_count() > 1:
        return []
    return [Worker(_Fork(), options) for _ in range(count)]


class _Fork:
    """A fork of this process that works, as `subprocess` would have it."""

    def __init__(self) -> None:
        jobs, answers = os.pipe(), os.pipe()
        self._status: int | None = None
        self._lock = threading.Lock()  # two threads may wait for it
        self._process = os.fork()
        if self._process == 0:
            _become_worker(jobs[0], answers[1])
        os.close(jobs[0])
        os.close(answers[1])
        self.stdin, self.stdout = open(jobs[1], "wb"), open(answers[0], "rb")  # noqa: PTH123, SIM115  closed by the worker

    def terminate(self) -> None:
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def wait(self, seconds: float | None = None) -> int:
        """Return its exit status.

        Raises:
            subprocess.TimeoutExpired: when it has not ended in so many seconds.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        while (status := self._look()) is None:
            if deadline is not None and time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("worker", seconds or 0)
            time.sleep(_LOOK_SECONDS)
        return status

    def _look(self) -> int | None:
        with self._lock:
            if self._status is None:
                process, status = os.waitpid(self._process, os.WNOHANG)
                self._status = os.waitstatus_to_exitcode(status) if process != 0 else None
            return self._status

    def _signal(self, kind: int) -> None:
        if self._status is None:
            os.kill(self._process, kind)


def _become_worker(jobs: int, answers: int) -> None:
    """Work in a fork until there are no more jobs; it never returns into its parent's code."""
    with Ending() as ending:
        os.setsid()
        _let_go({jobs, answers})
        machine.stood_by = None
        from cvforge.batch.worker import work  # noqa: PLC0415  loaded by now
        from cvforge.engine.sandbox import forget_all  # noqa: PLC0415  the same

        forget_all()
        with open(jobs, "rb") as received, open(answers, "wb") as sent:
            work(received, sent)
    os._exit(ending.status)


def _let_go(kept: set[int]) -> None:
    """Put nothing in the place of every other file, whose objects would close another's number."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208  numbers
        number = int(name)
        if number not in kept | {1, 2, nothing}:
            with suppress(OSError):  # that of the listing itself
                os.fstat(number)
                os.dup2(nothing, number)
    os.dup2(2, 1)  # whatever is printed there


def _pipe(stream: IO[bytes] | None) -> Any:
    if stream is None:
        raise AssertionError("the process was started with both pipes")
    return stream
