"""Inline markup by CommonMark's rules: bold, italic, links, code and $math$; no blocks, no HTML."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from cvforge.diagnostics import Place

MAX_NESTING = 20


@dataclass(frozen=True, slots=True)
class Text:
    """Characters to be set as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """``**bold**``."""

    children: Inline


@dataclass(frozen=True, slots=True)
class Emphasis:
    """``*italic*``."""

    children: Inline


@dataclass(frozen=True, slots=True)
class Code:
    """```code```: characters in the typewriter face."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """``[children](target)``; ``target`` is percent-encoded as CommonMark does."""

    children: Inline
    target: str


@dataclass(frozen=True, slots=True)
class Math:
    """``$source$``: the source between the dollars, not yet checked."""

    source: str


@dataclass(frozen=True, slots=True)
class Owner:
    """The name of the person whom the CV is about; it has no markup of its own."""

    children: Inline


# What some of every markup has, and what the parser writes in another way.
_MARKUP = pattern(r"[\\`*_\[<$\n\r\0]")
# Words, a comma between clauses, thousands: none is in a formula that begins with a digit.
_AMOUNT = pattern(r"[\s,(][A-Za-z]{2,}|,\s|\d,\d{3}")

Span: TypeAlias = Text | Strong | Emphasis | Code | Link | Math | Owner
Inline: TypeAlias = tuple[Span, ...]
# The spans that hold others, in their ``children``.
Nested: TypeAlias = Strong | Emphasis | Link | Owner


@dataclass(frozen=True, slots=True)
class Phrase:
    """One text of the author: its markup and where it was written."""

    content: Inline
    place: Place | None = None

    @property
    def plain(self) -> str:
        """The characters alone, as a reader sees them."""
        return plain(self.content)


def verbatim(text: str, place: Place | None = None) -> Phrase:
    """Return ``text`` as a phrase without markup."""
    return Phrase((Text(text),) if text else (), place)


def phrase(text: str, place: Place | None = None) -> Phrase:
    """Return ``text`` as a phrase with its markup parsed."""
    return Phrase(parse(text), place)


def parse(text: str) -> Inline:
    """Parse the inline Markdown in ``text``.

    A line break in ``text`` is a space. What is no markup by CommonMark's rules stays as typed:
    a lone ``*``, ``#``, ``_``, ``<tag>``, ``&amp;`` and ``$5`` among them. A text whose markup is
    nested deeper than ``MAX_NESTING`` stays as typed as a whole.

    Source: CommonMark 0.31, chapter 6; pandoc's ``tex_math_dollars`` for the dollars.
    """
    if _MARKUP.search(text) is None:
        return (Text(text),) if text else ()
    tokens = _parser().parseInline(text)[0].children or []
    if max(accumulate((token.nesting for token in tokens), initial=0)) > MAX_NESTING:
        return (Text(text),)
    return _merged(_spans(iter(tokens)))


def plain(content: Inline) -> str:
    """Return the characters of ``content`` without markup; math as its source."""
    return "".join([s.text if isinstance(s, Text) else _plain(s) for s in content])


def links(content: Inline) -> Iterator[Link]:
    """Yield every link in ``content``, outer first."""
    for span in content:
        if isinstance(span, Link):
            yield span
        if isinstance(span, Nested):
            yield from links(span.children)


def formulas(content: Inline) -> Iterator[Math]:
    """Yield every formula in ``content``."""
    for span in content:
        if isinstance(span, Math):
            yield span
        elif isinstance(span, Nested):
            yield from formulas(span.children)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  only commands that read a profile pay
    from mdit_py_plugins.dollarmath import dollarmath_plugin  # noqa: PLC0415  the same

    parser = MarkdownIt("zero").enable(
        ["emphasis", "link", "backticks", "escape", "autolink", "newline"]
    )
    # The profile's own check of links names the place. markdown-it-py means this to be assigned.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005  # as meant
    return parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=False)


def _spans(tokens: Iterator[Token], closing: str = "") -> Iterator[Span]:
    for token in tokens:
        if token.type == closing:
            return
        match token.type:
            case "strong_open":
                yield Strong(_merged(_spans(tokens, "strong_close")))
            case "em_open":
                yield Emphasis(_merged(_spans(tokens, "em_close")))
            case "link_open":
                target = str(token.attrGet("href") or "")
                yield Link(_merged(_spans(tokens, "link_close")), target)
            case "code_inline":
                yield Code(token.content)
            case "math_inline" if _is_money(token.content):
                yield Text(f"${token.content}$")
            case "math_inline":
                yield Math(token.content)
            case "softbreak" | "hardbreak":
                yield Text(" ")
            case _:
                yield Text(token.content)


def _is_money(between: str) -> bool:
    """Say whether what stands between two dollars is about amounts: "$10M (US$", not "$2^n$"."""
    return between[:1].isdigit() and "\\" not in between and _AMOUNT.search(between) is not None


def _merged(spans: Iterator[Span]) -> Inline:
    merged: list[Span] = []
    for span in spans:
        if isinstance(span, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1].text + span.text)
        elif span != Text(""):
            merged.append(span)
    return tuple(merged)


def _plain(span: Span) -> str:
    match span:
        case Text(text) | Code(text):
            return text
        case Math(source):
            return source
        case Strong(children) | Emphasis(children) | Link(children, _) | Owner(children):
            return plain(children)
