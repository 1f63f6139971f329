"""Does jobs in worker processes on this machine, as many at once as there are workers."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from cvforge.batch.hiring import END_SECONDS, crew, hire
from cvforge.batch.job import Failed
from cvforge.diagnostics import Diagnostic
from cvforge.errors import EngineError
from cvforge.frozen import dataclass
from cvforge.record import Inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvforge.batch.hiring import Worker
    from cvforge.batch.job import Event, Events, Job

TRIES = 2  # a job whose worker died is given to another one
MANY = 6  # builds that are worth the start of a worker
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

        Little is kept: a worker is at most one job ahead of the results that are taken.
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
        self._jobs = deque(jobs)
        self._options = jobs[0].options
        self._answers: queue.Queue[tuple[Job, list[Event]] | None] = queue.Queue(2 * count)
        self._threads = [threading.Thread(target=self._serve) for _ in range(count)]
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._workers = set(crew(count, self._options))
        self._idle = list(self._workers)

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
        worker = self._idle.pop() if self._idle else None
        try:
            job = self._next()
            while job is not None:
                following = self._next(to_spare=len(self._threads))
                worker, events = self._done(job, following, worker)
                self._answer((job, events))
                job = following or self._next()
        finally:
            if worker is not None:
                self._dismiss(worker)
            self._answer(None)

    def _next(self, *, to_spare: int = 0) -> Job | None:
        """Return the next job, if after it there are some for the others to take at the end."""
        with self._lock:
            is_there = len(self._jobs) > to_spare and not self._is_over.is_set()
            return self._jobs.popleft() if is_there else None

    def _done(
        self, job: Job, following: Job | None, worker: Worker | None
    ) -> tuple[Worker | None, list[Event]]:
        """Let a worker do a job; where that dies another one does it, and takes its place.

        The ``following`` job is given to it as well, so that it never waits for this process.
        """
        how = ""
        for _ in range(TRIES):
            if self._is_over.is_set():
                break
            try:
                worker = worker or self._hire()
                return worker, worker.do(job, following)
            except (EOFError, OSError) as cause:
                how = str(cause)
                if worker is not None:
                    how = self._dismiss(worker)
                worker = None
        return None, [_lost(job, how)]

    def _hire(self) -> Worker:
        worker = hire(self._options)
        with self._lock:
            self._workers.add(worker)
            is_late = self._is_over.is_set()
        if is_late:
            worker.interrupt()
        return worker

    def _dismiss(self, worker: Worker) -> str:
        how = worker.end()
        with self._lock:
            self._workers.discard(worker)
        return how

    def _answer(self, answer: tuple[Job, list[Event]] | None) -> None:
        while not self._is_over.is_set():
            with suppress(queue.Full):
                self._answers.put(answer, timeout=_LOOK_SECONDS)
                return


def _lost(job: Job, how: str) -> Failed:
    found = Diagnostic(
        "worker",
        f'the process that built "{job.profile.as_posix()}" ended with {how}',
        hint='is there too little memory? "--jobs 1" needs least',
    )
    return Failed(None, EngineError.exit_status, (found,), Inputs({}))
