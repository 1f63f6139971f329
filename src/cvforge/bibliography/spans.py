"""Sequences of inline spans: neighbouring texts made one, spaces made single, ends trimmed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvforge.inline import Inline, Span, Text, plain

if TYPE_CHECKING:
    from collections.abc import Iterable


def merged(spans: Iterable[Span]) -> Inline:
    """Return ``spans`` with neighbouring texts joined and runs of spaces made one."""
    joined: list[Span] = []
    pending: list[str] = []
    for span in spans:
        if isinstance(span, Text):
            pending.append(span.text)
        else:
            joined += _text(pending)
            joined.append(span)
            pending = []
    return (*joined, *_text(pending))


def _text(pieces: list[str]) -> Inline:
    text = re.sub(" +", " ", "".join(pieces))
    return (Text(text),) if text else ()


def trimmed(spans: Inline) -> Inline:
    """Return ``spans`` without spaces at either end."""
    if spans and isinstance(spans[0], Text):
        spans = (Text(spans[0].text.lstrip(" ")), *spans[1:])
    if spans and isinstance(spans[-1], Text):
        spans = (*spans[:-1], Text(spans[-1].text.rstrip(" ")))
    return tuple(span for span in spans if span != Text(""))


def titled(title: Inline, subtitle: Inline) -> Inline:
    """Return ``title: subtitle``; a title that ends in a mark of its own needs no colon."""
    if not subtitle:
        return title
    colon = " " if plain(title).endswith((":", "?", "!", ".", "—")) else ": "
    return merged((*title, Text(colon), *subtitle))
