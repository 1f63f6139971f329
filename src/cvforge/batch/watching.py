"""Builds profiles again whenever something that they were built from changes."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from watchfiles import watch

from cvforge.batch.job import Failed, Made, Planned
from cvforge.errors import CvforgeError
from cvforge.files import write_file
from cvforge.record import Inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from watchfiles import Change

    from cvforge.batch.archive import Archive
    from cvforge.batch.job import Job
    from cvforge.batch.workshop import Workshop
    from cvforge.console import Console
    from cvforge.diagnostics import Diagnostic

STEP_MILLISECONDS = 5  # without a further change, after which a change is told
BURST_MILLISECONDS = 50  # after which a burst is told at the latest
TICK_MILLISECONDS = 1000
TICKS_TO_REFILL = 60  # engines that waited for too long have ended


@dataclass(slots=True)
class Subject:
    """A profile that is watched: by variant the files of its last build, and what was said.

    The variant None stands for a profile that could not be read.
    """

    job: Job
    files: dict[str | None, Mapping[str, str | None]] = field(default_factory=dict)
    said: dict[str | None, frozenset[Diagnostic]] = field(default_factory=dict)

    def stale(self) -> Job | None:
        """Return the job that is to be done again, None when nothing has changed."""
        changed = [name for name, files in self.files.items() if not Inputs(files).hold()]
        if not changed:
            return None
        names = tuple(name for name in changed if name is not None)
        whole = None in changed or len(names) == len(self.files)
        return self.job if whole else replace(self.job, variants=names)


class Watch:
    """Profiles, whoever builds them, and where the PDFs go; ``console`` makes one a round."""

    def __init__(
        self,
        jobs: Sequence[Job],
        workshop: Workshop,
        archive: Archive,
        console: Callable[[], Console],
    ) -> None:
        self._subjects = [Subject(job) for job in jobs]
        self._places: frozenset[str] = frozenset()
        self._workshop = workshop
        self._archive = archive
        self._console = console

    def run(self) -> None:
        """Build everything, and then whatever changes, until interrupted.

        Raises:
            KeyboardInterrupt: in the end.
        """
        for subject in self._subjects:
            self._build(subject, subject.job)
        while True:
            self._look()
            self._watch(_folders(self._places))

    def _watch(self, folders: frozenset[str]) -> None:
        """Build what changes until other folders have to be watched."""
        ticks = 0
        for changes in watch(
            *folders,
            watch_filter=self._concerns,
            debounce=BURST_MILLISECONDS,
            step=STEP_MILLISECONDS,
            rust_timeout=TICK_MILLISECONDS,
            yield_on_timeout=True,
            recursive=False,
        ):
            ticks += not changes
            if changes or ticks == 1:  # something may have changed before the watch began
                self._rebuild()
            elif ticks % TICKS_TO_REFILL == 0:
                self._refill()
            if _folders(self._places) != folders:
                return

    def _rebuild(self) -> None:
        for subject in self._subjects:
            job = subject.stale()
            if job is not None:
                self._build(subject, job)
        self._look()

    def _build(self, subject: Subject, job: Job) -> None:
        began = time.perf_counter()
        if job.variants == subject.job.variants:
            subject.files.clear()
        console = self._console()
        for event in self._workshop.do(job):
            if not isinstance(event, Planned):
                self._deliver(subject, event, console, began)
                began = time.perf_counter()
        self._workshop.reserve(job)

    def _deliver(
        self, subject: Subject, event: Made | Failed, console: Console, began: float
    ) -> None:
        profile, variant = subject.job.profile, event.variant
        subject.files[variant] = event.inputs.files
        said = event.warnings if isinstance(event, Made) else event.diagnostics
        before = subject.said.get(variant, frozenset()) if isinstance(event, Made) else ()
        console.diagnostics([finding for finding in said if finding not in before])
        subject.said[variant] = frozenset(said)
        if isinstance(event, Failed):
            what = profile.name if variant is None else self._archive.output(profile, variant).name
            console.told(f"{_clock()} {what} not built")
            return
        path = self._archive.output(profile, event.variant)
        try:
            write_file(path, event.pdf)
        except CvforgeError as error:
            console.diagnostics(error.diagnostics)
            return
        console.built(f"{_clock()} {path.name} {1000 * (time.perf_counter() - began):.0f} ms")
        self._archive.keep(profile, event)

    def _refill(self) -> None:
        for subject in self._subjects:
            self._workshop.reserve(subject.job)

    def _look(self) -> None:
        """Find out what is to be watched now."""
        names = {name for s in self._subjects for files in s.files.values() for name in files}
        self._places = frozenset(place for name in names for place in _places(name))

    def _concerns(self, _: Change, path: str) -> bool:
        return path in self._places or f"{os.path.dirname(path)}/" in self._places  # noqa: PTH120  for the same strings as the system's


def _places(name: str) -> Iterator[str]:
    """Yield where a file shows that it changes: itself, what it links to, or its missing folder."""
    folder, last = os.path.split(name)
    folder = os.path.realpath(folder)
    while not os.path.isdir(folder):  # noqa: PTH112  for the same strings as the system's
        folder, last = os.path.split(folder)
    yield os.path.join(folder, last)  # noqa: PTH118  the same
    if os.path.islink(name):  # noqa: PTH114  the same
        yield os.path.realpath(name)


def _folders(places: Iterable[str]) -> frozenset[str]:
    return frozenset(folder for p in places if os.path.isdir(folder := os.path.dirname(p)))  # noqa: PTH112, PTH120  the same


def _clock() -> str:
    return f"{datetime.now().astimezone():%H:%M:%S}"
