"""``cvforge build``: PDFs of profiles, every variant that was asked for."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from cvforge.batch.job import Options
from cvforge.cli.building import DEFAULT_OUTPUT, Wanted, carry_out
from cvforge.cli.options import (
    Density,
    EngineName,
    Json,
    Lenient,
    OutputFolder,
    Overlay,
    Pages,
    Profiles,
    Quiet,
    Settings,
    TemplateFolder,
    TemplateName,
    Variants,
)

LOCAL, DASK = "local", "dask"

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
    output: OutputFolder = DEFAULT_OUTPUT,
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
    options = Options(
        engine=engine,
        template=template,
        pages=pages,
        density=density,
        overlay=overlay,
        settings=tuple(setting or ()),
        lenient=lenient,
        template_folder=template_folder,
    )
    wanted = Wanted(
        profiles=profiles,
        variants=variant,
        output=output,
        options=options,
        anew=force,
        keeps=debug,
        jobs=jobs,
        scheduler=scheduler,
        json=json,
        quiet=quiet,
    )
    carry_out(wanted)


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
