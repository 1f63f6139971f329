"""``cvforge check``: does a machine read in the PDF what the profile says?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from cvforge.cli.common import profile_paths, reporting
from cvforge.cli.options import (
    Density,
    EngineName,
    Json,
    Lenient,
    Overlay,
    Pages,
    Quiet,
    Settings,
    TemplateFolder,
    TemplateName,
    Variants,
)
from cvforge.cli.setting import Task, find_tools, for_each, tasks
from cvforge.diagnostics import Severity
from cvforge.errors import CvforgeError, OutputError, TextLostError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvforge.check.contacts import Reading
    from cvforge.check.report import Check, Report
    from cvforge.console import Console
    from cvforge.cv import Cv

MAX_MEGABYTES = 100

Subjects: TypeAlias = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PROFILE|PDF", help="Profiles or PDFs; all in profiles/ where none is named."
    ),
]
PdfFile: TypeAlias = Annotated[
    Path | None,
    typer.Option("--pdf", metavar="FILE", help="Compare this PDF with the profile's variant."),
]


def check(  # noqa: PLR0913  one parameter an option
    subjects: Subjects = None,
    *,
    pdf: PdfFile = None,
    variant: Variants = None,
    template: TemplateName = None,
    template_folder: TemplateFolder = None,
    engine: EngineName = "xelatex",
    pages: Pages = None,
    density: Density = None,
    setting: Settings = None,
    overlay: Overlay = None,
    lenient: Lenient = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check that a machine reads in a PDF what the profile says; nothing is written.

    The variants of a profile are built in memory, read by two programs and compared with the
    profile. Of a PDF alone, all is checked that needs no profile. The exit status is 9 when
    anything was found that is no warning.

    Example: cvforge check profiles/ada.yaml --variant one-page
    """
    from cvforge.outcome import UNUSED_FONT  # noqa: PLC0415  after --help
    from cvforge.pipeline import build as set_pages  # noqa: PLC0415  the same
    from cvforge.profile.load import load_profile  # noqa: PLC0415  the same
    from cvforge.setting import Overrides  # noqa: PLC0415  the same

    with reporting(quiet=quiet, json=json) as console, find_tools(engine) as tools:
        results: list[dict[str, Any]] = []
        console.document({"checked": results})
        alone, named = _told_apart(subjects)
        given = None if pdf is None else _read(pdf)
        for path in alone:
            _try_alone(path, console, results)
        planned = tasks(
            profile_paths(named) if named or not alone else (),
            lambda path: load_profile(path, overlay=overlay, settings=setting or ()),
            variants=variant,
            lenient=lenient,
            console=console,
        )

        def work(task: Task) -> None:
            subject = f"{task.loaded.path.as_posix()}, {task.variant}"
            with console.progress(f"{subject}: setting"):
                made = set_pages(
                    task.loaded.profile,
                    task.variant,
                    works=task.works(console),
                    tools=tools.beside(task.loaded.path),
                    overrides=Overrides(template, pages, density, template_folder),
                    photo=task.photo(),
                )
            console.diagnostics([w for w in made.warnings if w.code == UNUSED_FONT])
            content = made.pdf if given is None else given
            results.append(_checked(subject, content, made.cv, console=console))

        for_each(planned if pdf is None else [_task_of(pdf, planned)], work, console=console)


def _told_apart(subjects: Sequence[Path] | None) -> tuple[list[Path], list[Path]]:
    """Return which of the files are PDFs, by their names, and which profiles."""
    is_pdf = {path: path.suffix.lower() == ".pdf" for path in subjects or ()}
    return [p for p, yes in is_pdf.items() if yes], [p for p, yes in is_pdf.items() if not yes]


def _task_of(pdf: Path, planned: Sequence[Task]) -> Task:
    """Return the one task that ``pdf`` is to be compared with, by its name where there are many.

    Raises:
        typer.BadParameter: when there is none.
    """
    alike = [task for task in planned if pdf.stem == f"{task.loaded.path.stem}-{task.variant}"]
    found = planned if len(planned) == 1 else alike
    if len(found) != 1:
        raise typer.BadParameter(
            "name one profile, and its variant by --variant", param_hint="--pdf"
        )
    return found[0]


def _try_alone(path: Path, console: Console, results: list[dict[str, Any]]) -> None:
    try:
        results.append(_checked(path.as_posix(), _read(path), None, console=console))
    except CvforgeError as error:
        console.fail(error)


def _read(path: Path) -> bytes:
    """Return the bytes of a PDF file.

    Raises:
        OutputError: when it is absent, not to be read, or too large.
    """
    from cvforge.files import read_file  # noqa: PLC0415  after --help

    limit = MAX_MEGABYTES * 1_000_000
    content = read_file(path, limit=limit)
    if len(content) > limit:
        raise OutputError.one("large-file", f'"{path.as_posix()}" has more than {MAX_MEGABYTES} MB')
    return content


def _checked(subject: str, pdf: bytes, cv: Cv | None, *, console: Console) -> dict[str, Any]:
    """Check a PDF and say what was found.

    Raises:
        OutputError: when it is no PDF.
    """
    from cvforge.check.report import check as look_over  # noqa: PLC0415  after --help

    try:
        report = look_over(pdf, cv)
    except ValueError as error:
        raise OutputError.one(
            "no-pdf", f'"{subject}" is no PDF that can be read', hint=f"the reader says: {error}"
        ) from None
    console.diagnostics([f for f in report.findings if f.severity is Severity.WARNING])
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    if errors:
        console.fail(TextLostError(errors))
    for line in _lines(subject, report):
        console.built(line)
    return _result(subject, report)


def _lines(subject: str, report: Report) -> Iterator[str]:
    yield subject
    for each in report.checks:
        yield f"  {'found' if each.findings else 'ok':7}{each.name:12}{_summary(each)}"
    yield "  what a machine reads"
    for name, value in _read_by_machine(report.reading).items():
        yield f"    {name:11}{', '.join(value) or 'none'}"


def _summary(each: Check) -> str:
    count = len(each.findings)
    return each.summary if count == 0 else f"{count} finding{'' if count == 1 else 's'}"


def _read_by_machine(reading: Reading) -> dict[str, tuple[str, ...]]:
    return {
        "name": (reading.name,) if reading.name else (),
        "e-mail": reading.emails,
        "telephone": reading.phones,
        "links": reading.links,
        "headings": reading.headings,
        "dates": reading.dates,
    }


def _result(subject: str, report: Report) -> dict[str, Any]:
    return {
        "subject": subject,
        "pages": report.pages,
        "bytes": report.size,
        "checks": {each.name: not each.findings for each in report.checks},
        "reading": _read_by_machine(report.reading),
    }
