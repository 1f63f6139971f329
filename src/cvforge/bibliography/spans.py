"""Sequences of inline spans: neighbouring texts made one, in normal form, recased, ends trimmed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.characters.normal import normalised
from cvforge.inline import Emphasis, Inline, Link, Span, Strong, Text, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def merged(spans: Iterable[Span]) -> Inline:
    """Return ``spans`` with neighbouring texts joined, normal, and runs of spaces made one."""
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
    text = normalised("".join(pieces))
    if "  " in text:
        text = re.sub(" +", " ", text)
    return (Text(text),) if text else ()


def recased(spans: Iterable[Span], change: Callable[[str], str]) -> list[Span]:
    """Return ``spans`` with the case of their texts changed; code, formulas and targets are kept.

    ``change`` is str.upper or str.lower.
    """
    return [_recased(span, change) for span in spans]


def _recased(span: Span, change: Callable[[str], str]) -> Span:
    match span:
        case Text(text):
            return Text(change(text))
        case Strong(children) | Emphasis(children) | Link(children):
            return replace(span, children=tuple(recased(children, change)))
    return span


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
