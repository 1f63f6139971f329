"""Takes what comes of jobs, in any order: PDFs and records are written, the user is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cvforge.batch.job import GUESSED, Made, Planned
from cvforge.errors import CvforgeError
from cvforge.files import write_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvforge.batch.archive import Archive, Known
    from cvforge.batch.job import Event, Job
    from cvforge.console import Console
    from cvforge.counter import Counter
    from cvforge.diagnostics import Diagnostic

_Order = tuple[int, int]


class Delivery:
    """What became of the builds of one command; nothing large of it is kept."""

    def __init__(self, archive: Archive, console: Console, counter: Counter) -> None:
        self._archive = archive
        self._console = console
        self._counter = counter
        self._variants: dict[int, tuple[str, ...]] = {}
        self._results: dict[_Order, dict[str, Any]] = {}
        self._statuses: dict[_Order, int] = {}
        self._up_to_date = 0

    def known(self, job: Job, variant: str, known: Known) -> None:
        """Tell of a PDF that is up to date, and what its build said."""
        self._up_to_date += 1
        self._console.diagnostics(known.warnings)
        self._console.built(f"{self._name(job, variant)}: up to date")
        self._note(job, variant, {**known.fields, "up_to_date": True})

    def take(self, job: Job, event: Event) -> None:
        """Deliver what came of a job."""
        if isinstance(event, Planned):
            self._planned(job, event)
        elif isinstance(event, Made):
            self._made(job, event)
        else:
            self._failed(job, event.variant, event.exit_status, event.diagnostics)

    def close(self) -> None:
        """Tell the end of it: the first error in the order of the profiles decides the status."""
        if self._statuses:
            self._console.exit_status = self._statuses[min(self._statuses)]
        self._console.document({"built": [self._results[key] for key in sorted(self._results)]})

    def summary(self) -> str:
        """Return how many were built, were up to date, and failed."""
        counts = {
            "built": len(self._results) - self._up_to_date,
            "up to date": self._up_to_date,
            "failed": len(self._statuses),
        }
        return ", ".join(f"{count} {what}" for what, count in counts.items() if count > 0)

    def _planned(self, job: Job, planned: Planned) -> None:
        if job.variants is None:
            self._counter.expect(len(planned.variants) - GUESSED)
            self._archive.keep_variants(job.profile, planned)
            self._variants[job.number] = planned.variants

    def _made(self, job: Job, made: Made) -> None:
        self._console.diagnostics(made.warnings)
        try:
            write_file(self._archive.output(job.profile, made.variant), made.pdf)
        except CvforgeError as error:
            self._failed(job, made.variant, error.exit_status, error.diagnostics)
            return
        self._archive.keep(job.profile, made)
        self._console.built(f"{self._name(job, made.variant)}: {made.line}")
        self._note(job, made.variant, {**made.fields, "up_to_date": False})
        self._counter.count()

    def _failed(
        self, job: Job, variant: str | None, status: int, diagnostics: Sequence[Diagnostic]
    ) -> None:
        self._console.diagnostics(diagnostics)
        self._statuses[self._order(job, variant)] = status
        self._counter.count(job.count() if variant is None else 1)

    def _note(self, job: Job, variant: str, fields: dict[str, Any]) -> None:
        result = {"output": self._name(job, variant), "variant": variant}
        self._results[self._order(job, variant)] = result | fields

    def _name(self, job: Job, variant: str) -> str:
        return self._archive.output(job.profile, variant).as_posix()

    def _order(self, job: Job, variant: str | None) -> _Order:
        names = job.among or self._variants.get(job.number, ())
        return job.number, names.index(variant) if variant in names else -1
