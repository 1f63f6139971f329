"""Inline spans as Markdown, such that reading it again gives the same characters."""

from __future__ import annotations

import re

from cvforge.inline import (
    Code,
    Emphasis,
    Inline,
    Link,
    Math,
    Owner,
    Span,
    Strong,
    Text,
    parse,
    plain,
)
from cvforge.patterns import pattern

_MARKUP = pattern(r"[\\`*_\[\]<$~]|&(?=#?\w+;)")
# What would make a heading, a list, a quotation or a rule at the beginning of a line.
_BLOCK = pattern(r"(?=[#+=>-])|\d+(?=[.)](?:\s|\Z))")
_ENTITY = pattern(r"&(?=#?\w+;)")


def markdown(content: Inline) -> str:
    """Return ``content`` as Markdown for one line.

    The owner's name is bold. A mark that CommonMark would not read as one where it stands
    ("a*(b)*c") is left out, and so is markup inside of its own kind.
    """
    written = "".join(map(_span, content))
    if not _reads_as(written, content):
        written = _without_marks(content)
    block = _BLOCK.match(written)
    return written if block is None else f"{block[0]}\\{written[block.end() :]}"


def _without_marks(content: Inline) -> str:
    """Return ``content`` with those marks alone that are read as such."""
    done = ""
    for position, span in enumerate(content):
        rest = content[position + 1 :]
        marked = done + _span(span)
        kept = _reads_as(marked + _text(plain(rest)), content)
        done = marked if kept else done + _text(plain((span,)))
    return done


def _reads_as(written: str, content: Inline) -> bool:
    return plain(parse(written)) == plain(content)


def _text(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def _code(text: str) -> str:
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if text[:1] in {"`", " "} or text[-1:] in {"`", " "} else ""
    return f"{fence}{space}{text}{space}{fence}"


def _target(target: str) -> str:
    escaped = _ENTITY.sub(r"\\&", re.sub(r"[<>\\]", r"\\\g<0>", target))
    return escaped if re.search(r"[\s()<>]", target) is None else f"<{escaped}>"


def _children(content: Inline) -> str:
    return "".join(map(_span, content))


def _span(span: Span) -> str:
    match span:
        case Text(text):
            return _text(text)
        case Code(text):
            return _code(text)
        case Math(source):
            return f"${source}$"
        case Emphasis(children):
            return _marked("*", children)
        case Strong(children) | Owner(children):
            return _marked("**", children)
        case Link(children, target):
            return f"[{_children(children)}]({_target(target)})"


def _marked(mark: str, children: Inline) -> str:
    return f"{mark}{_children(children)}{mark}"
