"""A template: every block of a CV as calls of the macros that its class declares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from pylatex.document import Document
from pylatex.utils import NoEscape

from cvforge import cv as shown
from cvforge.inline import formulas
from cvforge.latex import escape
from cvforge.latex.nodes import EMPTY, Macro, Sequence, Source, Writer
from cvforge.templates import words
from cvforge.templates.ties import tied, without_runt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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
LANGUAGE = Macro("CvLanguage", 1)
METADATA = Macro("CvMetadata", 4)
FOOT = Macro("CvFoot", 4)
NAME = Macro("CvName", 2)
HEADLINE = Macro("CvHeadline", 1)
CONTACTS = Macro("CvContacts", 1)
CONTACT = Macro("CvContact", 2)
SECTION = Macro("CvSection", 2)
NOTE = Macro("CvNote", 1)
PARAGRAPH = Macro("CvParagraph", 1)
BULLET = Macro("CvBullet", 1)
ENTRY = Macro("CvEntry", 4)
DETAIL = Macro("CvDetail", 1)
ROLE = Macro("CvRole", 2)
ONE_LINER = Macro("CvOneLiner", 2)
LABELLED = Macro("CvLabelled", 2)
SUMMARY = Macro("CvSummary", 1)
GROUP = Macro("CvGroup", 1)
LABEL = Macro("CvLabel", 1)
PUBLICATION = Macro("CvPublication", 5)
CITATION = Macro("CvCitation", 3)
SHORT_LINK = Macro("CvShortLink", 1)
ABSTRACT = Macro("CvAbstract", 2)


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
class Block:
    r"""What stands between ``\CvOpen`` and ``\CvClose``; ``kind`` is that of the class's gaps."""

    kind: str
    place: Place | None
    nodes: tuple[LatexObject, ...]


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


_SHORT = frozenset({"bullet", "oneliner", "labelled"})


class Template:
    """Maps a `Cv` to LaTeX. A template of its own look needs a class file, not a new mapping."""

    name: ClassVar[str]
    document_class: ClassVar[str]

    def document(self, cv: Cv, writer: Writer, layout: Layout | None = None) -> TexDocument:
        """Return the whole ``.tex`` of a CV, set as ``layout`` says or by the class alone."""
        blocks = self.blocks(cv, writer)
        body = [*self._front(cv, writer, layout), *_body(blocks, layout)]
        return TexDocument(self._source(cv, body), tuple(block.place for block in blocks))

    def ruler(self, cv: Cv, writer: Writer, densities: Ordered[str]) -> TexDocument:
        """Return a ``.tex`` that reports every block's height at each density, and then asks."""
        blocks = self.blocks(cv, writer)
        kinds = sorted({block.kind for block in blocks})
        measured = Sequence(_between(number, block) for number, block in enumerate(blocks))
        gaps = Sequence(_line(RULER_GAP(Source(a), Source(b))) for a in kinds for b in kinds)
        body: list[LatexObject] = [*_settings(cv, writer)]
        for density in densities:
            body += [_line(RULER(Source(density))), measured, gaps, _line(RULER_END())]
        body.append(_line(ASK()))
        return TexDocument(self._source(cv, body), tuple(block.place for block in blocks))

    def blocks(self, cv: Cv, writer: Writer) -> tuple[Block, ...]:
        """Return the blocks of a CV in the order of the page."""
        return (*self._header(cv.header, writer), *self._sections(cv, writer))

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
        document = Document(  # type: ignore[no-untyped-call]  # pylatex is untyped
            documentclass=NoEscape(self.document_class),
            document_options=list(self.options(cv)),
            fontenc=None,
            inputenc=None,
            lmodern=False,
            textcomp=False,
            page_numbers=False,
        )
        document.data.clear()  # the constructor adds \pagestyle and \normalsize
        document.extend(body)
        source = str(document.dumps())  # type: ignore[no-untyped-call]  # the same
        return "\n".join(line for line in source.split("\n") if line != "%") + "\n"

    def _front(self, cv: Cv, writer: Writer, layout: Layout | None) -> Iterator[LatexObject]:
        yield from _settings(cv, writer)
        if layout is not None:
            yield _line(DENSITY(Source(layout.density)))
            yield _line(PAGES(Source(str(layout.pages))))
            if layout.is_filled:
                yield _line(FILL())
        name = cv.header.name.plain
        subject = cv.header.headline[0].plain if cv.header.headline else ""
        yield _line(
            METADATA(
                _pdf_string(f"{name} \N{EN DASH} Curriculum Vitae"),
                _pdf_string(name),
                _pdf_string(subject),
                _pdf_string(cv.language),
            )
        )
        around = (writer.text(word) for word in words.page_of_total(cv.language))
        yield _line(FOOT(writer.phrase(cv.header.name), *around))

    def _header(self, header: shown.Header, writer: Writer) -> Iterator[Block]:
        name = NAME(writer.phrase(header.name), writer.phrase(header.native_name))
        yield Block("name", header.name.place, (name,))
        for line in header.headline:
            yield Block("headline", line.place, (HEADLINE(writer.phrase(line)),))
        if header.contacts:
            contacts = [_contact(contact, writer) for contact in header.contacts]
            yield Block("contacts", header.contacts[0].text.place, (CONTACTS(Sequence(contacts)),))

    def _sections(self, cv: Cv, writer: Writer) -> Iterator[Block]:
        for section in cv.sections:
            title = section.title
            heading = [SECTION(writer.phrase(title), _pdf_string(title.plain))]
            if section.summary is not None:
                heading.append(SUMMARY(writer.phrase(section.summary)))
            yield Block("section", section.place, tuple(heading))
            if section.note is not None:
                yield Block("note", section.place, (NOTE(writer.phrase(section.note)),))
            for item in section.items:
                yield from self._item(item, writer)

    def _item(self, item: shown.Item, writer: Writer) -> Iterator[Block]:
        match item:
            case shown.Paragraph():
                text = PARAGRAPH(writer.inline(without_runt(item.text.content)))
                yield Block("paragraph", item.place, (text,))
            case shown.Bullet():
                yield _bullet(item, writer)
            case shown.Entry():
                yield from _entry(item, writer)
            case shown.OneLiner():
                line = ONE_LINER(writer.phrase(item.text), writer.phrase(item.date))
                yield Block("oneliner", item.place, (line,))
            case shown.Labelled():
                labelled = LABELLED(writer.phrase(item.label), writer.phrase(item.text))
                yield Block("labelled", item.place, (labelled,))
            case shown.Publication():
                yield from _publication(item, writer)
            case shown.PublicationGroup():
                yield Block("group", item.place, (GROUP(writer.phrase(item.title)),))
                for publication in item.items:
                    yield from _publication(publication, writer)


def _entry(entry: shown.Entry, writer: Writer) -> Iterator[Block]:
    parts = (entry.heading, entry.date, entry.subheading, entry.location)
    heading = ENTRY(*(writer.phrase(part) for part in parts))
    details = tuple(DETAIL(writer.phrase(detail)) for detail in entry.details)
    yield Block("entry", entry.place, (heading, *details))
    for bullet in entry.bullets:
        yield _bullet(bullet, writer)
    for role in entry.roles:
        yield Block(
            "role", role.place, (ROLE(writer.phrase(role.title), writer.phrase(role.date)),)
        )
        for bullet in role.bullets:
            yield _bullet(bullet, writer)


def _bullet(bullet: shown.Bullet, writer: Writer) -> Block:
    text = BULLET(writer.inline(without_runt(bullet.text.content)))
    return Block("bullet", bullet.place, (text,))


def _settings(cv: Cv, writer: Writer) -> Iterator[LatexObject]:
    """Yield what holds for every block, measured or set."""
    yield _line(LANGUAGE(Source(words.patterns(cv.language))))
    for label in cv.labels:
        yield _line(LABEL(writer.text(label)))


def _publication(publication: shown.Publication, writer: Writer) -> Iterator[Block]:
    label = writer.text(publication.label)
    links = Sequence(SHORT_LINK(writer.inline((link,))) for link in publication.links)
    if publication.citation:
        call = CITATION(label, writer.inline(without_runt(publication.citation)), links)
    else:
        title = writer.link(writer.inline(without_runt(publication.title)), publication.link)
        authors = writer.inline(publication.authors)
        venue = writer.inline(tied(publication.venue))
        call = PUBLICATION(label, title, authors, venue, links)
    yield Block("publication", publication.place, (call,))
    if publication.abstract:
        abstract = ABSTRACT(label, writer.inline(without_runt(publication.abstract)))
        yield Block("abstract", publication.place, (abstract,))


def _contact(contact: shown.Contact, writer: Writer) -> LatexObject:
    label = EMPTY if contact.label is None else writer.phrase(contact.label)
    return CONTACT(label, writer.link(writer.phrase(contact.text), contact.target))


def _body(blocks: Ordered[Block], layout: Layout | None) -> Iterator[LatexObject]:
    breaks = frozenset() if layout is None else layout.breaks
    for number, block in enumerate(blocks):
        if number in breaks:
            yield _line(PAGE_BREAK())
        elif _ends_list(blocks, number):
            yield _line(KEEP())
        yield _between(number, block)


def _ends_list(blocks: Ordered[Block], number: int) -> bool:
    """Say whether a block is the last of a list of short lines, which must not stand alone."""
    kinds = [block.kind for block in blocks[max(number - 1, 0) : number + 2]]
    kind = blocks[number].kind
    return kind in _SHORT and number > 0 and kinds[0] == kind and kinds[2:] != [kind]


def _between(number: int, block: Block) -> LatexObject:
    opening = OPEN(Source(block.kind), Source(str(number)))
    where = "" if block.place is None else f"{block.place.file}:{block.place.line}"
    lines: Iterable[LatexObject] = (_line(node) for node in block.nodes)
    return Sequence([opening, Source(f"% {escape.comment(where)}\n"), *lines, _line(CLOSE())])


def _line(node: LatexObject) -> LatexObject:
    return Sequence([node, Source("%\n")])


def _pdf_string(characters: str) -> LatexObject:
    return Source(escape.pdf_string(characters))
