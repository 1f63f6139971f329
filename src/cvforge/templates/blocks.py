"""The blocks of a CV: each entry, bullet and paragraph as calls of the macros of the class."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cvforge import cv as shown
from cvforge.frozen import dataclass
from cvforge.inline import plain
from cvforge.latex import escape
from cvforge.latex.nodes import Macro, Sequence, Source, Writer
from cvforge.templates.header import header_lines
from cvforge.templates.settings import on_line
from cvforge.templates.ties import LONG, tied, without_runt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pylatex.base_classes.latex_object import LatexObject

    from cvforge.cv import Cv
    from cvforge.diagnostics import Place

TURNED = Macro("CvTurned", 1)
FOREIGN = Macro("CvForeign", 1)
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
PUBLICATION = Macro("CvPublication", 5)
CITATION = Macro("CvCitation", 3)
SHORT_LINK = Macro("CvShortLink", 1)
ABSTRACT = Macro("CvAbstract", 2)


@dataclass(frozen=True, slots=True)
class Block:
    r"""What stands between ``\CvOpen`` and ``\CvClose``; ``kind`` is that of the class's gaps."""

    kind: str
    place: Place | None
    source: str

    @classmethod
    def of(cls, kind: str, place: Place | None, *nodes: LatexObject) -> Block:
        """Return a block of nodes, each on lines of its own."""
        return cls(kind, place, "".join([on_line(node).dumps() for node in nodes]))


def blocks(cv: Cv, writer: Writer) -> tuple[Block, ...]:
    """Return the blocks of a CV in the order of the page.

    Each is written once: what a choice keeps stays the same.
    """
    header = writer.once(lambda: tuple(_header(cv, writer)), cv.header)
    return (*header, *_sections(cv, writer))


def _header(cv: Cv, writer: Writer) -> Iterator[Block]:
    for kind, place, call in header_lines(cv.header, writer):
        yield Block.of(kind, place, call)


def _sections(cv: Cv, writer: Writer) -> Iterator[Block]:
    for section in cv.sections:
        heading = partial(_heading, section, writer)
        yield writer.once(heading, section.title, section.summary, section.place)
        if section.note is not None:
            yield Block.of("note", section.place, NOTE(writer.phrase(section.note)))
        for item in section.items:
            yield from _known(item, writer)


def _heading(section: shown.Section, writer: Writer) -> Block:
    title = section.title
    heading = [SECTION(writer.phrase(title), _pdf_string(title.plain))]
    if section.summary is not None:
        heading.append(SUMMARY(writer.phrase(section.summary)))
    return Block.of("section", section.place, *heading)


def _known(item: shown.Item, writer: Writer) -> tuple[Block, ...]:
    return writer.once(lambda: tuple(_item(item, writer)), item)


def _item(item: shown.Item, writer: Writer) -> Iterator[Block]:
    match item:
        case shown.Paragraph():
            text = PARAGRAPH(writer.inline(without_runt(item.text.content)))
            yield Block.of("paragraph", item.place, _turned(text, item.text.plain, writer))
        case shown.Bullet():
            yield _bullet(item, writer)
        case shown.Entry():
            yield from _entry(item, writer)
        case shown.OneLiner():
            line = ONE_LINER(writer.phrase(item.text), writer.phrase(item.date))
            yield Block.of("oneliner", item.place, line)
        case shown.Labelled():
            labelled = LABELLED(writer.phrase(item.label), writer.phrase(item.text))
            yield Block.of("labelled", item.place, labelled)
        case shown.Publication():
            yield from _publication(item, writer)
        case shown.PublicationGroup():
            yield Block.of("group", item.place, GROUP(writer.phrase(item.title)))
            for publication in item.items:
                yield from _publication(publication, writer)


def _entry(entry: shown.Entry, writer: Writer) -> Iterator[Block]:
    parts = (entry.heading, entry.date, entry.subheading, entry.location)
    heading = ENTRY(*(writer.phrase(part) for part in parts))
    details = tuple(DETAIL(writer.phrase(detail)) for detail in entry.details)
    yield Block.of("entry", entry.place, heading, *details)
    for bullet in entry.bullets:
        yield from _known(bullet, writer)
    for role in entry.roles:
        title = ROLE(writer.phrase(role.title), writer.phrase(role.date))
        yield Block.of("role", role.place, title)
        for bullet in role.bullets:
            yield from _known(bullet, writer)


def _bullet(bullet: shown.Bullet, writer: Writer) -> Block:
    text: LatexObject = BULLET(writer.inline(without_runt(bullet.text.content)))
    if len(bullet.text.plain) > LONG:
        text = _turned(text, bullet.text.plain, writer)
    return Block.of("bullet", bullet.place, text)


def _turned(call: LatexObject, text: str, writer: Writer) -> LatexObject:
    """Return a call for lines that run as their text does, where the document runs otherwise."""
    if writer.level(text) == int(writer.is_leftward):
        return call
    return FOREIGN(call) if writer.is_leftward else TURNED(call)


def _publication(publication: shown.Publication, writer: Writer) -> Iterator[Block]:
    label = writer.text(publication.label)
    links = Sequence(SHORT_LINK(writer.inline((link,))) for link in publication.links)
    call: LatexObject
    if publication.citation:
        call = CITATION(label, writer.inline(without_runt(publication.citation)), links)
    else:
        title = writer.linked(without_runt(publication.title), publication.link)
        authors = writer.inline(publication.authors)
        venue = writer.inline(tied(publication.venue))
        call = PUBLICATION(label, title, authors, venue, links)
    if writer.is_leftward:
        said = (publication.citation, publication.title, publication.authors)
        call = _turned(call, " ".join(map(plain, said)), writer)
    yield Block.of("publication", publication.place, call)
    if publication.abstract:
        text = ABSTRACT(label, writer.inline(without_runt(publication.abstract)))
        abstract = _turned(text, plain(publication.abstract), writer)
        yield Block.of("abstract", publication.place, abstract)


def _pdf_string(characters: str) -> LatexObject:
    return Source(escape.pdf_string(characters))
