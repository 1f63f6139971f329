"""The lines of a YAML text: places in it, and its parser's complaints in the reader's words."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from cvforge.characters.refusals import refusals
from cvforge.diagnostics import Diagnostic, Place
from cvforge.patterns import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    import yaml

# YAML 1.1 knows more (4.2, b-char); the characters are refused before it reads them.
_LINE_BREAK = pattern("\r\n|[\r\n]")
MOST_FINDINGS = 50
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
    "entries are not allowed in this context": 'put a text that begins with "- " in quotes',
    "invalid Unicode character escape": "write the character itself",
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

    def between(self, start: Mark, end: Mark) -> str:
        """Return what is written from one mark to another."""
        written = self._lines[start.line : end.line + 1]
        written[-1] = written[-1][: end.column]
        written[0] = written[0][start.column :]
        return "\n".join(written)

    def after(self, mark: Mark, pattern: re.Pattern[str]) -> Place | None:
        """Return the place of what follows ``mark`` in its line, None where that is not there."""
        text = self._lines[mark.line] if mark.line < len(self._lines) else ""
        found = pattern.match(text, mark.column)
        if found is None:
            return None
        blank = len(found[0]) - len(found[0].lstrip())
        column = found.start() + blank + 1
        return Place(self._file, mark.line + 1, column, len(found[0].rstrip()) - blank, text)

    def character_findings(self) -> list[Diagnostic]:
        """Return the characters that no text may hold, each once a line, but not endless ones."""
        return list(islice(self._character_findings(), MOST_FINDINGS))

    def _character_findings(self) -> Iterator[Diagnostic]:
        for number, line in enumerate(self._lines, 1):
            known: set[str] = set()
            for refusal in refusals(line):
                if refusal.character not in known:
                    known.add(refusal.character)
                    place = Place(self._file, number, refusal.index + 1, 1, line)
                    yield Diagnostic(refusal.code, refusal.message, place, refusal.hint)


def place_after(before: str, file: str) -> Place:
    """Return the place of what follows the text ``before``, which begins its file."""
    line_start = before.rfind("\n") + 1
    return Place(file, before.count("\n") + 1, len(before) - line_start + 1, 1, before[line_start:])
