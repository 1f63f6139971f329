"""Sequences of inline spans: neighbouring texts made one, composed, recased, ends trimmed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.inline import Emphasis, Inline, Link, Span, Strong, Text, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_IDEOGRAPHS = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")


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
    text = composed(re.sub(" +", " ", "".join(pieces)))
    return (Text(text),) if text else ()


def composed(text: str) -> str:
    """Return ``text`` with letters and their accents made one character (NFC).

    The compatibility ideographs stay: they are the very form in which somebody writes a name.
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    parts = _IDEOGRAPHS.split(text)
    parts[::2] = [unicodedata.normalize("NFC", part) for part in parts[::2]]
    return "".join(parts)


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
