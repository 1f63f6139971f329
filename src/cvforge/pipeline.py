"""Calls the stages in order: profile, variant, choice, LaTeX, engine, inspection."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.errors import EngineError, ProfileError
from cvforge.fit.choice import choose
from cvforge.fit.measures import measured, read_rulers
from cvforge.outcome import (
    BuildResult,
    Outcome,
    accepted,
    load_ahead,
    load_fitting,
    raise_errors,
    unused_fonts,
)
from cvforge.setting import UNCHANGED, Overrides, Setting, Tools, rules
from cvforge.variant import finish

if TYPE_CHECKING:
    from cvforge.cv import Photo
    from cvforge.diagnostics import Diagnostic
    from cvforge.fit.fitting import Fitting
    from cvforge.memory import Memory
    from cvforge.profile.model import Profile
    from cvforge.publications import Works


def build(  # noqa: PLR0913  all that was read, and what to do with it
    profile: Profile,
    name: str,
    *,
    works: Works,
    tools: Tools,
    overrides: Overrides = UNCHANGED,
    photo: Photo | None = None,
) -> BuildResult:
    """Make the CV of one variant; ``photo`` is what it shows of the person.

    Raises:
        CvforgeError: of the stage that failed, with all that it found.
    """
    setting = Setting.of(profile, name, works, tools, overrides, photo=photo)
    if setting.cv.pages is None:
        cv = finish(choose(setting.cv, rules(setting.variant)))
        outcome = Outcome(cv, setting.template.document(cv, setting.writer))
        return setting.noted(_set(setting, outcome, tools))
    memory = setting.memory(tools.heights)
    if (known := memory.rulers({})) and (remembered := setting.decided(known)) is not None:
        with suppress(EngineError):
            return setting.noted(_set(setting, remembered, tools))
        memory.forget()  # it may have been wrong
    made = _measured_and_set(setting, memory, tools)
    memory.keep()
    return setting.noted(made)


def _set(setting: Setting, outcome: Outcome, tools: Tools) -> BuildResult:
    job = replace(setting.job(outcome.document.source), meanwhile=load_ahead)
    run = tools.engine.run(job)
    return accepted(run, outcome, asked=outcome.document)


def _measured_and_set(setting: Setting, memory: Memory, tools: Tools) -> BuildResult:
    answers: list[Outcome] = []
    stages = setting.stages(memory)
    left = [*stages]

    def answer(report: str) -> str | None:
        rulers = read_rulers(report)
        while left and not answers:
            asked = {d: setting.numbers if n is None else n for d, n in left.pop(0).items()}
            made = setting.decided(memory.rulers(measured(rulers, asked)))
            if made is not None:
                answers.append(made)
            elif not left or not left[0].keys() <= rulers.keys():
                return None
        return answers[0].document.source if answers else None

    def meanwhile() -> None:
        if not answers:
            load_fitting()
            load_ahead()

    ruler = setting.template.ruler(setting.cv, setting.writer, *stages)
    job = replace(setting.job(ruler.source), answer=answer, meanwhile=meanwhile)
    run = tools.engine.run(job)
    made = answers[0] if answers else Outcome(setting.cv, ruler)
    return accepted(run, made, asked=ruler)


def measure(  # noqa: PLR0913  the same
    profile: Profile,
    name: str,
    *,
    works: Works,
    tools: Tools,
    overrides: Overrides = UNCHANGED,
    photo: Photo | None = None,
) -> Fitting:
    """Return how a variant with a number of pages would be fitted, without setting it.

    Raises:
        ProfileError: when the variant has no number of pages.
        CvforgeError: of the stage that failed, with all that it found.
    """
    setting = Setting.of(profile, name, works, tools, overrides, photo=photo)
    if setting.cv.pages is None:
        raise ProfileError.one(
            "no-pages",
            f'"{name}" has no number of pages to fit',
            place=setting.variant.place,
            hint='give it "pages: 1", or use --pages',
        )
    every = dict.fromkeys(setting.wishes().densities)
    ruler = setting.template.ruler(setting.cv, setting.writer, every)
    run = tools.engine.run(setting.job(ruler.source))
    raise_errors(run, asked=ruler, answer=ruler)
    asked = dict.fromkeys(every, setting.numbers)
    outcome = setting.decided(measured(read_rulers(run.log), asked))
    if outcome is None or (made := outcome.fitting) is None:
        raise AssertionError("a fitted outcome has a fitting")
    return made


def check_glyphs(
    profile: Profile, name: str, *, works: Works, tools: Tools, overrides: Overrides = UNCHANGED
) -> tuple[Diagnostic, ...]:
    """Look for a glyph of every character that a variant may show; return warnings about fonts.

    Raises:
        EngineMissingError: when the template's own fonts are not installed.
        TextLostError: with every character that no font here has.
        CvforgeError: of another stage before TeX runs.
    """
    setting = Setting.of(profile, name, works, tools, overrides, photo=None)
    return unused_fonts(setting.writer.faces.fonts_skipped())
