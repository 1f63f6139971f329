"""Looks over a whole bibliography: what cannot be read, and what is probably not as meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.bibliography.check.capitals import lost_capitals
from cvforge.bibliography.check.duplicates import repeated_works
from cvforge.bibliography.check.entry import Entry
from cvforge.bibliography.check.fields import missing_fields
from cvforge.bibliography.check.slips import field_slips
from cvforge.bibliography.check.spellings import name_spellings
from cvforge.bibliography.check.written import written
from cvforge.bibliography.check.years import mismatched_years
from cvforge.bibliography.reading.reader import read_bibliography
from cvforge.diagnostics import Diagnostic, Severity
from cvforge.errors import BibliographyError
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cvforge.bibliography.reference import Reference

CHECKS = (
    missing_fields,
    repeated_works,
    lost_capitals,
    mismatched_years,
    name_spellings,
    field_slips,
)


@dataclass(frozen=True, slots=True)
class Report:
    """How many entries each file has, and what was found, in the order of the places."""

    entries: Mapping[str, int]
    findings: tuple[Diagnostic, ...]


def check(files: Sequence[tuple[str, bytes]]) -> Report:
    """Return what is to be said about ``files``, read together as `read_bibliography` does.

    What stops a build is an error, all the rest a warning. An entry that cannot be read is left
    out of the other checks.
    """
    references, findings = _read(files)
    values, counts = written(files)
    entries = [Entry(made, values.get(key, {})) for key, made in references.items()]
    findings += [finding for find in CHECKS for finding in find(entries)]
    return Report(counts, tuple(sorted(findings, key=Diagnostic.sort_key)))


def _read(files: Sequence[tuple[str, bytes]]) -> tuple[Mapping[str, Reference], list[Diagnostic]]:
    """Return what can be read, and the reader's findings: errors where a build would stop."""
    try:
        read = read_bibliography(files)
    except BibliographyError as error:
        return _readable(files, error.diagnostics)
    return read.references, list(read.findings)


def _readable(
    files: Sequence[tuple[str, bytes]], errors: Sequence[Diagnostic]
) -> tuple[Mapping[str, Reference], list[Diagnostic]]:
    """Return what can be read beside ``errors``, and what more is told of what cannot."""
    try:
        read = read_bibliography(files, lenient=True)
    except BibliographyError:  # a whole file is refused
        return {}, list(errors)
    known = {(finding.code, finding.place) for finding in errors}
    more = [f for f in read.findings if (f.code, f.place) not in known]
    return read.references, [*errors, *(replace(f, severity=Severity.ERROR) for f in more)]
