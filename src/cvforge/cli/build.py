"""``cvforge build``: PDFs of profiles, every variant that was asked for."""

from __future__ import annotations

import os
import tempfile
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from cvforge.batch.archive import Archive
from cvforge.batch.delivery import Delivery
from cvforge.batch.job import Options
from cvforge.batch.machine import asked_epoch
from cvforge.batch.plan import plan
from cvforge.cli.common import (
    Json,
    Lenient,
    Overlay,
    Profiles,
    Quiet,
    Settings,
    profile_paths,
    reporting,
)
from cvforge.cli.setting import (  # noqa: TC001  typer reads them
    Density,
    EngineName,
    OutputFolder,
    Pages,
    TemplateFolder,
    TemplateName,
    Variants,
)
from cvforge.counter import Counter, unseen
from cvforge.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from cvforge.batch.job import Executor, Job
    from cvforge.batch.plan import Plan
    from cvforge.console import Console

LOCAL, DASK = "local", "dask"
SEVERAL = 2  # builds; more are counted, and summed up at the end
FEW = 4  # jobs a worker; of so few each is split into its variants

ExecutorName: TypeAlias = Annotated[
    str,
    typer.Option("--executor", metavar="local|dask", help="Build here, or on a Dask cluster."),
]
Scheduler: TypeAlias = Annotated[
    str | None,
    typer.Option("--scheduler", metavar="ADDRESS", help="The cluster's scheduler."),
]
Jobs: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, metavar="N", help="Build in N processes; otherwise as it pays."
    ),
]


def build(  # noqa: PLR0913  one parameter an option
    profiles: Profiles = None,
    *,
    variant: Variants = None,
    template: TemplateName = None,
    template_folder: TemplateFolder = None,
    output: OutputFolder = Path("build"),
    engine: EngineName = "xelatex",
    pages: Pages = None,
    density: Density = None,
    setting: Settings = None,
    overlay: Overlay = None,
    lenient: Lenient = False,
    force: Annotated[
        bool, typer.Option("--force", "-B", help="Build also what is up to date.")
    ] = False,
    jobs: Jobs = None,
    executor: ExecutorName = LOCAL,
    scheduler: Scheduler = None,
    debug: Annotated[
        bool, typer.Option("--debug", help="Build anew, keep what TeX worked on, and say where.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Build PDFs: OUTPUT/PROFILE-VARIANT.pdf for every profile and variant.

    What has not changed since it was built is not built again.

    Example: cvforge build profiles/ada.yaml --variant one-page
    """
    _check_executor(executor, scheduler)
    if debug and scheduler is not None:
        raise typer.BadParameter("a cluster's folders are not here", param_hint="--debug")
    with reporting(quiet=quiet, json=json) as console, _keeping(console, debug) as kept_in:
        options = Options(
            engine=engine,
            template=template,
            pages=pages,
            density=density,
            overlay=overlay,
            settings=tuple(setting or ()),
            lenient=lenient,
            epoch=asked_epoch(os.environ),
            template_folder=template_folder,
            kept_in=kept_in,
        )
        archive = Archive(output, options, environment=os.environ, builder=scheduler)
        paths = profile_paths(profiles)
        made = plan(paths, options, archive, variants=variant, anew=force or debug)
        _carry_out(made, archive, jobs=jobs, scheduler=scheduler, console=console)


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


def _carry_out(
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


def _check_executor(name: str, scheduler: str | None) -> None:
    """Refuse options that do not go together.

    Raises:
        typer.BadParameter: when they do not.
    """
    if name not in {LOCAL, DASK}:
        raise typer.BadParameter(f'"{name}" is none of {LOCAL}, {DASK}', param_hint="--executor")
    if (name == DASK) != (scheduler is not None):
        raise typer.BadParameter(
            f"--executor {DASK} and --scheduler ADDRESS go together", param_hint="--executor"
        )


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
