"""What was found in the files so far: errors of entries and of files, and warnings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.diagnostics import Diagnostic, Place, Severity
from cvforge.errors import BibliographyError

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_FINDINGS = 1_000


class Findings:
    """Collects diagnostics, so that one reading reports them all.

    Between ``about`` and the next ``about``, errors are those of one entry, which is known by its
    place. At MAX_FINDINGS errors reading stops: such a file is no bibliography.
    """

    __slots__ = ("_about", "_errors", "_fatal", "_faulty", "_keys", "_warnings")

    def __init__(self) -> None:
        self._errors: list[tuple[Diagnostic, Place | None]] = []
        self._warnings: list[Diagnostic] = []
        self._about: Place | None = None
        self._keys: dict[Place, str] = {}
        self._faulty: set[Place] = set()
        self._fatal = False

    def about(self, entry: Place | None, key: str = "") -> None:
        """Say whose errors follow: those of the entry at ``entry``, or of no entry."""
        self._about = entry
        if entry is not None:
            self._keys[entry] = key

    def add(self, code: str, message: str, place: Place, hint: str) -> None:
        """Note one error.

        Raises:
            BibliographyError: if there are too many of them.
        """
        self._errors.append((Diagnostic(code, message, place, hint), self._about))
        if self._about is not None:
            self._faulty.add(self._about)
        if len(self._errors) >= MAX_FINDINGS:
            self.raise_any()

    def warn(self, code: str, message: str, place: Place, hint: str) -> None:
        """Note what stops nothing."""
        self._warnings.append(Diagnostic(code, message, place, hint, Severity.WARNING))

    def refuse(self, code: str, message: str, place: Place, hint: str) -> None:
        """Note an error of a whole file, which leniency does not pass over."""
        self._fatal = True
        self.about(None)
        self.add(code, message, place, hint)

    def __len__(self) -> int:
        return len(self._errors)

    @property
    def first(self) -> Diagnostic | None:
        """The first error, None where there is none."""
        return self._errors[0][0] if self._errors else None

    def is_faulty(self, entry: Place) -> bool:
        """Say whether there is an error of the entry at ``entry``."""
        return entry in self._faulty

    def faulty_keys(self) -> frozenset[str]:
        """Return the keys of the entries with errors, as far as they can be told."""
        return frozenset(self._keys[entry] for entry in self._faulty) - {""}

    def raise_any(self) -> None:
        """Raise what was found, with the warnings.

        Raises:
            BibliographyError: if there is an error.
        """
        if self._errors:
            raise BibliographyError([*(error for error, _ in self._errors), *self._warnings])

    def settled(self, *, lenient: bool) -> tuple[Diagnostic, ...]:
        """Return the warnings in the order of the files; with ``lenient``, errors are such too.

        Raises:
            BibliographyError: if an error remains.
        """
        if self._fatal or not lenient:
            self.raise_any()
        passed_over = [_passed_over(error, entry, self._keys) for error, entry in self._errors]
        return tuple(sorted([*self._warnings, *passed_over], key=Diagnostic.sort_key))


def _passed_over(error: Diagnostic, entry: Place | None, keys: Mapping[Place, str]) -> Diagnostic:
    key = "" if entry is None else keys[entry]
    named = f'the entry "{key}"' if key else "the entry"
    end = "this is passed over" if entry is None else f"{named} is left out"
    return replace(error, message=f"{error.message}; {end}", severity=Severity.WARNING)
