"""Marked-up text that runs in both directions as nodes: each stretch between its two calls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvforge import inline as markup
from cvforge.latex import escape
from cvforge.latex.bidi import first_level, levels
from cvforge.latex.fonts import CODE_FACE, TEXT_FACE
from cvforge.latex.math import math_tex
from cvforge.latex.nodes import (
    BEGIN,
    CODE,
    END,
    LINK,
    LINK_BOX,
    MATH,
    WRAPPERS,
    Macro,
    Sequence,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pylatex.base_classes.latex_object import LatexObject

    from cvforge.latex.nodes import Writer

_OBJECT = "\ufffc"  # stands for a formula, which is neither; Unicode 15.1, 23.8
_MARKS_OF_DIRECTION = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))
# What runs rightward as a whole, wherever it stands: telephone numbers, and names such as "C++".
# Source: UAX #9, 4.3, HL4.
_RIGHTWARD = r"(?<!\w)\+\d[\d ().-]{4,}\d|\b[A-Za-z]+[+#]+"
_ARABIC_MARKS = frozenset("\u060c\u061b\u061f")  # comma, semicolon, question mark
_SHORT = 24  # characters of a link that is set in one piece


def directed(content: markup.Inline, writer: Writer, *, language: str) -> Iterator[LatexObject]:
    """Yield a paragraph's text; what it does not say itself is the direction of the document."""
    flat = "".join(_characters(content))
    base = base_level(flat, is_leftward=writer.is_leftward)
    setting = _Directions(writer, language, levels(judged_text(flat), base=base), base)
    is_turned = base != 0 or writer.is_leftward
    if is_turned:
        yield _switch(BEGIN[base])
    yield from setting.spans(content)
    yield from setting.moves(base)
    if is_turned:
        yield _switch(END[base])


def base_level(text: str, *, is_leftward: bool) -> int:
    """Return the level of a paragraph: by its first letter, in a leftward document by its words.

    There a text may begin with a foreign name, and be one in the language of the document still.
    What has no letters runs as the document does.
    """
    judged = judged_text(text)
    if not is_leftward:
        return first_level(judged)
    words = [first_level(word, otherwise=-1) for word in judged.split()]
    is_foreign = words.count(0) > words.count(1) and _ARABIC_MARKS.isdisjoint(judged)
    return 0 if is_foreign else 1


def judged_text(text: str) -> str:
    """Return a text as its direction is judged: what always runs rightward stands as letters."""
    return re.sub(_RIGHTWARD, lambda found: "x" * len(found[0]), text)


def _switch(macro: Macro) -> LatexObject:
    """Return a call that begins or ends a direction, wherever the groups of markup end."""
    return Sequence([macro(), Source("{}")])


def _characters(content: markup.Inline) -> Iterator[str]:
    for span in content:
        match span:
            case markup.Text(text) | markup.Code(text):
                yield text
            case markup.Math():
                yield _OBJECT
            case _:
                yield from _characters(span.children)


def _length(content: markup.Inline) -> int:
    return sum(map(len, _characters(content)))


class _Directions:
    """Goes through a paragraph once; ``depth`` is the level of what is written next."""

    def __init__(self, writer: Writer, language: str, levels: list[int], depth: int) -> None:
        self._writer = writer
        self._language = language
        self._levels = levels
        self._depth = depth
        self._at = 0

    def spans(self, content: markup.Inline) -> Iterator[LatexObject]:
        """Yield the nodes of spans."""
        for span in content:
            match span:
                case markup.Text(text):
                    yield from self._text(text)
                case markup.Strong(children) | markup.Emphasis(children) | markup.Owner(children):
                    yield WRAPPERS[type(span)](Sequence(self.spans(children)))
                case markup.Code(text):
                    yield CODE(Sequence(self._text(text, face=CODE_FACE, breakable=True)))
                case markup.Math(source):
                    yield from self._math(source)
                case markup.Link(children, target):
                    yield from self._link(children, target)

    def moves(self, level: int) -> Iterator[LatexObject]:
        """Yield what leads to a level."""
        while self._depth < level:
            self._depth += 1
            yield _switch(BEGIN[self._depth % 2])
        while self._depth > level:
            yield _switch(END[self._depth % 2])
            self._depth -= 1

    def _text(
        self, text: str, *, face: str = TEXT_FACE, breakable: bool = False
    ) -> Iterator[LatexObject]:
        start = 0
        while start < len(text):
            level = self._levels[self._at]
            end = start
            while end < len(text) and self._levels[self._at + end - start] == level:
                end += 1
            yield from self.moves(level)
            yield from self._writer.runs(
                text[start:end].translate(_MARKS_OF_DIRECTION),
                face=face,
                breakable=breakable,
                language=self._language,
                is_leftward=level % 2 == 1,
            )
            self._at += end - start
            start = end

    def _math(self, source: str) -> Iterator[LatexObject]:
        level = self._levels[self._at]
        yield from self.moves(level + level % 2)
        yield MATH(Source(math_tex(source)))
        self._at += 1

    def _link(self, content: markup.Inline, target: str) -> Iterator[LatexObject]:
        """Yield a link; where the engine turns it around, word by word, each in a box.

        An area begins and ends with calls of the driver, which change places in what runs
        leftward: a box is not turned.
        """
        length = _length(content)
        found = set(self._levels[self._at : self._at + length])
        if len(found) == 1 and 1 not in found:
            yield from self.moves(found.pop())
            yield LINK(Source(escape.pdf_uri(target)), Sequence(self._linked(content, target)))
            return
        for word in [content] if length <= _SHORT else _words(content):
            if word == (markup.Text(" "),):
                yield from self._text(" ")
            else:
                yield from self._boxed(word, target)

    def _linked(self, content: markup.Inline, target: str) -> Iterator[LatexObject]:
        match content:
            case (markup.Text(text),) if text in target:
                yield from self._text(text, breakable=True)
            case _:
                yield from self.spans(content)

    def _boxed(self, word: markup.Inline, target: str) -> Iterator[LatexObject]:
        level = min(self._levels[self._at : self._at + _length(word)])
        yield from self.moves(level)
        turn = [_switch(BEGIN[1])] if level % 2 else []
        back = [_switch(END[1])] if level % 2 else []
        inside = Sequence([*turn, *self.spans(word), *self.moves(level), *back])
        yield LINK_BOX(Source(escape.pdf_uri(target)), inside)


def _words(content: markup.Inline) -> Iterator[markup.Inline]:
    """Yield the words of a text, and the spaces between them; other markup is one word."""
    for span in content:
        if isinstance(span, markup.Text):
            for number, word in enumerate(span.text.split(" ")):
                if number > 0:
                    yield (markup.Text(" "),)
                if word:
                    yield (markup.Text(word),)
        else:
            yield (span,)
