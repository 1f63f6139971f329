"""A job with all that it reads as bytes, for a machine that has no disk in common with this one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cvforge.batch.job import Made, Planned
from cvforge.citation_styles import wanted_styles
from cvforge.errors import CvforgeError
from cvforge.files import read_file
from cvforge.library import MAX_BYTES, bibliography_paths
from cvforge.photo.file import is_shown, read_photo
from cvforge.profile.load import load_profile
from cvforge.profile.references import variant_names
from cvforge.reads import listening
from cvforge.record import Inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cvforge.batch.job import Event, Job
    from cvforge.batch.workshop import Workshop
    from cvforge.diagnostics import Diagnostic
    from cvforge.profile.load import LoadedProfile

# Where what stands beside the profile is unpacked, and where an overlay from elsewhere.
BESIDE, ABOVE = "profile", "overlay"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A job and its files, by the paths that they have on the machine they come from."""

    job: Job
    files: dict[str, bytes]

    def do(self, workshop: Callable[[Job], Workshop]) -> list[Event]:
        """Do the job in a folder of its own, and tell of it as if it had been done at home."""
        with TemporaryDirectory(prefix="cvforge-") as name:
            job = self._unpacked(Path(name).resolve())
            home = _Home(Path(name).resolve(), self.job)
            return [home.event(event) for event in workshop(job).do(job)]

    def _unpacked(self, folder: Path) -> Job:
        job, overlay = self.job, self.job.options.overlay
        for name, content in self.files.items():
            path = folder / _inside(name, job)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        profile = folder / BESIDE / job.profile.name
        if overlay is None:
            return replace(job, profile=profile)
        above = replace(job.options, overlay=folder / ABOVE / overlay.name)
        return replace(job, profile=profile, options=above)


def pack(job: Job) -> Parcel:
    """Read what a job needs.

    What is missing beside the profile is left out: whoever does the job says so.

    Raises:
        CvforgeError: when the profile is not valid.
    """
    files: dict[str, bytes] = {}

    def keep(path: Path, content: bytes | None) -> None:
        if content is not None:
            files[path.as_posix()] = content

    with listening(keep):
        options = job.options
        loaded = load_profile(job.profile, overlay=options.overlay, settings=options.settings)
        for path in _further(loaded, job):
            with suppress(CvforgeError):
                read_file(path, limit=MAX_BYTES)
        with suppress(CvforgeError):
            if any(is_shown(loaded, name) for name in _variants(loaded, job)):
                read_photo(loaded)
    return Parcel(job, files)


def _further(loaded: LoadedProfile, job: Job) -> Iterator[Path]:
    """Yield the .bib and .csl files of a profile."""
    with suppress(CvforgeError):
        yield from bibliography_paths(loaded)
    for variant in _variants(loaded, job):
        with suppress(CvforgeError):
            for style in wanted_styles(loaded, variant):
                path = loaded.path.parent / style
                if path.suffix == ".csl" and ".." not in path.parts:
                    yield path


def _variants(loaded: LoadedProfile, job: Job) -> tuple[str, ...]:
    return job.variants or variant_names(loaded.profile)


def _inside(name: str, job: Job) -> Path:
    """Return where a file is unpacked."""
    overlay = job.options.overlay
    if overlay is not None and name == overlay.as_posix():
        return Path(ABOVE) / overlay.name
    return Path(BESIDE) / Path(name).relative_to(job.profile.parent)


class _Home:
    """Gives the files in a folder the names that they have at home."""

    def __init__(self, folder: Path, job: Job) -> None:
        beside = job.profile.parent / "_"
        self._names = {(folder / BESIDE / "_").as_posix()[:-1]: beside.as_posix()[:-1]}
        overlay = job.options.overlay
        if overlay is not None:
            self._names[(folder / ABOVE / overlay.name).as_posix()] = overlay.as_posix()

    def event(self, event: Event) -> Event:
        """Return an event as it is told at home, where nothing is known of fonts here."""
        inputs = Inputs(
            {home: known for name, known in event.inputs.files.items() if (home := self._own(name))}
        )
        if isinstance(event, Planned):
            return replace(event, inputs=inputs)
        if isinstance(event, Made):
            warnings = tuple(map(self._finding, event.warnings))
            return replace(event, inputs=inputs, warnings=warnings)
        return replace(
            event, inputs=inputs, diagnostics=tuple(map(self._finding, event.diagnostics))
        )

    def _own(self, name: str) -> str | None:
        home = self._text(name)
        return None if home == name else home

    def _text(self, text: str) -> str:
        for there, home in self._names.items():
            text = text.replace(there, home)
        return text

    def _finding(self, finding: Diagnostic) -> Diagnostic:
        place = finding.place
        return replace(
            finding,
            message=self._text(finding.message),
            hint=None if finding.hint is None else self._text(finding.hint),
            place=None if place is None else replace(place, file=self._text(place.file)),
        )
