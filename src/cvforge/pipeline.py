"""Calls the stages in order: profile, variant, choice, LaTeX, engine, inspection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cvforge.diagnostics import Diagnostic, Place, Severity
from cvforge.engine.base import Engine, LastPage, LogFinding, TexJob, TexRun
from cvforge.engine.log import MILLIMETRES_PER_POINT
from cvforge.errors import EngineError, PageLimitError, TextLostError
from cvforge.fit.choice import Rules, SectionLimit, choose
from cvforge.latex.fonts import FaceSet, declared_faces
from cvforge.latex.glyphs import lost_characters
from cvforge.latex.nodes import Writer
from cvforge.pdf.inspection import page_count
from cvforge.templates.registry import find_template, read_template
from cvforge.variant import DEFAULT_TEMPLATE, find_variant, finish, show

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cvforge.bibliography.reader import Reference
    from cvforge.cv import Cv
    from cvforge.engine.coverage import FontCoverage
    from cvforge.profile.model import Profile, Variant
    from cvforge.templates.base import Template, TexDocument


@dataclass(frozen=True, slots=True)
class Tools:
    """What a build uses of the machine.

    ``epoch`` is the date inside the PDF in seconds since 1970 (UTC); None is the profile's own.
    """

    engine: Engine
    coverage: FontCoverage
    epoch: int | None = None


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A finished CV; ``fullness`` is the share of the last page that its text takes up."""

    cv: Cv
    source: str
    pdf: bytes
    pages: int
    fullness: float | None
    warnings: tuple[Diagnostic, ...]


def build(
    profile: Profile,
    name: str,
    *,
    library: Mapping[str, Reference],
    tools: Tools,
    template_name: str | None = None,
) -> BuildResult:
    """Make the CV of one variant.

    Raises:
        CvforgeError: of the stage that failed, with all that it found.
    """
    variant = find_variant(profile, name)
    template = _template(variant, template_name)
    files = read_template(template)
    cv = finish(choose(show(profile, name, library=library), rules(variant)))
    faces = declared_faces(files.class_source)
    tools.coverage.require(file for face in faces for file in face.files)
    face_set = FaceSet(faces, coverage=tools.coverage)
    if lost := lost_characters(cv, face_set):
        raise TextLostError(lost)
    document = template.document(cv, Writer(face_set))
    run = tools.engine.run(TexJob(document.source, files.files, _epoch(profile, tools)))
    return _checked(run, document, cv, place=variant.place)


def _template(variant: Variant, wanted: str | None) -> Template:
    """Return the template that was asked for, or the one that the variant names at its place."""
    if wanted is not None or variant.template is None:
        return find_template(wanted or DEFAULT_TEMPLATE)
    place = None if variant.place is None else variant.place.narrowed(variant.template)
    return find_template(variant.template, place=place)


def rules(variant: Variant) -> Rules:
    """Return what a variant says about choosing."""
    limits = {
        section: SectionLimit(limit.entries, limit.bullets)
        for section, limit in variant.limits.items()
    }
    return Rules(variant.minimum_priority, limits)


def _epoch(profile: Profile, tools: Tools) -> int:
    if tools.epoch is not None:
        return tools.epoch
    day = None if profile.updated is None else profile.updated.first_day()
    return 0 if day is None else (day.toordinal() - 719_163) * 86_400


def _checked(run: TexRun, document: TexDocument, cv: Cv, *, place: Place | None) -> BuildResult:
    findings = [_diagnostic(finding, document) for finding in run.findings]
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if run.pdf is None or errors:
        raise _failure(errors)
    try:
        pages = page_count(run.pdf)
    except ValueError as error:
        raise EngineError.one("broken-pdf", f"the engine wrote no readable PDF: {error}") from None
    if pages == 0:
        raise EngineError.one("no-pages", "the engine wrote a PDF without pages")
    if cv.pages is not None and pages > cv.pages:
        raise PageLimitError([_too_long(cv, pages, run.last_page, place)])
    last = run.last_page
    fullness = None if last is None else last.used / last.height
    return BuildResult(cv, document.source, run.pdf, pages, fullness, tuple(findings))


def _failure(errors: Sequence[Diagnostic]) -> TextLostError | EngineError:
    if errors and all(error.code == "missing-glyph" for error in errors):
        return TextLostError(errors)
    return EngineError(errors or [Diagnostic("engine", "the engine wrote no PDF")])


def _diagnostic(finding: LogFinding, document: TexDocument) -> Diagnostic:
    place = None if finding.line is None else document.origin(finding.line)
    severity = Severity.ERROR if finding.is_error else Severity.WARNING
    return Diagnostic(finding.code, finding.message, place, severity=severity)


def _too_long(cv: Cv, pages: int, last: LastPage | None, place: Place | None) -> Diagnostic:
    limit = cv.pages or 0
    allowed = "1 page is" if limit == 1 else f"{limit} pages are"
    by = ""
    if last is not None:
        points = (last.number - 1 - limit) * last.height + last.used
        by = f": {points * MILLIMETRES_PER_POINT:.0f} mm too much"
    return Diagnostic(
        "too-many-pages",
        f'"{cv.variant}" takes {pages} pages, {allowed} allowed{by}',
        place,
        'raise its "minimum_priority" or lower its "limits"' + _closer(cv.design.density),
    )


def _closer(density: str) -> str:
    return "" if density == "tight" else ', or set "design: {density: tight}"'
