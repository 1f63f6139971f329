"""The LaTeX tree: macros of the class with their arities, and text that is escaped once."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, TypeVar, cast

from pylatex.base_classes.command import Command
from pylatex.base_classes.containers import Container
from pylatex.base_classes.latex_object import LatexObject
from pylatex.utils import NoEscape

from cvforge import inline as markup
from cvforge.frozen import dataclass
from cvforge.latex import escape
from cvforge.latex.bidi import is_leftward_language, runs_leftward
from cvforge.latex.fonts import (
    CODE_FACE,
    COMPOSING,
    FIRST_IDEOGRAPH,
    TEXT_FACE,
    FaceSet,
)
from cvforge.latex.math import math_tex
from cvforge.latex.spelling import is_spelled
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")


class Source(LatexObject):
    """Finished TeX source, such as an option or a number; never the author's text."""

    def __init__(self, source: str) -> None:
        # pylatex would give each node a set of packages; a class loads its own.
        self._source = source

    def dumps(self) -> str:
        """Return the source as it is."""
        return NoEscape(self._source)


class Sequence(Container):
    """Nodes one after the other, with nothing between them."""

    content_separator = ""

    _default_escape = False

    def __init__(self, nodes: Iterable[LatexObject] = ()) -> None:
        self.data = self.real_data = list(nodes)

    def dumps(self) -> str:
        """Return the nodes' sources, joined."""
        return NoEscape("".join([node.dumps() for node in self.data]))


class Call(Command):
    """A macro with arguments in braces, and nothing else of what pylatex's commands have."""

    def __init__(self, name: str, arguments: tuple[LatexObject, ...]) -> None:
        self.command = name
        self.arguments = arguments

    def dumps(self) -> str:
        """Return the call's source."""
        sources = [node.dumps() for node in self.arguments]  # type: ignore[no-untyped-call]  # pylatex is untyped
        return NoEscape(f"\\{self.command}{''.join([f'{{{source}}}' for source in sources])}")


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro that the class declares, and the number of its arguments."""

    name: str
    arity: int

    def __call__(self, *arguments: LatexObject) -> Call:
        """Return a call of the macro.

        Raises:
            TypeError: if the number of arguments is not the macro's arity.
        """
        if len(arguments) != self.arity:
            raise TypeError(f"\\{self.name} takes {self.arity} arguments, not {len(arguments)}")
        return Call(self.name, arguments)

    def line(self, *sources: str, comment: str = "") -> str:
        """Return a call with finished TeX source, as a line of the ``.tex``.

        Raises:
            TypeError: if the number of arguments is not the macro's arity.
        """
        if len(sources) != self.arity:
            raise TypeError(f"\\{self.name} takes {self.arity} arguments, not {len(sources)}")
        return f"\\{self.name}{''.join(f'{{{source}}}' for source in sources)}%{comment}\n"


STRONG = Macro("CvStrong", 1)
EMPHASIS = Macro("CvEmphasis", 1)
CODE = Macro("CvCode", 1)
MATH = Macro("CvMath", 1)
OWNER = Macro("CvOwner", 1)
LINK = Macro("CvLink", 2)
LINK_BOX = Macro("CvLinkBox", 2)
FACE = Macro("CvFace", 2)
COMPOSED = Macro("CvComposed", 1)
SPELLED = Macro("CvSpelled", 1)
UNSPACED = Macro("CvUnspaced", 2)
# Around what runs rightward, and leftward; by the parity of its level.
BEGIN = (Macro("CvL", 0), Macro("CvR", 0))
END = (Macro("CvEndL", 0), Macro("CvEndR", 0))

EMPTY = Sequence()
WRAPPERS = {markup.Strong: STRONG, markup.Emphasis: EMPHASIS, markup.Owner: OWNER}
# Below it there are neither ideographs nor scripts that need anything of their own.
_FIRST_UNUSUAL = "\u0e00"
_WIDE_LANGUAGES = frozenset({"ja", "zh", "yue"})
_FIRST_MARK = "\u0300"
# Dashes and signs lie between them; a pattern for all of them takes Python 2 ms to compile.
_JAMO = pattern(r"[\u1100-\u11ff]")
_FIRST_AFTER_SIGNS = "\u2e80"
_IDEOGRAPHS = pattern(
    r"[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)


class Directed(Sequence):
    """Text with parts that run in different directions, each between two calls."""


@dataclass(slots=True)
class Writer:
    """Writes text as nodes, in the faces that have its characters.

    ``language`` (BCP 47) is the document's. It says which way a text runs that has no letters, and
    which form Han characters have. ``has_directions`` says whether any text written so far needs
    the engine to know directions.
    """

    faces: FaceSet
    language: str = "en"
    has_directions: bool = False

    written: dict[tuple[int, ...], tuple[object, object]] = field(default_factory=dict)

    def once(self, write: Callable[[], T], *things: object) -> T:
        """Return what ``write`` makes of things, made when it is first asked for."""
        known = self.written.get(key := tuple(map(id, things)))
        if known is None:
            # The things are kept, so that their ids stay their own.
            known = self.written[key] = things, write()
        return cast("T", known[1])

    @property
    def is_leftward(self) -> bool:
        """Whether the whole document runs from right to left."""
        return is_leftward_language(self.language)

    def level(self, plain: str) -> int:
        """Return the level of a paragraph, 0 or 1, by its letters and its document."""
        if not self._is_directed(plain):
            return int(self.is_leftward)
        from cvforge.latex.directions import base_level  # noqa: PLC0415  few documents need it

        return base_level(plain, is_leftward=self.is_leftward)

    @property
    def is_wide(self) -> bool:
        """Whether the document's letters are of one width, and its words without spaces."""
        return self.language.partition("-")[0] in _WIDE_LANGUAGES

    def text(self, characters: str, *, face: str = TEXT_FACE, breakable: bool = False) -> Sequence:
        """Return plain characters as a node."""
        if self._is_directed(characters):
            return self._directed((markup.Text(characters),))
        language = self._form(characters)
        return Sequence(self.runs(characters, face=face, breakable=breakable, language=language))

    def inline(self, content: markup.Inline) -> Sequence:
        """Return marked-up text as a node."""
        plain = markup.plain(content)
        if self._is_directed(plain):
            return self._directed(content)
        language = self._form(plain)
        return Sequence(self._span(span, language) for span in content)

    def phrase(self, phrase: markup.Phrase | None) -> Sequence:
        """Return a phrase as a node; an absent one as nothing."""
        return EMPTY if phrase is None else self.inline(phrase.content)

    def link(self, content: LatexObject, target: str | None) -> LatexObject:
        """Return ``content`` leading to ``target``, or as it is when there is no target."""
        if target is None:
            return content
        # The two ends of a link change places in what runs leftward, but for a box.
        macro = LINK_BOX if isinstance(content, Directed) else LINK
        return macro(Source(escape.pdf_uri(target)), content)

    def linked(self, content: markup.Inline, target: str | None) -> LatexObject:
        """Return marked-up text of any length leading to ``target``, where there is one."""
        if target is not None and self._is_directed(markup.plain(content)):
            return self.inline((markup.Link(content, target),))
        return self.link(self.inline(content), target)

    def runs(
        self,
        characters: str,
        *,
        face: str,
        breakable: bool,
        language: str,
        is_leftward: bool = False,
    ) -> Iterator[LatexObject]:
        """Yield characters that run in one direction, in the faces that have them."""
        escaped = escape.breakable if breakable else escape.text
        before, done = "", 0
        runs = self.faces.runs(characters, face=face, language=language, is_leftward=is_leftward)
        for run in runs:
            if before and not is_leftward and (gap := escape.between(before, run.text[0])):
                yield Source(gap)
            done += len(run.text)
            source: LatexObject = Source(escaped(run.text))
            if not run.text.isascii():
                if max(run.text) >= _FIRST_UNUSUAL:
                    source = _by_script(run.text, source)
                if not is_leftward and max(run.text) >= _FIRST_MARK and is_spelled(run.text):
                    source = SPELLED(source)
            if run.face is not None:
                from cvforge.latex.pictures import anchored  # noqa: PLC0415  few documents need it

                source = anchored(source, run.text, around=(before, characters[done : done + 1]))
                source = FACE(Source(run.face), source)
            yield source
            before = run.text[-1]

    def _is_directed(self, plain: str) -> bool:
        if plain.isascii():
            return plain != "" and self.is_leftward
        return self.is_leftward or runs_leftward(plain)

    def _directed(self, content: markup.Inline) -> Directed:
        from cvforge.latex.directions import directed  # noqa: PLC0415  few documents need it

        self.has_directions = True
        language = self._form(markup.plain(content))
        return Directed(directed(content, self, language=language))

    def _form(self, plain: str) -> str:
        """Return the language by which Han characters of a text have their form."""
        if plain.isascii() or not _has_ideographs(plain):
            return self.language
        from cvforge.fonts.scripts import cjk_language  # noqa: PLC0415  the same

        return cjk_language(plain, language=self.language)

    def _span(self, span: markup.Span, language: str) -> LatexObject:
        match span:
            case markup.Text(text):
                return self._plain(text, language)
            case markup.Strong(children) | markup.Emphasis(children) | markup.Owner(children):
                return WRAPPERS[type(span)](Sequence(self._span(c, language) for c in children))
            case markup.Code(text):
                return CODE(self._plain(text, language, face=CODE_FACE, breakable=True))
            case markup.Math(source):
                return MATH(Source(math_tex(source)))
            case markup.Link(children, target):
                return self.link(self._link_text(children, target, language), target)

    def _plain(
        self, text: str, language: str, *, face: str = TEXT_FACE, breakable: bool = False
    ) -> Sequence:
        return Sequence(self.runs(text, face=face, breakable=breakable, language=language))

    def _link_text(self, content: markup.Inline, target: str, language: str) -> Sequence:
        match content:
            case (markup.Text(text),) if text in target:
                return self._plain(text, language, breakable=True)
            case _:
                return Sequence(self._span(span, language) for span in content)


def _has_ideographs(text: str) -> bool:
    last = max(text)
    if last < FIRST_IDEOGRAPH:
        return False
    return (_JAMO if last < _FIRST_AFTER_SIGNS else _IDEOGRAPHS).search(text) is not None


def _by_script(characters: str, source: LatexObject) -> LatexObject:
    """Return text with what its script needs besides glyphs."""
    if _has_ideographs(characters):
        source = Source(escape.ideographs(characters))
    elif (language := escape.unspaced_language(characters)) is not None:
        source = UNSPACED(Source(language), Source(escape.unbroken(characters)))
    is_composed = not COMPOSING.isdisjoint(map(ord, characters))
    return COMPOSED(source) if is_composed else source
