"""Does jobs in worker processes on this machine, as many at once as there are workers."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvforge.batch.job import Failed
from cvforge.batch.messages import receive, send
from cvforge.diagnostics import Diagnostic
from cvforge.errors import EngineError
from cvforge.record import Inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

    from cvforge.batch.job import Event, Events, Job, Options

TRIES = 2  # a job whose worker died is given to another one
MANY = 6  # builds that are worth the start of a worker
END_SECONDS = 5.0
_LOOK_SECONDS = 0.1


def worth_workers(builds: int) -> int:
    """Return how many workers so many builds are worth here; below two it is none."""
    return min(os.cpu_count() or 1, builds // MANY)


@dataclass(frozen=True, slots=True)
class Workers:
    """So many processes, each with engines of its own."""

    count: int

    def results(self, jobs: Sequence[Job]) -> Events:
        """Yield what comes of the jobs, those first that are done first.

        Little is kept: a worker waits with its next job until the results before are taken.
        """
        crew = _Crew(jobs, min(self.count, len(jobs)))
        try:
            crew.start()
            yield from crew.answers()
        finally:
            crew.stop()


class _Crew:
    """Threads that each talk to one worker, and share the jobs."""

    def __init__(self, jobs: Sequence[Job], count: int) -> None:
        self._jobs = iter(jobs)
        self._options = jobs[0].options
        self._answers: queue.Queue[tuple[Job, list[Event]] | None] = queue.Queue(2 * count)
        self._threads = [threading.Thread(target=self._serve) for _ in range(count)]
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._workers: set[_Worker] = set()

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def answers(self) -> Events:
        working = len(self._threads)
        while working > 0:
            answer = self._answers.get()
            if answer is None:
                working -= 1
                continue
            job, events = answer
            for event in events:
                yield job, event

    def stop(self) -> None:
        """End every worker that still is there, and wait for it."""
        with self._lock:
            self._is_over.set()
            left = list(self._workers)
        for worker in left:
            worker.interrupt()
        deadline = time.monotonic() + END_SECONDS
        for worker in left:
            worker.wait(deadline - time.monotonic())
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def _serve(self) -> None:
        worker: _Worker | None = None
        try:
            for job in self._shared():
                worker, events = self._done(job, worker)
                self._answer((job, events))
        finally:
            if worker is not None:
                self._dismiss(worker)
            self._answer(None)

    def _shared(self) -> Iterator[Job]:
        while not self._is_over.is_set():
            with self._lock:
                job = next(self._jobs, None)
            if job is None:
                return
            yield job

    def _done(self, job: Job, worker: _Worker | None) -> tuple[_Worker | None, list[Event]]:
        """Let a worker do a job; where that dies another one does it, and takes its place."""
        how = ""
        for _ in range(TRIES):
            if self._is_over.is_set():
                break
            try:
                worker = worker or self._hire()
                return worker, worker.do(job)
            except (EOFError, OSError) as cause:
                how = str(cause)
                if worker is not None:
                    how = self._dismiss(worker)
                worker = None
        return None, [_lost(job, how)]

    def _hire(self) -> _Worker:
        worker = _Worker(self._options)
        with self._lock:
            self._workers.add(worker)
            is_late = self._is_over.is_set()
        if is_late:
            worker.interrupt()
        return worker

    def _dismiss(self, worker: _Worker) -> str:
        how = worker.end()
        with self._lock:
            self._workers.discard(worker)
        return how

    def _answer(self, answer: tuple[Job, list[Event]] | None) -> None:
        while not self._is_over.is_set():
            with suppress(queue.Full):
                self._answers.put(answer, timeout=_LOOK_SECONDS)
                return


class _Worker:
    """A process that runs `cvforge.batch.worker`, in a session of its own.

    So Ctrl-C reaches this process alone, which ends it; it ends by itself when this one has gone.
    """

    def __init__(self, options: Options) -> None:
        package = str(Path(__file__).parents[2])
        paths = [package, os.environ.get("PYTHONPATH", "")]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cvforge.batch.worker"],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        with suppress(OSError):  # it died: so the first job will find
            send(_pipe(self._process.stdin), options)

    def do(self, job: Job) -> list[Event]:
        """Return what comes of a job.

        Raises:
            EOFError: when the process has died.
            OSError: the same.
        """
        send(_pipe(self._process.stdin), job)
        events: list[Event] = receive(_pipe(self._process.stdout))
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
            _pipe(self._process.stdin).close()
        status = self.wait(END_SECONDS)
        _pipe(self._process.stdout).close()
        return f"signal {-status}" if status < 0 else f"status {status}"


def _pipe(stream: IO[bytes] | None) -> Any:
    if stream is None:
        raise AssertionError("the process was started with both pipes")
    return stream


def _lost(job: Job, how: str) -> Failed:
    found = Diagnostic(
        "worker",
        f'the process that built "{job.profile.as_posix()}" ended with {how}',
        hint='is there too little memory? "--jobs 1" needs least',
    )
    return Failed(None, EngineError.exit_status, (found,), Inputs({}))
