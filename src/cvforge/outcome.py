"""What came of a build: a run of the engine accepted as a result, or refused with its reasons."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from cvforge.diagnostics import Diagnostic, Severity
from cvforge.errors import EngineError, EngineMissingError, TextLostError
from cvforge.frozen import dataclass
from cvforge.patterns import compile_of
from cvforge.pdf.inspection import page_count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cvforge.cv import Cv
    from cvforge.engine.base import LogFinding, Page, TexRun
    from cvforge.fit.fitting import Fitting
    from cvforge.templates.base import TexDocument


# What is needed when the engine has measured, and can be loaded while it does.
FITTING = ("cvforge.fit.fitting", "cvforge.fit.report")
# The same when a PDF is there.
LATER = ("pypdfium2", "cvforge.check.quick")
UNUSED_FONT = "unused-font"
# What this machine lacks, not the document.
ABSENT = frozenset({"missing-package", "missing-font"})
# What a PDF is not handed out with. The rest is for the whole check: one reader alone joins texts
# where it guesses wrong.
LOST = frozenset({"text-lost", "text-changed", "bad-character"})


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A finished CV, and how it was made to fit where it has a number of pages.

    ``pages`` are those that the class reported: the ones broken by the choice, and the last.
    ``fonts`` are the files and folders that decided about fallback fonts, where any was needed.
    """

    cv: Cv
    source: str
    pdf: bytes
    page_count: int
    pages: tuple[Page, ...]
    fitting: Fitting | None
    warnings: tuple[Diagnostic, ...]
    fonts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The document that is set in the end."""

    cv: Cv
    document: TexDocument
    fitting: Fitting | None = None


def load_fitting() -> None:
    """Load what fits, while the engine measures: nothing else is to be done then."""
    if not sys.modules.keys() >= {*FITTING}:
        for name in FITTING:
            import_module(name)
        compile_of("cvforge.engine.", "cvforge.fit.")  # which read what it says


def load_ahead() -> None:
    """Load what reads PDFs, in a thread: there is time while the engine works."""
    if not sys.modules.keys() >= {*LATER}:
        threading.Thread(target=_load_later, daemon=True).start()


def _load_later() -> None:
    for name in LATER:
        import_module(name)
    compile_of("cvforge.check.", "cvforge.pdf.")


def accepted(run: TexRun, outcome: Outcome, *, asked: TexDocument) -> BuildResult:
    """Return the result of a run over ``outcome``, or over ``asked``, which was measured first.

    Raises:
        TextLostError: when a machine would not read from the PDF what the CV says.
        EngineError: when anything else is wrong with the run.
    """
    warnings = raise_errors(run, asked=asked, answer=outcome.document)
    if run.pdf is None:
        raise EngineError.one("engine", "the engine wrote no PDF")
    from cvforge.check.quick import check_quickly  # noqa: PLC0415  loaded beside the engine

    try:
        pages = page_count(run.pdf)
        read = check_quickly(run.pdf, outcome.cv)
    except ValueError as error:
        raise EngineError.one("broken-pdf", f"the engine wrote no readable PDF: {error}") from None
    if lost := [finding for finding in read if finding.code in LOST]:
        raise TextLostError([_explained(finding, warnings) for finding in lost])
    wanted = outcome.cv.pages
    if pages == 0 or (wanted is not None and pages != wanted):
        raise EngineError.one(
            "page-count", f"{pages} pages were set where {wanted or 'some'} were planned"
        )
    if wanted is None and run.pages and run.pages[-1].height > 0:
        from cvforge.fit.refusal import short_last_page  # noqa: PLC0415  fitted CVs have none

        # TeX reports before it breaks the last page, so that more than a page may be waiting.
        last = run.pages[-1]
        used = last.used - (pages - last.number) * last.height
        warnings += short_last_page(outcome.cv.variant, pages, used / last.height)
    return BuildResult(
        outcome.cv,
        outcome.document.source,
        run.pdf,
        pages,
        run.pages,
        outcome.fitting,
        warnings,
    )


def raise_errors(run: TexRun, *, asked: TexDocument, answer: TexDocument) -> tuple[Diagnostic, ...]:
    """Return the warnings of a run.

    Raises:
        TextLostError: when all that is wrong are characters without a glyph.
        EngineMissingError: when it is packages or fonts that are not there.
        EngineError: when anything else is wrong.
    """
    found = [_diagnostic(f, answer if f.is_answer else asked) for f in run.findings]
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    if errors and all(error.code == "missing-glyph" for error in errors):
        raise TextLostError(errors)
    if errors and all(error.code in ABSENT for error in errors):
        raise EngineMissingError(errors)
    if errors:
        raise EngineError(errors)
    return tuple(found)


def unused_fonts(skipped: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Return warnings about the person's own fonts; each says which file and why."""
    hint = "get the font anew, or take the file away"
    return tuple(
        Diagnostic(UNUSED_FONT, f"not used as a font: {what}", None, hint, Severity.WARNING)
        for what in skipped
    )


def _explained(lost: Diagnostic, warnings: Sequence[Diagnostic]) -> Diagnostic:
    """Return what was lost with the reason, where its line is known to be too long."""
    line = None if lost.place is None else lost.place.line
    for warning in warnings:
        is_there = warning.place is not None and warning.place.line == line
        if warning.code == "overfull" and is_there:
            hint = f"{warning.message}, and off the sheet: let it break, or make it shorter"
            return replace(lost, hint=hint)
    return lost


def _diagnostic(finding: LogFinding, document: TexDocument) -> Diagnostic:
    place = None if finding.line is None else document.origin(finding.line)
    severity = Severity.ERROR if finding.is_error else Severity.WARNING
    return Diagnostic(finding.code, finding.message, place, finding.hint, severity)
