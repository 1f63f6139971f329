"""Does jobs in this process, one variant after the other, with engines that wait for them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cvforge import pipeline
from cvforge.batch.job import Failed, Made, Planned
from cvforge.batch.reading import Reading, ReadProfile, noting
from cvforge.bibliography.reading.store import BibliographyStore
from cvforge.citation_styles import styles_for
from cvforge.counter import unseen
from cvforge.engine.places import Stamp
from cvforge.engine.preload import options_of
from cvforge.errors import CvforgeError
from cvforge.files import refused
from cvforge.fit.report import explain, summary
from cvforge.latex.fonts import declared_faces
from cvforge.pipeline import Overrides
from cvforge.publications import Works
from cvforge.record import Inputs, content_sum
from cvforge.templates.folder import DEFAULT_TEMPLATE, class_files, template_paths
from cvforge.variant import find_variant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from cvforge.batch.job import Event, Job
    from cvforge.diagnostics import Diagnostic
    from cvforge.engine.texlive import TexLive
    from cvforge.outcome import BuildResult
    from cvforge.pipeline import Tools

# What each engine runs; the PDF depends on them.
PROGRAMS = {
    "xelatex": ("xetex", "xdvipdfmx"),
    "lualatex": ("lualatex",),
    "tectonic": ("tectonic",),
}
MAX_WAITING = 4


@dataclass(frozen=True, slots=True)
class Form:
    """What decides which engine may wait for a document: its template and class options."""

    template: str = DEFAULT_TEMPLATE
    options: frozenset[str] = frozenset()


class Workshop:
    """The tools of one process, and what they know from the jobs before.

    ``ahead`` engines wait whenever a variant is begun. ``progress`` is shown while one is set.
    """

    def __init__(
        self,
        tex: TexLive,
        tools: Tools,
        *,
        ahead: int = 1,
        progress: Callable[[str], AbstractContextManager[None]] = unseen,
    ) -> None:
        self._tex = tex
        self._tools = tools
        self._ahead = ahead
        self._progress = progress
        self._store = BibliographyStore(tex.cache / "bibliographies")
        self._surroundings: dict[str, Inputs] = {}
        self._forms: dict[tuple[str, str], Form] = {}
        self._last: tuple[Job, ReadProfile] | None = None

    def do(self, job: Job) -> Iterator[Event]:
        """Yield what comes of a job: what is planned, then each variant."""
        reading = Reading({}, [])
        try:
            profile = self._read(job, reading)
        except (CvforgeError, OSError) as error:
            yield _failed(None, error, reading.warnings, reading.files)
            return
        yield Planned(profile.variants, Inputs(profile.own))
        for name in job.variants or profile.variants:
            yield self._built(job, profile, name)

    def reserve(self, job: Job) -> None:
        """Let as many engines wait as this job used, for the next time."""
        forms = [form for (path, _), form in self._forms.items() if path == job.profile.as_posix()]
        for form in dict.fromkeys(forms):
            self._wait(form, min(forms.count(form), MAX_WAITING))

    def _read(self, job: Job, reading: Reading) -> ReadProfile:
        """Read a profile, unless it is the last one and nothing of it has changed.

        Raises:
            CvforgeError: when it is not valid.
        """
        if self._last is not None:
            before, profile = self._last
            is_same = (before.profile, before.options) == (job.profile, job.options)
            if is_same and Inputs(profile.files).hold():
                return profile
        profile = reading.read(job, self._store)
        self._last = job, profile
        return profile

    def _built(self, job: Job, profile: ReadProfile, name: str) -> Made | Failed:
        files = dict(profile.files)
        warnings = list(profile.warnings)
        try:
            with self._progress(f"{job.profile}: setting {name}"), noting(files):
                template = self._template(job, profile, name)
                files |= {path.as_posix(): content_sum(path) for path in template_paths(template)}
                self._wait(self._form(job, name, template), self._ahead)
                made = self._set(job, profile, name, warnings)
        except (CvforgeError, OSError) as error:
            return _failed(name, error, warnings, files)
        self._forms[job.profile.as_posix(), name] = Form(template, options_of(made.source))
        around = self._around(template)
        line, fields = _described(made)
        inputs = Inputs(files, around.stamps, around.programs)
        return Made(name, made.pdf, line, fields, (*warnings, *made.warnings), inputs)

    def _set(
        self, job: Job, profile: ReadProfile, name: str, warnings: list[Diagnostic]
    ) -> BuildResult:
        options = job.options
        works = Works(profile.references, styles_for(profile.loaded, name, report=warnings.append))
        return pipeline.build(
            profile.loaded.profile,
            name,
            works=works,
            tools=self._tools,
            overrides=Overrides(options.template, options.pages, options.density),
        )

    def _template(self, job: Job, profile: ReadProfile, name: str) -> str:
        if job.options.template is not None:
            return job.options.template
        return find_variant(profile.loaded.profile, name).template or DEFAULT_TEMPLATE

    def _form(self, job: Job, name: str, template: str) -> Form:
        """Return what a variant was set as the last time, or what is likely."""
        known = self._forms.get((job.profile.as_posix(), name))
        return known if known is not None and known.template == template else Form(template)

    def _wait(self, form: Form, count: int) -> None:
        with suppress(OSError):  # a template that is not there: the pipeline says so
            files = class_files(form.template)
            self._tools.engine.reserve(files, count, options=form.options)

    def _around(self, template: str) -> Inputs:
        """Return what is used of the system with a template, as it was the first time."""
        if template not in self._surroundings:
            files = class_files(template)
            texts = [content.decode() for name, content in files.items() if name.endswith(".cls")]
            faces = [face for text in texts for face in declared_faces(text)]
            fonts = self._tex.find(file for face in faces for file in face.files)
            names = PROGRAMS.get(self._tools.engine.name, ())
            found = {name: str(path) for name in names if (path := self._tex.program(name))}
            paths: list[str | Path] = [*fonts.values(), *found.values()]
            stamps = [Stamp.of(path) for path in paths]
            lists = self._tex.places().sources
            self._surroundings[template] = Inputs({}, (*stamps, *lists), found)
        return self._surroundings[template]


def _failed(
    variant: str | None,
    error: CvforgeError | OSError,
    warnings: list[Diagnostic],
    files: dict[str, str | None],
) -> Failed:
    if isinstance(error, OSError):
        error = refused(error)
    return Failed(variant, error.exit_status, (*warnings, *error.diagnostics), Inputs(files))


def _described(made: BuildResult) -> tuple[str, dict[str, Any]]:
    """Return what a PDF is like, for people and for machines."""
    line = "1 page" if made.page_count == 1 else f"{made.page_count} pages"
    fields: dict[str, Any] = {"pages": made.page_count}
    if made.fitting is None:
        return line, fields
    report = explain(made.fitting)
    return f"{line}; {summary(report)}", fields | {
        "density": report.density,
        "fullness": round(report.fullness, 4),
        "kept": len(report.kept),
        "blocks": len(report.lines),
        "left_out": [line.label for line in report.left_out],
    }
