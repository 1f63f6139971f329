"""A template: every block of a CV as calls of the macros that its class declares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from pylatex.document import Document
from pylatex.utils import NoEscape

from cvforge import cv as shown
from cvforge.inline import Inline, Text, formulas
from cvforge.latex import escape
from cvforge.latex.nodes import EMPTY, Macro, Sequence, Source, Writer
from cvforge.templates import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pylatex.base_classes.latex_object import LatexObject

    from cvforge.cv import Cv
    from cvforge.diagnostics import Place

OPEN = Macro("CvOpen", 2)
CLOSE = Macro("CvClose", 0)
KEEP = Macro("CvKeep", 0)
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
PUBLICATION = Macro("CvPublication", 4)
OWNER = Macro("CvOwner", 1)
ABSTRACT = Macro("CvAbstract", 1)


@dataclass(frozen=True, slots=True)
class TexDocument:
    """A finished ``.tex`` and, by the number of each block in it, where the block was written."""

    source: str
    origins: tuple[Place | None, ...]

    def origin(self, line: int) -> Place | None:
        """Return the place in the profile that line ``line`` of the source (from 1) came from."""
        number = None
        for text in self.source.split("\n")[:line]:
            if text.startswith(r"\CvOpen{"):
                number = int(text.partition("}{")[2].partition("}")[0])
        return None if number is None else self.origins[number]


_NAME_AND_YEAR = re.compile(r"(\([^\s()]+) (\d{4}\))")
_SHORT = frozenset({"bullet", "oneliner", "labelled"})


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str
    place: Place | None
    nodes: tuple[LatexObject, ...]


class Template:
    """Maps a `Cv` to LaTeX. A template of its own look needs a class file, not a new mapping."""

    name: ClassVar[str]
    document_class: ClassVar[str]

    def document(self, cv: Cv, writer: Writer) -> TexDocument:
        """Return the whole ``.tex`` of a CV."""
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
        document.extend(self._front(cv, writer))
        blocks = [*self._header(cv.header, writer), *self._sections(cv, writer)]
        for number, block in enumerate(blocks):
            if _ends_list(blocks, number):
                document.append(_line(KEEP()))
            document.append(_between(number, block))
        source = str(document.dumps())  # type: ignore[no-untyped-call]  # the same
        lines = [line for line in source.split("\n") if line != "%"]
        return TexDocument("\n".join(lines) + "\n", tuple(block.place for block in blocks))

    def options(self, cv: Cv) -> Iterator[str]:
        """Yield the class options of a CV."""
        yield cv.design.paper
        yield cv.design.density
        yield "fill" if cv.pages == 1 else "foot"
        if any(True for leaf in cv.leaves() for _ in formulas(leaf.content)):
            yield "math"

    def _front(self, cv: Cv, writer: Writer) -> Iterator[LatexObject]:
        name = cv.header.name.plain
        subject = cv.header.headline[0].plain if cv.header.headline else ""
        yield _line(LANGUAGE(Source(words.patterns(cv.language))))
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

    def _header(self, header: shown.Header, writer: Writer) -> Iterator[_Block]:
        name = NAME(writer.phrase(header.name), writer.phrase(header.native_name))
        yield _Block("name", header.name.place, (name,))
        for line in header.headline:
            yield _Block("headline", line.place, (HEADLINE(writer.phrase(line)),))
        if header.contacts:
            contacts = [_contact(contact, writer) for contact in header.contacts]
            yield _Block("contacts", header.contacts[0].text.place, (CONTACTS(Sequence(contacts)),))

    def _sections(self, cv: Cv, writer: Writer) -> Iterator[_Block]:
        for section in cv.sections:
            title = section.title
            heading = SECTION(writer.phrase(title), _pdf_string(title.plain))
            yield _Block("section", section.place, (heading,))
            if section.note is not None:
                yield _Block("note", section.place, (NOTE(writer.phrase(section.note)),))
            for item in section.items:
                yield from self._item(item, writer)

    def _item(self, item: shown.Item, writer: Writer) -> Iterator[_Block]:
        match item:
            case shown.Paragraph():
                yield _Block("paragraph", item.place, (PARAGRAPH(writer.phrase(item.text)),))
            case shown.Bullet():
                yield _bullet(item, writer)
            case shown.Entry():
                yield from _entry(item, writer)
            case shown.OneLiner():
                line = ONE_LINER(writer.phrase(item.text), writer.phrase(item.date))
                yield _Block("oneliner", item.place, (line,))
            case shown.Labelled():
                labelled = LABELLED(writer.phrase(item.label), writer.phrase(item.text))
                yield _Block("labelled", item.place, (labelled,))
            case shown.Publication():
                yield from _publication(item, writer)


def _entry(entry: shown.Entry, writer: Writer) -> Iterator[_Block]:
    parts = (entry.heading, entry.date, entry.subheading, entry.location)
    heading = ENTRY(*(writer.phrase(part) for part in parts))
    details = tuple(DETAIL(writer.phrase(detail)) for detail in entry.details)
    yield _Block("entry", entry.place, (heading, *details))
    for bullet in entry.bullets:
        yield _bullet(bullet, writer)
    for role in entry.roles:
        yield _Block(
            "role", role.place, (ROLE(writer.phrase(role.title), writer.phrase(role.date)),)
        )
        for bullet in role.bullets:
            yield _bullet(bullet, writer)


def _bullet(bullet: shown.Bullet, writer: Writer) -> _Block:
    return _Block("bullet", bullet.place, (BULLET(writer.phrase(bullet.text)),))


def _publication(publication: shown.Publication, writer: Writer) -> Iterator[_Block]:
    title = writer.link(writer.inline(publication.title), publication.link)
    number = Source(str(publication.number))
    authors = Sequence(_authors(publication, writer))
    call = PUBLICATION(number, title, authors, writer.inline(_tied(publication.venue)))
    yield _Block("publication", publication.place, (call,))
    if publication.abstract:
        abstract = ABSTRACT(writer.inline(publication.abstract))
        yield _Block("abstract", publication.place, (abstract,))


def _tied(venue: Inline) -> Inline:
    """Keep a short name and its year in one line: "(ICML 2025)"."""
    return tuple(
        Text(_NAME_AND_YEAR.sub("\\1\N{NO-BREAK SPACE}\\2", span.text))
        if isinstance(span, Text)
        else span
        for span in venue
    )


def _authors(publication: shown.Publication, writer: Writer) -> Iterator[LatexObject]:
    for index, author in enumerate(publication.authors):
        if index > 0:
            yield writer.text(", ")
        name = writer.text(author.name)
        yield OWNER(name) if author.is_owner else name
        yield writer.text("".join(author.marks))
    if publication.others:
        yield writer.text(" et al.")


def _contact(contact: shown.Contact, writer: Writer) -> LatexObject:
    label = EMPTY if contact.label is None else writer.phrase(contact.label)
    return CONTACT(label, writer.link(writer.phrase(contact.text), contact.target))


def _ends_list(blocks: list[_Block], number: int) -> bool:
    """Say whether a block is the last of a list of short lines, which must not stand alone."""
    kinds = [block.kind for block in blocks[max(number - 1, 0) : number + 2]]
    kind = blocks[number].kind
    return kind in _SHORT and number > 0 and kinds[0] == kind and kinds[2:] != [kind]


def _between(number: int, block: _Block) -> LatexObject:
    opening = OPEN(Source(block.kind), Source(str(number)))
    where = "" if block.place is None else f"{block.place.file}:{block.place.line}"
    lines: Iterable[LatexObject] = (_line(node) for node in block.nodes)
    return Sequence([opening, Source(f"% {escape.comment(where)}\n"), *lines, _line(CLOSE())])


def _line(node: LatexObject) -> LatexObject:
    return Sequence([node, Source("%\n")])


def _pdf_string(characters: str) -> LatexObject:
    return Source(escape.pdf_string(characters))
