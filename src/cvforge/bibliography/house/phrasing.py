"""Parts of a line put together: with commas, with spaces, inside words of the table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvforge.bibliography.spans import merged, trimmed
from cvforge.inline import Inline, Text, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def text(characters: str) -> Inline:
    """Return ``characters`` as spans, none for none."""
    return (Text(characters),) if characters else ()


def listed(parts: Iterable[Inline]) -> Inline:
    """Return the parts that are given, separated by commas."""
    return joined(parts, ", ")


def spaced(parts: Iterable[Inline]) -> Inline:
    """Return the parts that are given, separated by spaces."""
    return joined(parts, " ")


def joined(parts: Iterable[Inline], separator: str) -> Inline:
    """Return the parts that are given, with ``separator`` between two of them."""
    given = [part for part in parts if part]
    if not given:
        return ()
    spans = [span for part in given for span in (Text(separator), *part)]
    return merged(spans[1:])


def enclosed(parts: Iterable[Inline]) -> Inline:
    """Return the parts that are given in one pair of parentheses."""
    inner = joined(parts, "; ")
    return merged((Text("("), *inner, Text(")"))) if inner else ()


def worded(words: str, content: Inline) -> Inline:
    """Return ``words`` with ``content`` in the place of their ``{}``; nothing around nothing."""
    if not content:
        return ()
    before, _place, after = words.partition("{}")
    return merged((Text(before), *content, Text(after)))


def distinct(parts: Iterable[Inline], said: Iterable[str] = ()) -> Iterator[Inline]:
    """Yield the parts that are given without what reads as an earlier one or as one ``said``."""
    seen = {"", *(each.casefold() for each in said)}
    for part in parts:
        if plain(part).casefold() not in seen:
            seen.add(plain(part).casefold())
            yield part


def split(content: Inline, separator: str) -> Iterator[Inline]:
    """Yield what stands between the separators in the text of ``content``, without blank parts."""
    part: list[Inline] = []
    for span in content:
        pieces = re.split(re.escape(separator), span.text) if isinstance(span, Text) else []
        for piece in pieces[:-1]:
            yield from _given([*part, text(piece)])
            part = []
        part.append(text(pieces[-1]) if pieces else (span,))
    yield from _given(part)


def _given(parts: Iterable[Inline]) -> Iterator[Inline]:
    whole = trimmed(merged(span for part in parts for span in part))
    if whole:
        yield whole
