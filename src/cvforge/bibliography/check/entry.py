"""One entry as the checks see it: what was read of it, and how it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.diagnostics import Diagnostic, Severity
from cvforge.frozen import dataclass
from cvforge.inline import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cvforge.bibliography.reading.values import Value
    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference and its own fields as they are typed: inherited ones are not in ``written``."""

    reference: Reference
    written: Mapping[str, Value]

    @property
    def key(self) -> str:
        """The entry's key."""
        return self.reference.key

    def has(self, field: str) -> bool:
        """Say whether the entry has ``field``, its own or inherited."""
        made = self.reference
        if field == "title":
            return made.title != ()
        return field in made.fields or field in made.raw or field in made.names

    def text(self, *fields: str) -> str:
        """Return the characters of the first of ``fields`` that the entry has, "" of none."""
        made = self.reference
        for field in fields:
            if field in made.fields:
                return plain(made.fields[field])
            if field in made.raw:
                return made.raw[field]
        return ""

    def place(self, *fields: str) -> Place:
        """Return where the first of ``fields`` is written; the key's place where none is."""
        value = next((self.written[field] for field in fields if field in self.written), None)
        return self.reference.place if value is None else value.place(0, len(value.text))


def warning(code: str, message: str, place: Place, hint: str) -> Diagnostic:
    """Return a finding that stops no build."""
    return Diagnostic(code, message, place, hint, Severity.WARNING)
