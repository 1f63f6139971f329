"""What ``cvforge build`` does; knows no typer, which is a fifteenth of a first build."""

from __future__ import annotations

import os
import tempfile
from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cvforge.batch.archive import Archive
from cvforge.batch.delivery import Delivery
from cvforge.batch.job import Options
from cvforge.batch.machine import asked_epoch
from cvforge.batch.plan import plan
from cvforge.cli.common import profile_paths, reporting
from cvforge.counter import Counter, unseen
from cvforge.errors import OutputError
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from cvforge.batch.job import Executor, Job
    from cvforge.batch.plan import Plan
    from cvforge.console import Console

DEFAULT_OUTPUT = Path("build")
SEVERAL = 2  # builds; more are counted, and summed up at the end
FEW = 4  # jobs a worker; of so few each is split into its variants


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be built; ``profiles`` and ``variants`` of None are all that there are.

    With ``anew`` also what is up to date; ``keeps`` what TeX worked on. ``jobs`` are processes, of
    None as many as it pays; ``scheduler`` is the address of a Dask cluster that builds instead.
    """

    profiles: list[Path] | None = None
    variants: list[str] | None = None
    output: Path = DEFAULT_OUTPUT
    options: Options = Options()
    anew: bool = False
    keeps: bool = False
    jobs: int | None = None
    scheduler: str | None = None
    json: bool = False
    quiet: bool = False


def carry_out(wanted: Wanted) -> None:
    """Build it, and say what came of it.

    Raises:
        SystemExit: with the exit status, when it is not 0.
    """
    with (
        reporting(quiet=wanted.quiet, json=wanted.json) as console,
        _keeping(console, wanted.keeps) as kept_in,
    ):
        options = replace(wanted.options, epoch=asked_epoch(os.environ), kept_in=kept_in)
        archive = Archive(wanted.output, options, environment=os.environ, builder=wanted.scheduler)
        paths = profile_paths(wanted.profiles)
        anew = wanted.anew or wanted.keeps
        made = plan(paths, options, archive, variants=wanted.variants, anew=anew)
        _build(made, archive, jobs=wanted.jobs, scheduler=wanted.scheduler, console=console)


@contextmanager
def _keeping(console: Console, asked: bool) -> Iterator[Path | None]:  # noqa: FBT001  the option
    """Give a new folder for what is to be kept, if that is asked for, and tell of it at the end."""
    if not asked:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="cvforge-debug-"))
    try:
        yield folder
    finally:
        console.told(f"kept in {folder}", always=True)


def _build(
    made: Plan, archive: Archive, *, jobs: int | None, scheduler: str | None, console: Console
) -> None:
    several = made.builds() > SEVERAL
    with console.counting(made.builds()) if several else nullcontext(Counter()) as counter:
        delivery = Delivery(archive, console, counter)
        for job, variant, known in made.known:
            delivery.known(job, variant, known)
        if made.jobs:
            progress = unseen if several else console.progress
            executor, todo = (
                _local(made, jobs, progress)
                if scheduler is None
                else (_cluster(scheduler), made.jobs)
            )
            with closing(executor.results(todo)) as results:
                for job, event in results:
                    delivery.take(job, event)
        delivery.close()
    if several:
        console.told(delivery.summary())


def _cluster(scheduler: str) -> Executor:
    """Return the cluster of a scheduler.

    Raises:
        OutputError: when the package that it needs is not installed.
    """
    try:
        from cvforge.batch.cluster import Cluster  # noqa: PLC0415  an extra
    except ImportError as error:
        raise OutputError.one(
            "no-dask",
            f"a Dask cluster needs the package {error.name}, which is not installed",
            hint='pip install "cvforge[dask]"',
        ) from None
    return Cluster(scheduler)


def _local(
    made: Plan, jobs: int | None, progress: Callable[[str], AbstractContextManager[None]]
) -> tuple[Executor, Sequence[Job]]:
    """Return who builds on this machine, and the jobs as they are handed out."""
    from cvforge.batch.here import Here  # noqa: PLC0415  what is up to date needs nobody

    if made.builds() < 2:  # noqa: PLR2004  one is this process
        return Here(progress), made.jobs
    from cvforge.batch.workers import Workers, worth_workers  # noqa: PLC0415  the same

    count = worth_workers(made.builds()) if jobs is None else jobs
    if count < 2:  # noqa: PLR2004  the same
        return Here(progress), made.jobs
    return Workers(count), made.split() if len(made.jobs) < FEW * count else made.jobs
