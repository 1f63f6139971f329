"""The LaTeX tree: macros of the class with their arities, and text that is escaped once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pylatex.base_classes.command import Arguments, Command
from pylatex.base_classes.containers import Container
from pylatex.base_classes.latex_object import LatexObject
from pylatex.utils import NoEscape

from cvforge import inline as markup
from cvforge.latex import escape
from cvforge.latex.fonts import CJK_FACE, CODE_FACE, TEXT_FACE, FaceSet
from cvforge.latex.math import math_tex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Source(LatexObject):
    """Finished TeX source, such as an option or a number; never the author's text."""

    def __init__(self, source: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # pylatex is untyped
        self._source = source

    def dumps(self) -> str:
        """Return the source as it is."""
        return NoEscape(self._source)


class Sequence(Container):
    """Nodes one after the other, with nothing between them."""

    content_separator = ""

    def __init__(self, nodes: Iterable[LatexObject] = ()) -> None:
        super().__init__(data=list(nodes))  # type: ignore[no-untyped-call]  # the same
        self.escape = False

    def dumps(self) -> str:
        """Return the nodes' sources, joined."""
        return NoEscape("".join(node.dumps() for node in self.data))


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro that the class declares, and the number of its arguments."""

    name: str
    arity: int

    def __call__(self, *arguments: LatexObject) -> Command:
        """Return a call of the macro.

        Raises:
            TypeError: if the number of arguments is not the macro's arity.
        """
        if len(arguments) != self.arity:
            raise TypeError(f"\\{self.name} takes {self.arity} arguments, not {len(arguments)}")
        braced = Arguments(list(arguments))  # type: ignore[no-untyped-call]  # the same
        return Command(self.name, arguments=braced)  # type: ignore[no-untyped-call]  # the same


STRONG = Macro("CvStrong", 1)
EMPHASIS = Macro("CvEmphasis", 1)
CODE = Macro("CvCode", 1)
MATH = Macro("CvMath", 1)
OWNER = Macro("CvOwner", 1)
LINK = Macro("CvLink", 2)
FACE = Macro("CvFace", 2)

EMPTY = Sequence()
_WRAPPERS = {markup.Strong: STRONG, markup.Emphasis: EMPHASIS, markup.Owner: OWNER}


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes text as nodes, in the faces that have its characters."""

    faces: FaceSet

    def text(self, characters: str, *, face: str = TEXT_FACE, breakable: bool = False) -> Sequence:
        """Return plain characters as a node."""
        return Sequence(self._runs(characters, face=face, breakable=breakable))

    def inline(self, content: markup.Inline) -> Sequence:
        """Return marked-up text as a node."""
        return Sequence(self._span(span) for span in content)

    def phrase(self, phrase: markup.Phrase | None) -> Sequence:
        """Return a phrase as a node; an absent one as nothing."""
        return EMPTY if phrase is None else self.inline(phrase.content)

    def link(self, content: LatexObject, target: str | None) -> LatexObject:
        """Return ``content`` leading to ``target``, or as it is when there is no target."""
        return content if target is None else LINK(Source(escape.pdf_uri(target)), content)

    def _runs(self, characters: str, *, face: str, breakable: bool) -> Iterator[LatexObject]:
        escaped = escape.breakable if breakable else escape.text
        for run in self.faces.runs(characters, face=face):
            if run.face is None:
                yield Source(escaped(run.text))
            else:
                in_face = escape.ideographs if run.face == CJK_FACE else escaped
                yield FACE(Source(run.face), Source(in_face(run.text)))

    def _span(self, span: markup.Span) -> LatexObject:
        match span:
            case markup.Text(text):
                return self.text(text)
            case markup.Strong(children) | markup.Emphasis(children) | markup.Owner(children):
                return _WRAPPERS[type(span)](self.inline(children))
            case markup.Code(text):
                return CODE(self.text(text, face=CODE_FACE, breakable=True))
            case markup.Math(source):
                return MATH(Source(math_tex(source)))
            case markup.Link(children, target):
                return self.link(self._linked(children, target), target)

    def _linked(self, content: markup.Inline, target: str) -> Sequence:
        match content:
            case (markup.Text(text),) if text in target:
                return self.text(text, breakable=True)
            case _:
                return self.inline(content)
