"""How a finding looks: as lines with the place underlined, as JSON, as a GitHub annotation."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from cvforge.diagnostics import Diagnostic, Place

COLUMNS = 100
TAB = " " * 4
ELLIPSIS = "…"


def as_lines(diagnostic: Diagnostic) -> list[str]:
    """Return the finding as lines of plain text, none wider than a terminal needs."""
    lines = [f"{diagnostic.severity}: {visible(diagnostic.message)}"]
    if diagnostic.place is not None:
        lines += _located(diagnostic.place)
    if diagnostic.hint is not None:
        lines.append(f"hint: {visible(diagnostic.hint)}")
    return lines


def as_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return the finding as a JSON object; what has no place has null for it."""
    place = diagnostic.place
    return {
        "severity": str(diagnostic.severity),
        "code": diagnostic.code,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "file": None if place is None else place.file,
        "line": None if place is None else place.line,
        "column": None if place is None else place.column,
        "length": None if place is None else place.length,
    }


def as_annotation(diagnostic: Diagnostic) -> str:
    """Return the finding as a workflow command that marks the line on GitHub.

    Source: GitHub's "Workflow commands for GitHub Actions", error and warning messages.
    """
    place = diagnostic.place
    properties = {"title": f"cvforge: {diagnostic.code}"}
    if place is not None:
        properties = {
            "file": place.file,
            "line": str(place.line),
            "col": str(place.column),
            **properties,
        }
    message = diagnostic.message
    if diagnostic.hint is not None:
        message += f"\nhint: {diagnostic.hint}"
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{diagnostic.severity} {listed}::{_annotated(message)}"


def visible(text: str) -> str:
    """Return ``text`` on one line, with what a terminal would obey or hide written as U+XXXX."""
    return "".join(_cell(character).shown for character in text.replace("\n", " "))


class _Cell(NamedTuple):
    """A character as it is shown, and how many columns of the terminal it takes."""

    shown: str
    width: int


def _cell(character: str) -> _Cell:
    if character == "\t":
        return _Cell(TAB, len(TAB))
    category = unicodedata.category(character)
    if category in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        shown = f"U+{ord(character):04X}"
        return _Cell(shown, len(shown))
    if category in {"Mn", "Me"}:
        return _Cell(character, 0)
    wide = unicodedata.east_asian_width(character) in {"W", "F"}
    return _Cell(character, 2 if wide else 1)


def _located(place: Place) -> list[str]:
    number = str(place.line)
    margin = " " * len(number)
    arrow = f"{margin}--> {visible(place.file)}:{place.line}:{place.column}"
    if not place.text.strip():
        return [arrow]
    line, carets = _excerpt(place, COLUMNS - len(number) - len(" | "))
    return [arrow, f"{margin} |", f"{number} | {line}", f"{margin} | {carets}"]


def _excerpt(place: Place, columns: int) -> tuple[str, str]:
    """Return the line, clipped around the place to ``columns``, and the carets below it."""
    text = place.text.rstrip()
    cut = max(0, min(place.column - 1, len(text)) - columns)  # a line may have a million characters
    cells = [_cell(character) for character in text[cut : cut + 3 * columns]]
    start = min(place.column - 1 - cut, len(cells))
    end = min(start + place.length, len(cells))
    first, last = _window(cells, start, end=end, columns=columns)
    before = ELLIPSIS if cut + first > 0 else ""
    after = ELLIPSIS if cut + last < len(text) else ""
    line = before + "".join(cell.shown for cell in cells[first:last]) + after
    indent = len(before) + _width(cells[first:start])
    return line, " " * indent + "^" * max(1, _width(cells[start : min(end, last)]))


def _window(cells: list[_Cell], start: int, *, end: int, columns: int) -> tuple[int, int]:
    """Return the stretch that fits: from ``start`` to ``end``, then as much around as there is."""
    if _width(cells) <= columns:
        return 0, len(cells)
    room = columns - 2 * len(ELLIPSIS)
    first, last, grown = start, start, True
    while last < end and _width(cells[first : last + 1]) <= room:
        last += 1
    while grown:
        grown = False
        if last < len(cells) and _width(cells[first : last + 1]) <= room:
            last, grown = last + 1, True
        if first > 0 and _width(cells[first - 1 : last]) <= room:
            first, grown = first - 1, True
    return first, last


def _width(cells: list[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _annotated(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _annotated(text).replace(":", "%3A").replace(",", "%2C")
