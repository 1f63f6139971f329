"""Does jobs in this process, one variant after the other, with engines that wait for them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cvforge import pipeline
from cvforge.batch.job import Failed, Form, Made, Planned
from cvforge.batch.reading import Reading, ReadProfile, noting
from cvforge.bibliography.reading.store import BibliographyStore
from cvforge.citation_styles import styles_for
from cvforge.counter import unseen
from cvforge.engine.places import Stamp, digest
from cvforge.engine.preload import options_of
from cvforge.errors import CvforgeError
from cvforge.files import refused
from cvforge.latex.fonts import declared_files
from cvforge.memory import Shelf
from cvforge.photo.store import PhotoStore
from cvforge.publications import Works
from cvforge.record import Inputs, content_sum
from cvforge.setting import Overrides
from cvforge.templates.folder import DEFAULT_TEMPLATE, class_files, dependencies
from cvforge.variant import find_variant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from cvforge.batch.job import Event, Forms, Job
    from cvforge.diagnostics import Diagnostic
    from cvforge.engine.texlive import TexLive
    from cvforge.outcome import BuildResult
    from cvforge.setting import Tools

# What each engine runs; the PDF depends on them.
PROGRAMS = {
    "xelatex": ("xetex", "xdvipdfmx"),
    "lualatex": ("lualatex",),
    "tectonic": ("tectonic",),
}
MAX_WAITING = 4


class Workshop:
    """The tools of one process, and what they know from the jobs before.

    ``ahead`` engines wait whenever a variant is begun. ``progress`` is shown while one is set.
    ``known`` says what documents were the last time, by profile and variant; ``forms`` what they
    were this time.
    """

    def __init__(
        self,
        tex: TexLive,
        tools: Tools,
        *,
        ahead: int = 1,
        progress: Callable[[str], AbstractContextManager[None]] = unseen,
        known: Forms | None = None,
    ) -> None:
        self._tex = tex
        self._tools = tools
        self._ahead = ahead
        self._progress = progress
        self._store = BibliographyStore(tex.cache / "bibliographies")
        self._photos = PhotoStore(tex.cache / "photos")
        self._surroundings: dict[str, Inputs] = {}
        self._known = known or {}
        self.forms: dict[tuple[str, str], Form] = {}
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
        forms = [form for (path, _), form in self.forms.items() if path == job.profile.as_posix()]
        for form in dict.fromkeys(forms):
            self._wait(form, min(forms.count(form), MAX_WAITING), job.options.template_folder)

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
                folder = job.options.template_folder
                files |= {path: content_sum(path) for path in dependencies(template, folder)}
                self._wait(self._form(job, name, template), self._ahead, folder)
                made = self._set(job, profile, name, warnings)
        except (CvforgeError, OSError) as error:
            return _failed(name, error, warnings, files)
        self.forms[job.profile.as_posix(), name] = Form(template, options_of(made.source))
        around = self._around(template, folder)
        line, fields = _described(made)
        fonts = map(Stamp.here, made.fonts)
        inputs = Inputs(files, (*around.stamps, *fonts), around.programs)
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
            tools=replace(
                self._tools,
                fonts=job.profile.parent / "fonts",
                heights=self._heights(job, profile, name),
            ),
            overrides=Overrides(
                options.template, options.pages, options.density, options.template_folder
            ),
            photo=self._photos.photo(profile.loaded, name),
        )

    def _template(self, job: Job, profile: ReadProfile, name: str) -> str:
        if job.options.template is not None:
            return job.options.template
        return find_variant(profile.loaded.profile, name).template or DEFAULT_TEMPLATE

    def _form(self, job: Job, name: str, template: str) -> Form:
        """Return what a variant was set as the last time, or what is likely."""
        which = job.profile.as_posix(), name
        known = self.forms.get(which, self._known.get(which))
        return known if known is not None and known.template == template else Form(template)

    def _wait(self, form: Form, count: int, folder: Path | None) -> None:
        with suppress(OSError, CvforgeError):  # a template that is not there: the pipeline says so
            files = class_files(form.template, folder)
            self._tools.engine.reserve(files, count, options=form.options)

    def _heights(self, job: Job, profile: ReadProfile, name: str) -> Shelf:
        """Return where it is kept what the blocks of a variant measure."""
        template = self._template(job, profile, name)
        folder = job.options.template_folder
        around = self._around(template, folder)
        files = class_files(template, folder)
        contents = [part for file in sorted(files) for part in (file, files[file])]
        record = digest(str(job.profile.absolute()), name, str(job.options))
        identity = digest(self._tools.engine.name, str(around), *contents)
        return Shelf(self._tex.cache / "heights" / f"{record}.json", identity)

    def _around(self, template: str, folder: Path | None) -> Inputs:
        """Return what is used of the system with a template, as it was the first time."""
        files = None if folder is None else class_files(template, folder)
        key = template if files is None else digest(*files.values())  # they may change
        if key not in self._surroundings:
            files = files or class_files(template)
            fonts = self._tex.find(declared_files(files))
            names = PROGRAMS.get(self._tools.engine.name, ())
            found = {name: str(path) for name in names if (path := self._tex.program(name))}
            paths: list[str | Path] = [*fonts.values(), *found.values()]
            stamps = [Stamp.of(path) for path in paths]
            lists = self._tex.places().sources
            self._surroundings[key] = Inputs({}, (*stamps, *lists), found)
        return self._surroundings[key]


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
    from cvforge.fit.report import explain, summary  # noqa: PLC0415  loaded beside the engine

    report = explain(made.fitting)
    return f"{line}; {summary(report)}", fields | {
        "density": report.density,
        "fullness": round(report.fullness, 4),
        "kept": len(report.kept),
        "blocks": len(report.lines),
        "left_out": [line.label for line in report.left_out],
    }
