"""A template: every block of a CV as calls of the macros that its class declares."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, ClassVar

from pylatex.document import Document
from pylatex.utils import NoEscape

from cvforge.frozen import dataclass
from cvforge.inline import formulas
from cvforge.latex import escape
from cvforge.latex.lines import in_lines
from cvforge.latex.nodes import Macro, Sequence, Source, Writer
from cvforge.templates.blocks import Block, blocks
from cvforge.templates.settings import declarations, foot, on_line, settings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from collections.abc import Sequence as Ordered

    from pylatex.base_classes.latex_object import LatexObject

    from cvforge.cv import Cv
    from cvforge.diagnostics import Place

OPEN = Macro("CvOpen", 2)
CLOSE = Macro("CvClose", 0)
KEEP = Macro("CvKeep", 0)
DENSITY = Macro("CvDensity", 1)
PAGES = Macro("CvPages", 1)
FILL = Macro("CvFill", 0)
PAGE_BREAK = Macro("CvPageBreak", 0)
RULER = Macro("CvRuler", 1)
RULER_GAP = Macro("CvRulerGap", 2)
RULER_END = Macro("CvRulerEnd", 0)
ASK = Macro("CvAsk", 0)
METADATA = Macro("CvMetadata", 4)


@dataclass(frozen=True, slots=True)
class TexDocument:
    """A ``.tex`` and, by the number of each block in it, where the block was written."""

    source: str
    origins: tuple[Place | None, ...]

    def origin(self, line: int) -> Place | None:
        """Return the place in the profile that line ``line`` of the source (from 1) came from."""
        number = None
        for text in self.source.split("\n")[:line]:
            if text.startswith(r"\CvOpen{"):
                number = int(text.partition("}{")[2].partition("}")[0])
        return None if number is None else self.origins[number]


@dataclass(frozen=True, slots=True)
class Layout:
    """What a choice decided about the pages.

    ``breaks`` are the numbers of the blocks that begin a page, but for the first; with
    ``is_filled`` the pages are stretched to their full height in any case.
    """

    density: str
    pages: int
    breaks: frozenset[int] = frozenset()
    is_filled: bool = False


_BODY = "%body\n"  # where it is put into a document
_SHORT = frozenset({"bullet", "oneliner", "labelled"})


class Template:
    """Maps a `Cv` to LaTeX. A template of its own look needs a class file, not a new mapping."""

    name: ClassVar[str]
    document_class: ClassVar[str]

    def document(
        self, cv: Cv, writer: Writer, layout: Layout | None = None, *, chosen_of: Cv | None = None
    ) -> TexDocument:
        """Return the whole ``.tex`` of a CV, set as ``layout`` says or by the class alone.

        One that was chosen of another has the class options of that, which was measured with them.
        """
        blocks = self.blocks(cv, writer)
        front = [*self._front(cv, writer, layout)]
        body = [*declarations(writer), *front, Source(_body(blocks, layout))]
        source = self._source(chosen_of or cv, body)
        return TexDocument(source, tuple(block.place for block in blocks))

    def ruler(
        self,
        cv: Cv,
        writer: Writer,
        *stages: Mapping[str, Collection[int] | None],
    ) -> TexDocument:
        """Return a ``.tex`` that reports heights at the densities of a stage, and then asks.

        A stage gives the numbers of the blocks to measure by density; None is every block, and
        the gaps between them.
        """
        blocks = self.blocks(cv, writer)
        between = [_between(number, block) for number, block in enumerate(blocks)]
        before = [*settings(cv, writer)]
        foot(cv, writer)  # the answer has one, whose faces belong to this document
        body: list[LatexObject] = [*declarations(writer), *before]
        for stage in stages:
            for density, numbers in stage.items():
                chosen = range(len(between)) if numbers is None else numbers
                measured = Source("".join(between[number] for number in chosen))
                gaps = Source(_gaps(blocks) if numbers is None else "")
                body += [on_line(RULER(Source(density))), measured, gaps, on_line(RULER_END())]
            body.append(on_line(ASK()))
        return TexDocument(self._source(cv, body), tuple(block.place for block in blocks))

    def blocks(self, cv: Cv, writer: Writer) -> tuple[Block, ...]:
        """Return the blocks of a CV in the order of the page; they are written once."""
        return writer.once(lambda: blocks(cv, writer), cv)

    def options(self, cv: Cv) -> Iterator[str]:
        """Yield the class options of a CV."""
        yield cv.design.paper
        yield cv.design.density
        if cv.pages is not None:
            yield "fill"
        if cv.pages != 1:
            yield "foot"
        if any(True for leaf in cv.leaves() for _ in formulas(leaf.content)):
            yield "math"

    def _source(self, cv: Cv, body: Iterable[LatexObject]) -> str:
        before, after = _frame(self.document_class, tuple(self.options(cv)))
        return in_lines(f"{before}{Sequence(body).dumps()}{after}")

    def _front(self, cv: Cv, writer: Writer, layout: Layout | None) -> Iterator[LatexObject]:
        yield from settings(cv, writer)
        if layout is not None:
            yield on_line(DENSITY(Source(layout.density)))
            yield on_line(PAGES(Source(str(layout.pages))))
            if layout.is_filled:
                yield on_line(FILL())
        name = cv.header.name.plain
        subject = cv.header.headline[0].plain if cv.header.headline else ""
        yield on_line(
            METADATA(
                _pdf_string(f"{name} \N{EN DASH} Curriculum Vitae"),
                _pdf_string(name),
                _pdf_string(subject),
                _pdf_string(cv.language),
            )
        )
        yield on_line(foot(cv, writer))


@lru_cache(maxsize=32)
def _frame(document_class: str, options: tuple[str, ...]) -> tuple[str, str]:
    """Return what stands before and after the body of a document."""
    document = Document(  # type: ignore[no-untyped-call]  # pylatex is untyped
        documentclass=NoEscape(document_class),
        document_options=list(options),
        fontenc=None,
        inputenc=None,
        lmodern=False,
        textcomp=False,
        page_numbers=False,
    )
    document.data.clear()  # the constructor adds \pagestyle and \normalsize
    document.append(Source(_BODY))
    source = str(document.dumps())  # type: ignore[no-untyped-call]  # the same
    before, _, after = source.partition(_BODY)
    return before, after


def _body(blocks: Ordered[Block], layout: Layout | None) -> str:
    breaks = frozenset() if layout is None else layout.breaks
    lines = []
    for number, block in enumerate(blocks):
        if number in breaks:
            lines.append(PAGE_BREAK.line())
        elif _ends_list(blocks, number):
            lines.append(KEEP.line())
        lines.append(_between(number, block))
    return "".join(lines)


def _ends_list(blocks: Ordered[Block], number: int) -> bool:
    """Say whether a block is the last of a list of short lines, which must not stand alone."""
    kinds = [block.kind for block in blocks[max(number - 1, 0) : number + 2]]
    kind = blocks[number].kind
    return kind in _SHORT and number > 0 and kinds[0] == kind and kinds[2:] != [kind]


def _gaps(blocks: Iterable[Block]) -> str:
    pairs = product(sorted({block.kind for block in blocks}), repeat=2)
    return "".join(RULER_GAP.line(above, below) for above, below in pairs)


def _between(number: int, block: Block) -> str:
    where = "" if block.place is None else f"{block.place.file}:{block.place.line}"
    opening = OPEN.line(block.kind, str(number), comment=f" {escape.comment(where)}")
    return f"{opening}{block.source}{CLOSE.line()}"


def _pdf_string(characters: str) -> LatexObject:
    return Source(escape.pdf_string(characters))
