"""The lines of a YAML text: places in it, and its parser's complaints in the reader's words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from cvforge.diagnostics import Diagnostic, Place

if TYPE_CHECKING:
    import yaml

# Source: YAML 1.1, 4.2 (b-char); libyaml counts the same breaks.
_LINE_BREAK = re.compile("\r\n|[\r\n\u0085\u2028\u2029]")
# A complaint inside one of these is about its beginning, however late the parser notices.
_OPENINGS = ("simple key", "quoted scalar", "flow sequence", "flow mapping")
_HINTS = {
    "mapping values are not allowed": 'put a text that holds ": " in quotes',
    "cannot start any token": "put a text that begins with this character in quotes",
    "could not find expected ':'": 'is a ":" missing after the key?',
    "unexpected end of stream": "a quote or bracket is opened and never closed",
    "expected ',' or": "a bracket is opened and never closed",
    "expected alphabetic or numeric": "put a text that begins with this character in quotes",
    "unknown escape character": 'in double quotes "\\" begins an escape; use single quotes',
    "expected <block end>": "is the indentation the same as in the lines above?",
    "expected key": "is the indentation the same as in the lines above?",
    "expected '-' indicator": "is the indentation the same as in the lines above?",
}


class Mark(Protocol):
    """A position as PyYAML gives it; both figures count from 0."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column, in characters."""


class SourceLines:
    """A YAML text by lines, with the name of its file."""

    def __init__(self, text: str, file: str) -> None:
        self._lines = _LINE_BREAK.split(text)
        self._file = file

    def place(self, start: Mark, end: Mark | None = None) -> Place:
        """Return the place from one mark to another, or to the end of the first's line."""
        text = self._lines[start.line] if start.line < len(self._lines) else ""
        length = 1
        if end is not None:
            last = end.column if end.line == start.line else len(text.rstrip())
            length = max(1, last - start.column)
        return Place(self._file, start.line + 1, start.column + 1, length, text)

    def start(self) -> Place:
        """Return the first character's place."""
        return Place(self._file, 1, 1, 1, self._lines[0])

    def syntax_finding(self, error: yaml.MarkedYAMLError) -> Diagnostic:
        """Return what the parser says about the text's form."""
        place = self._place_of(error)
        indentation = place.text[: len(place.text) - len(place.text.lstrip())]
        if "\t" in indentation:
            return Diagnostic(
                "tab",
                "a tab stands in the indentation; YAML allows spaces only",
                replace(place, column=indentation.index("\t") + 1, length=1),
                "replace it with spaces",
            )
        message = " ".join(filter(None, (error.context, error.problem)))
        hint = next((hint for part, hint in _HINTS.items() if part in message), None)
        return Diagnostic("syntax", f"not YAML: {message}", place, hint)

    def _place_of(self, error: yaml.MarkedYAMLError) -> Place:
        mark, context = error.problem_mark, error.context_mark
        is_opening = any(opening in (error.context or "") for opening in _OPENINGS)
        if context is not None and (mark is None or (is_opening and context.line < mark.line)):
            mark = context
        return self.start() if mark is None else self.place(mark)

    def character_finding(self, character: str) -> Diagnostic:
        """Return a finding for a character that YAML does not allow, at its first place."""
        place = self.start()
        for number, line in enumerate(self._lines, 1):
            if character in line:
                place = Place(self._file, number, line.index(character) + 1, 1, line)
                break
        message = f"the character U+{ord(character):04X} is not allowed in YAML"
        return Diagnostic("control-character", message, place, "remove it")


def place_after(before: str, file: str) -> Place:
    """Return the place of what follows the text ``before``, which begins its file."""
    line_start = before.rfind("\n") + 1
    return Place(file, before.count("\n") + 1, len(before) - line_start + 1, 1, before[line_start:])
