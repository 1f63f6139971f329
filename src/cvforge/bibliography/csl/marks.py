"""Inline spans as marks in plain strings, which a processor of strings carries without a look.

A mark is one character of a private plane of Unicode. What no mark stands for is text, whatever
is in it: ``<i>`` and ``&amp;`` are no markup to anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from cvforge.bibliography.spans import merged, trimmed
from cvforge.inline import Code, Emphasis, Inline, Link, Math, Owner, Span, Strong, Text
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

# What has no width: the ends of spans that hold text, and of quotations by the style.
FIRST_END, LAST_END = 0xF0000, 0xF7FFF
QUOTE_OPEN, QUOTE_CLOSE, LINK_CLOSE = "\U000f0000", "\U000f0001", "\U000f0002"
# What is shown: a span whole, a space that does not break, and the wall between signs of the
# author's own punctuation, so that "..." stays.
WALL, TIE = "\U000f8000", "\U000f8001"
_FIRST_LINK, _FIRST_WHOLE, _LAST = 0xF0100, 0xF8100, 0xFFFFD

_Nested: TypeAlias = Emphasis | Strong | Owner
_ENDS: dict[type[_Nested], tuple[str, str]] = {
    Emphasis: ("\U000f0010", "\U000f0011"),
    Strong: ("\U000f0012", "\U000f0013"),
    Owner: ("\U000f0014", "\U000f0015"),
}
_OPENING = {ends[0]: kind for kind, ends in _ENDS.items()}
_CLOSING = {*(ends[1] for ends in _ENDS.values()), LINK_CLOSE}
_PRIVATE = pattern("[\U000f0000-\U000fffff]")
# What "punctuation" would change stands apart in the author's own text.
_SPECIAL = pattern(
    "[\U000f0000-\U000fffff\u00a0]"
    r"|(?<=[.,;:!?\u2026])(?=[.,;:!?])|(?<=[(\[])(?= )|(?<= )(?=[.,)\]])"
)
_MARKS_AND_TEXT = pattern("[\U000f0000-\U000fffff]|[^\U000f0000-\U000fffff]+")


class TooManyMarksError(ValueError):
    """One entry holds more spans than there are marks."""


class Marks:
    """The spans of one entry, each with the mark that stands for it."""

    def __init__(self) -> None:
        self._whole: list[Span] = []
        self._targets: list[str] = []

    def encoded(self, content: Inline) -> str:
        """Return ``content`` as a string with marks."""
        return "".join(map(self._span, content))

    def text(self, text: str) -> str:
        """Return plain characters, so that none of them can be taken for a mark."""
        return _SPECIAL.sub(lambda found: self._special(found[0]), text)

    def name(self, text: str) -> str:
        """Return a part of a name: as text, but that its words may come apart."""
        return _PRIVATE.sub(lambda found: self._whole_mark(Text(found[0])), text)

    def linked(self, content: str, target: str) -> str:
        """Return the marked string ``content`` as what leads to ``target``."""
        self._targets.append(target)
        return self._mark(_FIRST_LINK + len(self._targets) - 1, LAST_END) + content + LINK_CLOSE

    def decoded(self, text: str, *, quotes: tuple[str, str]) -> Inline:
        """Return the spans of a string with marks; ``quotes`` are set at the style's quotations."""
        reader = _Reader(self._whole, self._targets, quotes)
        return trimmed(reader.read(text))

    def _span(self, span: Span) -> str:
        match span:
            case Text(text):
                return self.text(text)
            case Emphasis(children) | Strong(children) | Owner(children):
                return wrapped(type(span), self.encoded(children))
            case Link(children, target):
                return self.linked(self.encoded(children), target)
            case Math() | Code():
                return self._whole_mark(span)

    def _special(self, found: str) -> str:
        if found == "":
            return WALL
        return TIE if found == "\u00a0" else self._whole_mark(Text(found))

    def _whole_mark(self, span: Span) -> str:
        self._whole.append(span)
        return self._mark(_FIRST_WHOLE + len(self._whole) - 1, _LAST)

    @staticmethod
    def _mark(code: int, last: int) -> str:
        if code > last:
            raise TooManyMarksError("the entry has too many formulas and links")
        return chr(code)


def wrapped(kind: type[Emphasis | Strong | Owner], text: str) -> str:
    """Return ``text`` as the inside of a span of ``kind``."""
    opening, closing = _ENDS[kind]
    return f"{opening}{text}{closing}" if text else ""


class _Reader:
    """Reads a marked string from left to right; an end without its beginning is passed over."""

    def __init__(self, whole: list[Span], targets: list[str], quotes: tuple[str, str]) -> None:
        self._whole = whole
        self._targets = targets
        self._plain = {WALL: "", TIE: "\u00a0", QUOTE_OPEN: quotes[0], QUOTE_CLOSE: quotes[1]}

    def read(self, text: str) -> Inline:
        stack: list[tuple[Callable[[Inline], Span] | None, list[Span]]] = [(None, [])]
        for found in _MARKS_AND_TEXT.findall(text):
            opened = self._opened(found)
            if opened is not None:
                stack.append((opened, []))
            elif found in _CLOSING:
                self._close(stack)
            else:
                stack[-1][1].extend(self._shown(found))
        while len(stack) > 1:
            self._close(stack)
        return merged(stack[0][1])

    def _opened(self, mark: str) -> Callable[[Inline], Span] | None:
        if mark in _OPENING:
            return _OPENING[mark]
        number = ord(mark[0]) - _FIRST_LINK
        if not 0 <= number < len(self._targets):
            return None
        target = self._targets[number]
        return lambda children: Link(children, target)

    @staticmethod
    def _close(stack: list[tuple[Callable[[Inline], Span] | None, list[Span]]]) -> None:
        make, children = stack[-1]
        if make is not None:
            stack.pop()
            inner = merged(children)
            stack[-1][1].extend([make(inner)] if inner else [])

    def _shown(self, found: str) -> list[Span]:
        number = ord(found[0]) - _FIRST_WHOLE
        if 0 <= number < len(self._whole):
            return [self._whole[number]]
        return [Text(self._plain.get(found, found))]
