"""``cvforge watch``: PDFs that follow their profiles."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from cvforge.batch.archive import Archive
from cvforge.batch.job import Options
from cvforge.batch.machine import asked_epoch, open_workshop
from cvforge.batch.plan import plan
from cvforge.cli.common import new_console, profile_paths, reporting
from cvforge.cli.options import (
    Density,
    EngineName,
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


def watch(  # noqa: PLR0913  one parameter an option
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
    quiet: Quiet = False,
) -> None:
    """Build PDFs, and build them again whenever a file changes that they were made from.

    While a profile is broken its last good PDF stays. Ctrl-C ends it.

    Example: cvforge watch profiles/ada.yaml --variant one-page
    """
    with reporting(quiet=quiet) as console:
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
        )
        archive = Archive(output, options, environment=os.environ)
        made = plan(profile_paths(profiles), options, archive, variants=variant, anew=True)
        with open_workshop(options) as workshop:
            from cvforge.batch.watching import Watch  # noqa: PLC0415  beside the engine

            console.told("watching; Ctrl-C ends it")
            Watch(made.jobs, workshop, archive, partial(new_console, quiet=quiet)).run()
