"""The bibliography of a loaded profile: its .bib files found, read and held against its keys."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from cvforge.diagnostics import Diagnostic, nearest
from cvforge.errors import BibliographyError, CvforgeError, ProfileError
from cvforge.files import read_file
from cvforge.profile.model import PublicationsSection
from cvforge.profile.references import items
from cvforge.profile.source import SourceList, SourceMapping, SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cvforge.bibliography.reference import Reference
    from cvforge.profile.load import LoadedProfile

MAX_BYTES = 5 * 1024 * 1024


def bibliography_paths(loaded: LoadedProfile) -> tuple[Path, ...]:
    """Return the profile's .bib files, in its order.

    Raises:
        BibliographyError: if one is not below the profile's folder, or has another suffix.
    """
    findings = [finding for name in _names(loaded) for finding in _path_findings(name)]
    if findings:
        raise BibliographyError(findings)
    return tuple(loaded.path.parent / name for name in _names(loaded))


def read_library(loaded: LoadedProfile) -> dict[str, Reference]:
    """Return the entries of all .bib files of the profile by their keys, in the files' order.

    Raises:
        BibliographyError: with every finding, if a file is missing or not valid.
    """
    from cvforge.bibliography.reader import read_bibliography  # noqa: PLC0415  not all need it

    files: list[tuple[str, bytes]] = []
    findings: list[Diagnostic] = []
    for path, name in zip(bibliography_paths(loaded), _names(loaded), strict=True):
        try:
            files.append((path.as_posix(), _read(path, name)))
        except CvforgeError as error:
            findings.extend(error.diagnostics)
    if findings:
        raise BibliographyError(findings)
    return read_bibliography(files) if files else {}


def check_publications(loaded: LoadedProfile, library: Mapping[str, Reference]) -> None:
    """Hold the keys of the publications sections against the bibliography.

    Raises:
        ProfileError: for every key that is not in ``library``, or twice in one section.
    """
    findings = [
        finding
        for keys in _written_keys(loaded)
        for finding in (*_unknown_keys(keys, library), *_repeated_keys(keys))
    ]
    if findings:
        raise ProfileError(findings)


def shown_publications(loaded: LoadedProfile, library: Mapping[str, Reference]) -> set[str]:
    """Return the keys that at least one publications section lists."""
    shown: set[str] = set()
    for section in loaded.profile.sections:
        if isinstance(section, PublicationsSection):
            entries = section.entries
            shown.update(
                (key for key, reference in library.items() if not reference.is_parent)
                if entries is None
                else (entry.key for entry in entries)
            )
    return shown


def _names(loaded: LoadedProfile) -> list[SourceText]:
    written = loaded.tree.get("bibliography")
    items = written if isinstance(written, SourceList) else [written]
    return [item for item in items if isinstance(item, SourceText)]


def _path_findings(name: SourceText) -> Iterator[Diagnostic]:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        yield Diagnostic(
            "bibliography-path",
            f'"{name}" is outside the folder of the profile',
            name.place,
            "a profile reads only what stands beside it or below: copy or link the file there",
        )
    elif path.suffix != ".bib":
        yield Diagnostic(
            "bibliography-path",
            f'"{name}" is no .bib file',
            name.place,
            'the name of a bibliography ends in ".bib"',
        )


def _read(path: Path, name: SourceText) -> bytes:
    content = read_file(path, limit=MAX_BYTES, error=BibliographyError, place=name.place)
    if len(content) > MAX_BYTES:
        raise BibliographyError.one(
            "too-large",
            f'"{path.as_posix()}" has more than the {MAX_BYTES:,} bytes that are allowed',
            place=name.place,
        )
    return content


def _written_keys(loaded: LoadedProfile) -> Iterator[list[SourceText]]:
    """Yield, for each publications section that lists keys, its keys as they are written."""
    for section in items(loaded.tree.get("sections")):
        if isinstance(section, SourceMapping) and section.get("kind") == "publications":
            entries = items(section.get("entries"))
            keys = [e.get("key") if isinstance(e, SourceMapping) else e for e in entries]
            yield [key for key in keys if isinstance(key, SourceText)]


def _unknown_keys(keys: list[SourceText], library: Mapping[str, Reference]) -> Iterator[Diagnostic]:
    for key in keys:
        if key not in library:
            near = nearest(key, library)
            yield Diagnostic(
                "unknown-publication",
                f'the bibliography has no entry "{key}"',
                key.place,
                None if near is None else f'did you mean "{near}"?',
            )


def _repeated_keys(keys: list[SourceText]) -> Iterator[Diagnostic]:
    for position, key in enumerate(keys):
        if key in keys[:position]:
            yield Diagnostic(
                "repeated-publication",
                f'"{key}" is listed twice in this section',
                key.place,
                "leave one of them out",
            )
