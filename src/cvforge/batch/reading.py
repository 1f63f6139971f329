"""Reads a profile with its bibliography, and notes which files that took."""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from cvforge import library
from cvforge.choices import check_choices
from cvforge.frozen import dataclass
from cvforge.profile.load import load_profile, private_overlay
from cvforge.profile.references import variant_names
from cvforge.reads import listening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cvforge.batch.job import Job
    from cvforge.bibliography.reading.store import BibliographyStore
    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Diagnostic
    from cvforge.profile.load import LoadedProfile


@dataclass(frozen=True, slots=True)
class ReadProfile:
    """A profile that is good to build; ``files`` are all that were read, ``own`` without .bib."""

    loaded: LoadedProfile
    references: Mapping[str, Reference]
    warnings: tuple[Diagnostic, ...]
    own: Mapping[str, str | None]
    files: Mapping[str, str | None]

    @property
    def variants(self) -> tuple[str, ...]:
        """The names of all variants."""
        return variant_names(self.loaded.profile)


@dataclass(frozen=True, slots=True)
class Reading:
    """One attempt to read a profile: what was read and found is known after an error as well."""

    files: dict[str, str | None]
    warnings: list[Diagnostic]

    def read(self, job: Job, store: BibliographyStore) -> ReadProfile:
        """Read the profile of a job.

        Raises:
            CvforgeError: when it, its overlay or its bibliography is not valid.
        """
        options = job.options
        with noting(self.files):
            if options.overlay is None:
                self.files[private_overlay(job.profile).as_posix()] = None
            loaded = load_profile(job.profile, overlay=options.overlay, settings=options.settings)
            own = dict(self.files)
            found, references = with_library(
                loaded, lenient=options.lenient, store=store, report=self.warnings.extend
            )
        return ReadProfile(found, references, tuple(self.warnings), own, dict(self.files))


@contextmanager
def noting(files: dict[str, str | None]) -> Iterator[None]:
    """Note in ``files`` what is read, by its SHA-256; what cannot be read has None."""

    def note(path: Path, content: bytes | None) -> None:
        files[path.as_posix()] = None if content is None else sha256(content).hexdigest()

    with listening(note):
        yield


def with_library(
    loaded: LoadedProfile,
    *,
    lenient: bool,
    store: BibliographyStore,
    report: Callable[[Sequence[Diagnostic]], None],
) -> tuple[LoadedProfile, Mapping[str, Reference]]:
    """Return the profile with its bibliography; warnings about both are reported.

    Raises:
        BibliographyError: if the bibliography is not valid.
        ProfileError: if a publication is listed that is not in it, or listed twice, or what is
            chosen by is misspelt.
    """
    read = library.read_library(loaded, lenient=lenient, store=store)
    report(read.findings)
    report(library.check_publications(loaded, read))
    resolved = library.resolved(loaded, read)
    report(check_choices(resolved, read.references))
    return resolved, read.references
