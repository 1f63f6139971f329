"""The bibliography of a loaded profile: its .bib files found, read and held against its keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from cvforge.bibliography.reading.fields import ABSTRACT
from cvforge.bibliography.select import Choice
from cvforge.diagnostics import Diagnostic, Severity, nearest
from cvforge.errors import BibliographyError, CvforgeError, ProfileError
from cvforge.files import read_file
from cvforge.profile.model import PublicationsSection
from cvforge.profile.publications import year_range
from cvforge.profile.references import items
from cvforge.profile.source import SourceList, SourceMapping, SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cvforge.bibliography.reading.reader import Bibliography
    from cvforge.bibliography.reading.store import BibliographyStore
    from cvforge.bibliography.reference import Reference
    from cvforge.profile.load import LoadedProfile
    from cvforge.profile.model import Profile

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


def read_library(
    loaded: LoadedProfile, *, lenient: bool = False, store: BibliographyStore | None = None
) -> Bibliography:
    """Return the entries of the profile's .bib files by their keys, in the files' order.

    Entries that no section can show are not read, as far as that is told by what is listed and
    by the types, years, keywords and tags that are chosen by. A ``store`` keeps what was read;
    with ``lenient``, entries that cannot be read are left out.

    Raises:
        BibliographyError: with every finding, if a file is missing or not valid.
    """
    from cvforge.bibliography.reading import reader  # noqa: PLC0415  not all need it
    from cvforge.bibliography.references import References  # noqa: PLC0415  the same

    files: list[tuple[str, bytes]] = []
    findings: list[Diagnostic] = []
    for path, name in zip(bibliography_paths(loaded), _names(loaded), strict=True):
        try:
            files.append((path.as_posix(), _read(path, name)))
        except CvforgeError as error:
            findings.extend(error.diagnostics)
    if findings:
        raise BibliographyError(findings)
    if not files:
        return reader.Bibliography(References({}))
    reading = reader.read_bibliography if store is None else store.read
    keys, choices = wanted(loaded)
    read = reading(files, wanted=keys, choices=choices, lenient=lenient)
    return read if _shows_abstracts(loaded.profile) else _without_abstracts(read)


def wanted(loaded: LoadedProfile) -> tuple[frozenset[str] | None, tuple[Choice, ...]]:
    """Return the keys that the publications sections list, and what the others choose by.

    The keys are None where a section may show any entry.
    """
    sections = [s for s in loaded.profile.sections if isinstance(s, PublicationsSection)]
    choices = tuple(dict.fromkeys(_choice(s) for s in sections if s.entries is None))
    if not sections or Choice() in choices:
        return None, ()
    return frozenset(e.key for section in sections for e in section.entries or ()), choices


def _choice(section: PublicationsSection) -> Choice:
    """Return those conditions of ``section`` that can be judged before names are read."""
    by = section.choose
    return Choice(
        types=by.types,
        keywords=by.keywords,
        tags=by.tags,
        years=(None, None) if by.years is None else year_range(by.years),
        selected=by.selected,
    )


def _shows_abstracts(profile: Profile) -> bool:
    sections = [s for s in profile.sections if isinstance(s, PublicationsSection)]
    designs = [section.show for section in sections]
    designs += [variant.publications for variant in profile.variants.values()]
    return any(design.abstracts is True for design in designs)


def _without_abstracts(read: Bibliography) -> Bibliography:
    """Return ``read`` without warnings about abstracts, which nobody sees."""
    return replace(read, findings=tuple(f for f in read.findings if f.code != ABSTRACT))


def check_publications(loaded: LoadedProfile, read: Bibliography) -> tuple[Diagnostic, ...]:
    """Hold the keys of the publications sections against the bibliography.

    Returns:
        Warnings about keys whose entries were left out.

    Raises:
        ProfileError: for every key that is not in the bibliography, or twice in one section.
    """
    findings = [
        finding
        for keys in _written_keys(loaded)
        for finding in (*_unknown_keys(keys, read), *_repeated_keys(keys, read.references))
    ]
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise ProfileError(findings)
    return tuple(findings)


def resolved(loaded: LoadedProfile, read: Bibliography) -> LoadedProfile:
    """Return the profile with each entry under its own key, without those that were left out."""
    sections = tuple(
        _resolved(section, read.references)
        if isinstance(section, PublicationsSection) and section.entries is not None
        else section
        for section in loaded.profile.sections
    )
    return replace(loaded, profile=loaded.profile.model_copy(update={"sections": sections}))


def _resolved(
    section: PublicationsSection, library: Mapping[str, Reference]
) -> PublicationsSection:
    entries = tuple(
        entry
        if entry.key == library[entry.key].key
        else entry.model_copy(update={"key": library[entry.key].key})
        for entry in section.entries or ()
        if entry.key in library
    )
    return section.model_copy(update={"entries": entries})


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


def _unknown_keys(keys: list[SourceText], read: Bibliography) -> Iterator[Diagnostic]:
    for key in keys:
        if key in read.left_out:
            yield Diagnostic(
                "publication-left-out",
                f'the entry "{key}" of the bibliography cannot be read; it is not shown',
                key.place,
                "mend the entry, or take its key out",
                Severity.WARNING,
            )
        elif key not in read.references:
            near = nearest(key, read.known)
            yield Diagnostic(
                "unknown-publication",
                f'the bibliography has no entry "{key}"',
                key.place,
                None if near is None else f'did you mean "{near}"?',
            )
        elif read.references[key].kind == "xdata":
            yield Diagnostic(
                "unknown-publication",
                f'"{key}" is no publication: it holds what other entries share',
                key.place,
                "list the entries that take their fields from it",
            )


def _repeated_keys(
    keys: list[SourceText], library: Mapping[str, Reference]
) -> Iterator[Diagnostic]:
    own = [library[key].key if key in library else str(key) for key in keys]
    for position, key in enumerate(keys):
        if own[position] in own[:position]:
            yield Diagnostic(
                "repeated-publication",
                f'"{key}" is listed twice in this section',
                key.place,
                "leave one of them out",
            )
