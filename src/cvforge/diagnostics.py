"""Findings about a user's files: where, what, and the way out; how they look is `console`'s."""

from __future__ import annotations

from dataclasses import field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a finding matters: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of one line in a user's file.

    ``line`` and ``column`` count from 1, in characters; ``length`` is the number of characters
    meant. ``text`` is the whole line, so that a finding can be shown without the file.
    """

    file: str
    line: int
    column: int
    length: int = field(default=1, compare=False)
    text: str = field(default="", compare=False)

    def narrowed(self, fragment: str) -> Place:
        """Return the place of ``fragment`` inside this one, or this one where it is not found."""
        start = self.text.find(fragment, self.column - 1)
        if not fragment or start < 0:
            return self
        return replace(self, column=start + 1, length=len(fragment))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. ``code`` is a stable name such as ``unknown-key`` for tools to match."""

    code: str
    message: str
    place: Place | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR

    def sort_key(self) -> tuple[str, int, int]:
        """Order findings by file and position; those without a place come first."""
        if self.place is None:
            return ("", 0, 0)
        return (self.place.file, self.place.line, self.place.column)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like ``name``, or None when nothing is near.

    Capitals count only where they decide between two names.
    """
    import difflib  # noqa: PLC0415  only a finding that has a hint pays

    names = sorted(known)
    folded = {known_name.lower() for known_name in names}
    matches = difflib.get_close_matches(name.lower(), folded, n=1, cutoff=0.6)
    near = [known_name for known_name in names if known_name.lower() in matches]
    return max(near, key=lambda n: difflib.SequenceMatcher(None, name, n).ratio(), default=None)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest of ``known``, or all of them when none is near."""
    names = sorted(known)
    near = nearest(name, names)
    if near is not None:
        return f'did you mean "{near}"?'
    return "known here: " + ", ".join(names) if names else "nothing is known here"
