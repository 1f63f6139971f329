"""Everything about one document that is known before TeX runs, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from cvforge.cv import HEADER_KINDS, NOTE
from cvforge.engine.base import Engine, TexJob
from cvforge.engine.places import Stamp, digest
from cvforge.errors import TextLostError
from cvforge.fit.choice import Rules, SectionLimit, choose
from cvforge.fit.wishes import DENSITIES, EARLY, Wishes
from cvforge.frozen import dataclass
from cvforge.latex.fonts import FaceSet, declared_faces
from cvforge.latex.glyphs import lost_characters
from cvforge.latex.nodes import Writer
from cvforge.memory import Memory
from cvforge.outcome import BuildResult, Outcome, unused_fonts
from cvforge.templates.base import Layout
from cvforge.templates.folder import DEFAULT_TEMPLATE
from cvforge.templates.header import PHOTO_FILE
from cvforge.templates.registry import TemplateFiles, find_template, read_template
from cvforge.variant import find_variant, finish, show

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cvforge.cv import Cv, Photo
    from cvforge.engine.coverage import FontCoverage
    from cvforge.fit.fitting import Fitting
    from cvforge.fit.measures import Ruler
    from cvforge.memory import Shelf
    from cvforge.profile.model import Profile, Variant
    from cvforge.publications import Works
    from cvforge.templates.base import Template


@dataclass(frozen=True, slots=True)
class Tools:
    """What a build uses of the machine.

    ``epoch`` is the date inside the PDF in seconds since 1970 (UTC); None is the profile's own.
    ``heights`` is where it is remembered what blocks measured; None is nowhere. ``fonts`` is the
    folder of the person's own fonts, which need not exist.
    """

    engine: Engine
    coverage: FontCoverage
    epoch: int | None = None
    heights: Shelf | None = None
    fonts: Path | None = None

    def beside(self, profile: Path) -> Tools:
        """Return the tools with the folder of fonts beside a profile."""
        return replace(self, fonts=profile.parent / "fonts")


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the caller decides instead of the variant; None leaves it to the variant."""

    template: str | None = None
    pages: int | None = None
    density: str | None = None
    template_folder: Path | None = None  # of the person's own versions; None is cvforge's


UNCHANGED = Overrides()


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything that is known before TeX runs; ``cv`` holds all that may be shown."""

    variant: Variant
    template: Template
    files: TemplateFiles
    cv: Cv
    writer: Writer
    epoch: int

    @classmethod
    def of(  # noqa: PLR0913  the same
        cls,
        profile: Profile,
        name: str,
        works: Works,
        tools: Tools,
        overrides: Overrides,
        *,
        photo: Photo | None,
    ) -> Setting:
        """Find out all of it.

        Raises:
            CvforgeError: of the stage that failed, with all that it found.
        """
        variant = _overridden(find_variant(profile, name), overrides)
        template = _template(variant, overrides.template)
        files = read_template(template, folder=overrides.template_folder)
        faces = declared_faces(files.class_source)
        tools.coverage.require(file for face in faces for file in face.files)
        chain = partial(tools.coverage.chain, tools.fonts)
        face_set = FaceSet(faces, coverage=tools.coverage, chain=chain)
        cv = show(profile, name, variant=variant, works=works, photo=photo)
        if cv.pages is not None:
            cv = finish(choose(cv, Rules(variant.minimum_priority)))
        if lost := lost_characters(cv, face_set, engine=tools.engine.name):
            raise TextLostError([*lost, *unused_fonts(face_set.fonts_skipped())])
        writer = Writer(face_set, cv.language)
        return cls(variant, template, files, cv, writer, _epoch(profile, tools))

    def job(self, source: str) -> TexJob:
        """Return the job of a ``.tex``, with what stands beside it."""
        photo = self.cv.header.photo
        pictures = {} if photo is None else {PHOTO_FILE: photo.jpeg}
        files, is_shipped = self.files.files, self.files.is_shipped
        fonts = self.writer.faces.font_files()
        return TexJob(
            source, files, self.epoch, pictures=pictures, fonts=fonts, is_shipped=is_shipped
        )

    def noted(self, made: BuildResult) -> BuildResult:
        """Return a result with what is known of fonts by then."""
        faces = self.writer.faces
        warnings = (*unused_fonts(faces.fonts_skipped()), *made.warnings)
        return replace(made, fonts=faces.fonts_read(), warnings=warnings)

    def wishes(self) -> Wishes:
        """Return what is wished of its pages."""
        fit, density = self.variant.fit, self.variant.design.density
        reach = DENSITIES[: DENSITIES.index(fit.floor) + 1]
        return Wishes(
            pages=self.cv.pages or 1,
            densities=reach if density is None else (density,),
            prefer=fit.prefer,
            weights=fit.weights,
            limits=rules(self.variant).limits,
            place=self.variant.place,
        )

    @property
    def numbers(self) -> range:
        """Those of all blocks."""
        return range(len(self.template.blocks(self.cv, self.writer)))

    def stages(self, memory: Memory) -> list[dict[str, tuple[int, ...] | None]]:
        """Return the blocks to measure by densities; after each stage it may be enough."""
        missing = {density: memory.missing(density) for density in self.wishes().densities}
        asked = {density: numbers for density, numbers in missing.items() if numbers != ()}
        early = {density: numbers for density, numbers in asked.items() if density in EARLY}
        later = {density: numbers for density, numbers in asked.items() if density not in EARLY}
        return [stage for stage in (early, later) if stage]

    def memory(self, shelf: Shelf | None) -> Memory:
        """Return what is known of the heights of all blocks."""
        blocks = self.template.blocks(self.cv, self.writer)
        sources = [block.source for block in blocks]
        if shelf is None:
            return Memory(sources)
        kinds = sorted({block.kind for block in blocks})
        job = self.job(self.template.ruler(self.cv, self.writer).source)
        fonts = [str(Stamp.here(path)) for path in job.fonts.values()]
        pictures = [digest(name, content) for name, content in job.pictures.items()]
        return shelf.memory(sources, job.source, *kinds, *fonts, *pictures)

    def decided(self, rulers: Mapping[str, Ruler]) -> Outcome | None:
        """Return the best choice, None when another density may be better."""
        from cvforge.fit.fitting import UndecidedError, fit  # noqa: PLC0415  see `load_fitting`
        from cvforge.fit.tree import keep  # noqa: PLC0415  the same

        kinds = [block.kind for block in self.template.blocks(self.cv, self.writer)]
        try:
            made = fit(self.cv, kinds, rulers=rulers, wishes=self.wishes())
        except UndecidedError:
            return None
        cv = finish(keep(self.cv, made.solution.kept))
        layout = _layout(made, [block.kind for block in self.template.blocks(cv, self.writer)])
        document = self.template.document(cv, self.writer, layout, chosen_of=self.cv)
        return Outcome(cv, document, made)


def _layout(made: Fitting, kinds: Sequence[str]) -> Layout:
    """Return the pages of a choice by the numbers of the blocks that are set."""
    numbers = [n for n, kind in enumerate(kinds) if kind not in HEADER_KINDS | {NOTE}]
    number_of = dict(zip(sorted(made.solution.kept), numbers, strict=True))
    return Layout(
        density=made.ruler.density,
        pages=made.wishes.pages,
        breaks=frozenset(number_of[page[0]] for page in made.solution.pages[1:]),
        is_filled=made.lacks_room,
    )


def _overridden(variant: Variant, overrides: Overrides) -> Variant:
    made = variant
    if overrides.pages is not None:
        made = made.model_copy(update={"pages": overrides.pages})
    if overrides.density is not None:
        design = made.design.model_copy(update={"density": overrides.density})
        made = made.model_copy(update={"design": design})
    return made


def _template(variant: Variant, wanted: str | None) -> Template:
    """Return the template that was asked for, or the one that the variant names at its place."""
    if wanted is not None or variant.template is None:
        return find_template(wanted or DEFAULT_TEMPLATE)
    place = None if variant.place is None else variant.place.narrowed(variant.template)
    return find_template(variant.template, place=place)


def rules(variant: Variant) -> Rules:
    """Return what a variant says about choosing."""
    limits = {
        section: SectionLimit(limit.entries, limit.bullets, limit.at_least)
        for section, limit in variant.limits.items()
    }
    return Rules(variant.minimum_priority, limits)


def _epoch(profile: Profile, tools: Tools) -> int:
    if tools.epoch is not None:
        return tools.epoch
    day = None if profile.updated is None else profile.updated.first_day()
    return 0 if day is None else (day.toordinal() - 719_163) * 86_400
