"""``cvforge build``: PDFs of profiles, every variant that was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cvforge.cli.common import Json, Overlay, Profiles, Quiet, Settings, profile_paths, reporting
from cvforge.cli.setting import (
    Density,
    EngineName,
    Pages,
    Task,
    TemplateName,
    Variants,
    find_tools,
    for_each,
    tasks,
)
from cvforge.diagnostics import Diagnostic
from cvforge.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvforge.console import Console
    from cvforge.pipeline import BuildResult

OutputFolder = Annotated[
    Path, typer.Option("--output", "-o", help="The folder for the PDFs.", file_okay=False)
]


def build(  # noqa: PLR0913  one parameter an option
    profiles: Profiles = None,
    *,
    variant: Variants = None,
    template: TemplateName = None,
    output: OutputFolder = Path("build"),
    engine: EngineName = "xelatex",
    pages: Pages = None,
    density: Density = None,
    setting: Settings = None,
    overlay: Overlay = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Build PDFs: OUTPUT/PROFILE-VARIANT.pdf for every profile and variant.

    Example: cvforge build profiles/ada.yaml --variant one-page
    """
    from cvforge.pipeline import Overrides  # noqa: PLC0415  after --help
    from cvforge.pipeline import build as set_pages  # noqa: PLC0415  the same
    from cvforge.profile.load import load_profile  # noqa: PLC0415  the same

    with reporting(quiet=quiet, json=json) as console, find_tools(engine) as tools:
        results: list[dict[str, object]] = []
        overrides = Overrides(template, pages, density)
        planned = tasks(
            profile_paths(profiles),
            lambda path: load_profile(path, overlay=overlay, settings=setting or ()),
            variants=variant,
            console=console,
        )
        _require_a_file_each(planned, output)

        def work(task: Task) -> None:
            with console.progress(f"{task.loaded.path}: setting {task.variant}"):
                made = set_pages(
                    task.loaded.profile,
                    task.variant,
                    library=task.library,
                    tools=tools,
                    overrides=overrides,
                )
            results.append(_written(made, _output(task, output), console))

        for_each(planned, work, console=console)
        console.document({"built": results})


def _output(task: Task, folder: Path) -> Path:
    return folder / f"{task.loaded.path.stem}-{task.variant}.pdf"


def _require_a_file_each(planned: Sequence[Task], folder: Path) -> None:
    """Refuse profiles of which one would write over what another has just written.

    Raises:
        OutputError: for every such file, with the two that would write it.
    """
    first: dict[Path, Task] = {}
    clashes: list[Diagnostic] = []
    for task in planned:
        path = _output(task, folder)
        other = first.setdefault(path, task)
        if other is not task:
            clashes.append(
                Diagnostic(
                    "same-output",
                    f"{_name(other)} and {_name(task)} would both be written to"
                    f' "{path.as_posix()}"',
                    hint="build them into different folders by --output, or rename one",
                )
            )
    if clashes:
        raise OutputError(clashes)


def _name(task: Task) -> str:
    return f'"{task.variant}" of "{task.loaded.path.as_posix()}"'


def _written(made: BuildResult, path: Path, console: Console) -> dict[str, object]:
    from cvforge.files import write_file  # noqa: PLC0415  after --help
    from cvforge.fit.report import explain, summary  # noqa: PLC0415  the same

    console.diagnostics(made.warnings)
    write_file(path, made.pdf)
    pages = "1 page" if made.page_count == 1 else f"{made.page_count} pages"
    result: dict[str, object] = {
        "output": path.as_posix(),
        "variant": made.cv.variant,
        "pages": made.page_count,
    }
    if made.fitting is None:
        console.built(f"{path.as_posix()}: {pages}")
        return result
    report = explain(made.fitting)
    console.built(f"{path.as_posix()}: {pages}; {summary(report)}")
    return result | {
        "density": report.density,
        "fullness": round(report.fullness, 4),
        "kept": len(report.kept),
        "blocks": len(report.lines),
        "left_out": [line.label for line in report.left_out],
    }
