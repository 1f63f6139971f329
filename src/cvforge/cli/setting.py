"""What the commands that set pages share: what is to be done, and how its tools are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.batch.machine import cache_folder, find_tex, find_tools, user_cache
from cvforge.errors import CvforgeError
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from cvforge.bibliography.reference import Reference
    from cvforge.console import Console
    from cvforge.cv import Photo
    from cvforge.diagnostics import Diagnostic
    from cvforge.profile.load import LoadedProfile
    from cvforge.publications import Works

__all__ = [
    "Task",
    "find_tex",
    "find_tools",
    "for_each",
    "tasks",
    "user_cache",
    "with_library",
]


@dataclass(frozen=True, slots=True)
class Task:
    """One variant of one profile, with all that was read for it."""

    loaded: LoadedProfile
    variant: str
    library: Mapping[str, Reference]

    def works(self, console: Console) -> Works:
        """Return the works with the citation styles that the variant asks for.

        Raises:
            BibliographyError: if a style is not known, not installed or broken.
        """
        from cvforge.citation_styles import styles_for  # noqa: PLC0415  after --help
        from cvforge.publications import Works  # noqa: PLC0415  the same

        def report(finding: Diagnostic) -> None:
            console.diagnostics((finding,))

        return Works(self.library, styles_for(self.loaded, self.variant, report=report))

    def photo(self) -> Photo | None:
        """Return the photo that the variant shows.

        Raises:
            ProfileError: if it cannot be read or decoded.
        """
        from cvforge.photo.store import PhotoStore  # noqa: PLC0415  after --help

        with cache_folder() as cache:
            return PhotoStore(cache / "photos").photo(self.loaded, self.variant)


def tasks(
    paths: Sequence[Path],
    load: Callable[[Path], LoadedProfile],
    *,
    variants: Sequence[str] | None,
    console: Console,
    lenient: bool = False,
) -> list[Task]:
    """Return every variant of every profile; a profile that is broken is reported and left out.

    ``variants`` of None stands for those that each profile has.
    """
    made: list[Task] = []
    for path in paths:
        try:
            loaded, library = with_library(load(path), lenient=lenient, console=console)
        except CvforgeError as error:
            console.fail(error)
            continue
        names = dict.fromkeys(variants or _all_variants(loaded))
        made.extend(Task(loaded, name, library) for name in names)
    return made


def for_each(planned: Sequence[Task], work: Callable[[Task], None], *, console: Console) -> None:
    """Do ``work`` for every task; what fails is reported, and the rest done."""
    for task in planned:
        try:
            work(task)
        except CvforgeError as error:
            console.fail(error)


def with_library(
    loaded: LoadedProfile, *, lenient: bool, console: Console
) -> tuple[LoadedProfile, Mapping[str, Reference]]:
    """Return the profile with its bibliography; warnings about both are shown.

    Raises:
        BibliographyError: if the bibliography is not valid.
        ProfileError: if a publication is listed that is not in it, or listed twice, or what is
            chosen by is misspelt.
    """
    from cvforge.batch import reading  # noqa: PLC0415  after --help
    from cvforge.bibliography.reading.store import BibliographyStore  # noqa: PLC0415  the same

    with cache_folder() as cache:
        store = BibliographyStore(cache / "bibliographies")
        return reading.with_library(
            loaded, lenient=lenient, store=store, report=console.diagnostics
        )


def _all_variants(loaded: LoadedProfile) -> tuple[str, ...]:
    from cvforge.profile.references import variant_names  # noqa: PLC0415  after --help

    return variant_names(loaded.profile)
