"""Names in biblatex's extended form: ``family=Rune, given=Bo, prefix=van der, useprefix=true``.

Source: the biblatex manual, 3.4 (name formats), and biber's reading of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.bibliography.reading.values import Value

_PARTS = frozenset(
    f"{part}{initials}"
    for part in ("family", "given", "prefix", "suffix")
    for initials in ("", "-i")
)
# They say how a style orders and shortens the name, or tell two people of one name apart.
_OPTIONS = frozenset(
    {"id", "hashid", "useprefix", "nametemplates", "uniquenametemplatename"}
    | {"sortingnamekeytemplatename", "labelalphanametemplatename", "namehashtemplatename"}
)
_IS_EXTENDED = pattern(r"(?:^|[,{\"])\s*(?:family|given|prefix|suffix)(?:-i)?\s*=", re.IGNORECASE)
_MARK = pattern(r"\\.|[{}\",]", re.DOTALL)
_PART = pattern(r"\s*(?P<quote>\"?)\s*(?P<name>[A-Za-z-]+)\s*=\s*(?P<text>.*\S)\s*", re.DOTALL)


def is_extended(text: str) -> bool:
    """Say whether a name is written in parts that are named."""
    return _IS_EXTENDED.search(text) is not None


def extended_parts(value: Value) -> dict[str, Value] | None:
    """Return the parts of a name by their names; None when one has no name or an unknown one."""
    parts: dict[str, Value] = {}
    for written in _separated(value):
        found = _PART.fullmatch(written.text)
        if found is None:
            return None
        name = found["name"].lower()
        if name in _OPTIONS:
            continue
        if name not in _PARTS or name in parts:
            return None
        parts[name] = _unquoted(written, found)
    return parts


def _unquoted(part: Value, found: re.Match[str]) -> Value:
    """Return the text of a part: quotes stand around it, or around it and its name."""
    text, start = found["text"], found.start("text")
    if found["quote"]:
        return part.part(text.removesuffix('"').rstrip(), start)
    if len(text) > 1 and text[0] == text[-1] == '"':
        return part.part(text[1:-1], start + 1)
    return part.part(text, start)


def _separated(value: Value) -> Iterator[Value]:
    """Yield what stands between commas outside of braces and quotes."""
    depth, start, quoted = 0, 0, False
    for mark in _MARK.finditer(value.text):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if mark[0] == '"' and depth == 0:
            quoted = not quoted
        elif mark[0] == "," and depth == 0 and not quoted:
            yield value.part(value.text[start : mark.start()], start)
            start = mark.end()
    yield value.part(value.text[start:], start)
