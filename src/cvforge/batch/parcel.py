"""A job with all that it reads as bytes, for a machine that has no disk in common with this one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cvforge.batch.job import Made, Planned
from cvforge.citation_styles import wanted_styles
from cvforge.errors import CvforgeError, OutputError, ProfileError
from cvforge.files import read_file
from cvforge.fonts.files import Search
from cvforge.fonts.sfnt import UnusableFontError, read_fonts
from cvforge.frozen import dataclass
from cvforge.library import MAX_BYTES, bibliography_paths
from cvforge.photo.file import is_shown, read_photo
from cvforge.profile.load import load_profile
from cvforge.profile.references import variant_names
from cvforge.reads import listening
from cvforge.record import Inputs, content_sum
from cvforge.scratch import WorkFolder
from cvforge.templates.folder import DEFAULT_TEMPLATE, dependencies
from cvforge.variant import find_variant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cvforge.batch.job import Event, Job
    from cvforge.batch.workshop import Workshop
    from cvforge.diagnostics import Diagnostic
    from cvforge.profile.load import LoadedProfile

# Where what stands beside the profile is unpacked, where an overlay from elsewhere, and the
# person's own version of the template.
BESIDE, ABOVE, TEMPLATES = "profile", "overlay", "templates"
FONTS = "fonts"
MAX_FONT_BYTES = 64 << 20  # of all together


@dataclass(frozen=True, slots=True)
class Parcel:
    """A job and its files, by the paths that they have on the machine they come from.

    Those of ``templates`` are named as in the folder that the person named. ``listings`` are the
    sums of folders there, ``fonts`` those of the person's fonts.
    """

    job: Job
    files: dict[str, bytes]
    templates: Mapping[str, bytes] = field(default_factory=dict)
    listings: Mapping[str, str | None] = field(default_factory=dict)
    fonts: Mapping[str, str | None] = field(default_factory=dict)

    def do(self, workshop: Callable[[Job], Workshop]) -> list[Event]:
        """Do the job in a folder of its own, and tell of it as if it had been done at home."""
        with WorkFolder() as made:
            folder = made.resolve()
            job = self._unpacked(folder)
            home = _Home(folder, self)
            return [home.event(event) for event in workshop(job).do(job)]

    def _unpacked(self, folder: Path) -> Job:
        job, options = self.job, self.job.options
        for name, content in self.files.items():
            _write(folder / _inside(name, job), content)
        for name, content in self.templates.items():
            _write(folder / TEMPLATES / name, content)
        if options.overlay is not None:
            options = replace(options, overlay=folder / ABOVE / options.overlay.name)
        if options.template_folder is not None:
            options = replace(options, template_folder=folder / TEMPLATES)
        return replace(job, profile=folder / BESIDE / job.profile.name, options=options)


def pack(job: Job) -> Parcel:
    """Read what a job needs.

    What is missing beside the profile is left out: whoever does the job says so.

    Raises:
        CvforgeError: when the profile is not valid, the person's own template cannot be used, or
            their fonts are too large.
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
        fonts = _fonts(job.profile.parent / FONTS)
    templates, listings = _templates(loaded, job)
    return Parcel(job, files, templates, listings, fonts)


def _templates(loaded: LoadedProfile, job: Job) -> tuple[dict[str, bytes], dict[str, str | None]]:
    """Return the files of the person's own template, and the sums of the folders they are in.

    Raises:
        TemplateError: when they cannot be used.
    """
    options, folder = job.options, job.options.template_folder
    if folder is None:
        return {}, {}
    from cvforge.templates.registry import TEMPLATES as KNOWN  # noqa: PLC0415  seldom needed
    from cvforge.templates.registry import find_template, read_template  # noqa: PLC0415  the same

    names: set[str | None] = {options.template}
    if options.template is None:
        with suppress(ProfileError):  # there is no such variant
            names = {
                find_variant(loaded.profile, variant).template or DEFAULT_TEMPLATE
                for variant in _variants(loaded, job)
            }
    files: dict[str, bytes] = {}

    def keep(path: Path, content: bytes | None) -> None:
        if content is not None:
            files[path.relative_to(folder).as_posix()] = content

    with listening(keep):
        for name in KNOWN.keys() & names:
            read_template(find_template(name), folder=folder)
    paths = [path for name in KNOWN.keys() & names for path in dependencies(name, folder)]
    return files, {path: content_sum(path) for path in paths if path.endswith("/")}


def _fonts(folder: Path) -> dict[str, str | None]:
    """Read the person's fonts, and return what is known of them and of their folders by content.

    Raises:
        OutputError: when they are too large to be sent.
    """
    found = Search.below([folder])
    paths = [Path(font.path) for font in found.files if _may_leave(Path(font.path), folder)]
    if sum(font.size for font in found.files) > MAX_FONT_BYTES:
        raise OutputError.one(
            "large-fonts",
            f'the fonts in "{folder.as_posix()}" have more than {MAX_FONT_BYTES >> 20} MiB, which'
            " is too much to be sent to a cluster with each profile",
            hint="leave there what these profiles need, or build here",
        )
    sums: dict[str, str | None] = {}
    for path in paths:
        with suppress(CvforgeError):
            content = read_file(path, limit=MAX_FONT_BYTES)
            sums[path.as_posix()] = sha256(content).hexdigest()
    return sums | {f"{name}/": content_sum(f"{name}/") for name in found.folders}


def _may_leave(path: Path, folder: Path) -> bool:
    """Say whether a file is the person's to send: it is in the folder, or a font wherever it is."""
    try:
        return path.resolve().is_relative_to(folder.resolve()) or read_fonts(path) != []
    except (OSError, RuntimeError, UnusableFontError):
        return False


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


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


def _below(folder: Path, home: Path) -> dict[str, str]:
    """Return what files below a folder are called at home, by the beginnings of their paths."""
    return {(folder / "_").as_posix()[:-1]: (home / "_").as_posix()[:-1]}


class _Home:
    """Gives the files in a folder the names that they have at home."""

    def __init__(self, folder: Path, parcel: Parcel) -> None:
        self._parcel = parcel
        self._fonts = (folder / BESIDE / FONTS).as_posix()
        options = parcel.job.options
        self._names = _below(folder / BESIDE, parcel.job.profile.parent)
        if options.overlay is not None:
            self._names[(folder / ABOVE / options.overlay.name).as_posix()] = (
                options.overlay.as_posix()
            )
        if options.template_folder is not None:
            self._names |= _below(folder / TEMPLATES, options.template_folder)

    def event(self, event: Event) -> Event:
        """Return an event as it is told at home, where nothing is known of the system's fonts."""
        named = {self._own(name): known for name, known in event.inputs.files.items()}
        files = {
            name: self._parcel.listings.get(name, known)
            for name, known in named.items()
            if name is not None
        }
        if any(Path(stamp.path).is_relative_to(self._fonts) for stamp in event.inputs.stamps):
            files |= self._parcel.fonts
        inputs = Inputs(files)
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
