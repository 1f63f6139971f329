"""``cvforge bib``: what is to be said about a bibliography, and its list in a style."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from cvforge.bibliography.formatted import Form
from cvforge.cli.common import reporting
from cvforge.cli.options import Json, Quiet
from cvforge.diagnostics import Diagnostic, Severity, nearest
from cvforge.errors import BibliographyError, CvforgeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cvforge.bibliography.check import Report
    from cvforge.bibliography.reference import Reference
    from cvforge.cv import Publication
    from cvforge.inline import Inline

HOUSE_STYLE = "house"
LANGUAGE = "en"

Files: TypeAlias = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="A .bib file; several are read together.")
]

bib = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Check a bibliography, or print it as a list.",
)


@bib.command()
def check(
    files: Files,
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Take warnings for errors: they end with status 4.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Look a whole bibliography over.

    Entries that cannot be read are errors. Missing fields, duplicates, titles that lose their
    capitals, years that disagree and names written in several ways are warnings.

    Example: cvforge bib check publications.bib
    """
    from cvforge.bibliography.check import check as look_over  # noqa: PLC0415  after --help

    with reporting(json=json, quiet=quiet) as console:
        report = look_over(_contents(files))
        found = report.findings
        if strict:
            found = tuple(replace(finding, severity=Severity.ERROR) for finding in found)
        errors = _of(Severity.ERROR, found)
        if errors:
            console.fail(BibliographyError(errors))
        console.diagnostics(_of(Severity.WARNING, found))
        counts = list(_counts(report, found))
        for count in counts:
            console.built(_sentence(**count))
        console.document({"files": counts})


@bib.command("format")
def format_(  # noqa: PLR0913  one parameter an option
    files: Files,
    *,
    style: Annotated[
        str, typer.Option("--style", metavar="STYLE", help="A citation style, or a .csl file.")
    ] = HOUSE_STYLE,
    form: Annotated[Form, typer.Option("--as", help="What to print.")] = Form.TEXT,
    keys: Annotated[
        list[str] | None,
        typer.Option("--key", metavar="KEY", help="Only this entry; may be repeated."),
    ] = None,
    owner: Annotated[
        list[str] | None,
        typer.Option("--owner", metavar="NAME", help="Emphasise this name; may be repeated."),
    ] = None,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Leave out entries that cannot be read.")
    ] = False,
) -> None:
    """Print a bibliography as a list, in the order of the file.

    Example: cvforge bib format publications.bib --style apa --as markdown
    """
    from cvforge.bibliography.formatted import formatted  # noqa: PLC0415  after --help
    from cvforge.bibliography.reading.reader import read_bibliography  # noqa: PLC0415  the same

    with reporting() as console:
        read = read_bibliography(_contents(files), lenient=lenient)
        console.diagnostics(read.findings)
        chosen = _chosen(read.references, keys)
        publications, legend = _set(chosen, style, names=tuple(owner or ()))
        console.text(formatted(publications, form, legend=legend))


def _contents(paths: Sequence[Path]) -> list[tuple[str, bytes]]:
    """Return the name and the content of each file, once.

    Raises:
        BibliographyError: for every file that cannot be read.
    """
    from cvforge.bibliography.reading.source import MAX_BYTES  # noqa: PLC0415  after --help
    from cvforge.files import read_file  # noqa: PLC0415  the same

    contents: list[tuple[str, bytes]] = []
    findings: list[Diagnostic] = []
    for path in dict.fromkeys(paths):
        try:
            content = read_file(path, limit=MAX_BYTES, error=BibliographyError)
        except CvforgeError as error:
            findings.extend(error.diagnostics)
        else:
            contents.append((path.as_posix(), content))
    if findings:
        raise BibliographyError(findings)
    return contents


def _of(severity: Severity, found: Sequence[Diagnostic]) -> list[Diagnostic]:
    return [finding for finding in found if finding.severity is severity]


def _counts(report: Report, found: Sequence[Diagnostic]) -> Iterator[dict[str, Any]]:
    for file, entries in report.entries.items():
        here = [each for each in found if each.place is not None and each.place.file == file]
        errors = len(_of(Severity.ERROR, here))
        yield {
            "file": file,
            "entries": entries,
            "errors": errors,
            "warnings": len(here) - errors,
        }


def _sentence(*, file: str, entries: int, errors: int, warnings: int) -> str:
    counts = (
        _counted(entries, "entry", "entries"),
        _counted(errors, "error", "errors"),
        _counted(warnings, "warning", "warnings"),
    )
    return f"{file}: {', '.join(counts)}"


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _chosen(references: Mapping[str, Reference], keys: Sequence[str] | None) -> list[Reference]:
    """Return the references of ``keys`` in the file's order; of None, all that are works.

    Raises:
        BibliographyError: for every key that is not there.
    """
    if keys is None:
        return [reference for reference in references.values() if not reference.is_parent]
    unknown = [key for key in dict.fromkeys(keys) if key not in references]
    if unknown:
        raise BibliographyError([_unknown(key, references) for key in unknown])
    chosen = {references[key].key for key in keys}
    return [reference for reference in references.values() if reference.key in chosen]


def _unknown(key: str, references: Mapping[str, Reference]) -> Diagnostic:
    near = nearest(key, references)
    return Diagnostic(
        "unknown-publication",
        f'the bibliography has no entry "{key}"',
        hint=None if near is None else f'did you mean "{near}"?',
    )


def _set(
    references: Sequence[Reference], style: str, *, names: tuple[str, ...]
) -> tuple[list[Publication], Inline]:
    """Return the publications in ``style``, and the legend of their marks.

    Raises:
        CvforgeError: if the style is not known, or cannot be read.
    """
    from cvforge.bibliography.house.style import Setting, legend, publication  # noqa: PLC0415  the same
    from cvforge.bibliography.owner import Owner, owner_positions  # noqa: PLC0415  after --help
    from cvforge.cv import Rank  # noqa: PLC0415  the same

    owner = Owner(names)
    made = [
        publication(each, owner=owner, setting=Setting(), rank=Rank(), place=None)
        for each in references
    ]
    if style == HOUSE_STYLE:
        note = legend(made, language=LANGUAGE)
        return made, () if note is None else note.content
    from cvforge.bibliography.csl import load_style  # noqa: PLC0415  an extra, for styles alone

    chosen = load_style(style, folder=Path(), language=LANGUAGE)
    citations = chosen.cite(references, owner=lambda each: owner_positions(each, owner))
    return [replace(p, citation=c) for p, c in zip(made, citations, strict=True)], ()
