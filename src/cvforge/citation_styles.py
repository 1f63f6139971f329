"""The citation styles that a variant asks for: looked up, loaded, their warnings kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.frozen import dataclass
from cvforge.profile.model import PublicationsSection
from cvforge.publications import HOUSE_STYLE
from cvforge.variant import find_variant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cvforge.bibliography.csl import CitationStyle
    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Diagnostic, Place
    from cvforge.inline import Inline
    from cvforge.profile.load import LoadedProfile


@dataclass(frozen=True, slots=True)
class Reporting:
    """A style whose warnings go to ``report``."""

    style: CitationStyle
    report: Callable[[Diagnostic], None]

    def cite(
        self, references: Sequence[Reference], *, owner: Callable[[Reference], frozenset[int]]
    ) -> list[Inline]:
        """Return each reference as the style sets it.

        Raises:
            BibliographyError: for every entry that the style cannot set.
        """
        return self.style.cite(references, owner=owner, report=self.report)


def styles_for(
    loaded: LoadedProfile, name: str, *, report: Callable[[Diagnostic], None]
) -> dict[str, Reporting]:
    """Return the citation styles of the variant ``name`` by the names that the profile uses.

    Raises:
        BibliographyError: if one is not known, not installed or broken.
        ProfileError: if there is no such variant.
    """
    wanted = wanted_styles(loaded, name)
    if not wanted:
        return {}
    from cvforge.bibliography.csl import load_style  # noqa: PLC0415  few CVs need one

    language = find_variant(loaded.profile, name).language or loaded.profile.language
    folder = loaded.path.parent
    return {
        style: Reporting(load_style(style, folder=folder, language=language, place=place), report)
        for style, place in wanted.items()
    }


def wanted_styles(loaded: LoadedProfile, name: str) -> dict[str, Place | None]:
    """Return the names of the styles, and where each is written first."""
    variant = find_variant(loaded.profile, name)
    wanted: dict[str, Place | None] = {}
    for section in loaded.profile.sections:
        if not isinstance(section, PublicationsSection):
            continue
        for design in (variant.publications, section.show):
            if design.style is not None:
                place = None if design.place is None else design.place.narrowed(design.style)
                wanted.setdefault(design.style, place)
                break
    wanted.pop(HOUSE_STYLE, None)
    return wanted
