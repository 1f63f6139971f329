"""What one variant shows, in order; knows neither YAML nor LaTeX."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from cvforge.frozen import dataclass
from cvforge.inline import Inline, Link, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.diagnostics import Place


# The kinds of the lines that no choice touches: the header's (all of them stand beside a photo),
# and the legend under a heading.
HEADER_KINDS = frozenset({"name", "headline", "contacts", "portrait"})
NOTE = "note"


class Keep(StrEnum):
    """What the author says about a block before any choice is made."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Rank:
    """How much the author wants a block: 0 (least) to 100 (most).

    Blocks of one ``group`` are all shown or none is.
    """

    priority: int = 50
    keep: Keep = Keep.AUTO
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Anything that can be shown or left out as a whole."""

    rank: Rank = Rank()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Block):
    """Running text."""

    text: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet(Block):
    """One item of a bulleted list."""

    text: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Block):
    """One of several positions held at one organisation."""

    title: Phrase
    date: Phrase | None = None
    bullets: tuple[Bullet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Block):
    """One position of a timeline: a degree, a job, a course taught.

    ``heading`` is set first and strongest, with ``date`` at the right; ``subheading`` follows,
    with ``location`` at the right; ``details`` are lines of their own.
    """

    heading: Phrase
    date: Phrase | None = None
    subheading: Phrase | None = None
    location: Phrase | None = None
    details: tuple[Phrase, ...] = ()
    roles: tuple[Role, ...] = ()
    bullets: tuple[Bullet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OneLiner(Block):
    """One thing with a date: an award, a talk, a service."""

    text: Phrase
    date: Phrase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled(Block):
    """A label and what stands under it: a group of skills."""

    label: Phrase
    text: Phrase


class Numbering(StrEnum):
    """How the publications of a section are numbered; those of each prefix on their own."""

    CONTINUOUS = "continuous"
    CONTINUED = "continued"  # goes on after the publications sections above
    BY_GROUP = "by-group"
    REVERSED = "reversed"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Block):
    """One publication of a list.

    In the house style its text is ``title``, ``authors`` and ``venue`` (the whole line after the
    authors: where, when, status); in a citation style it is ``citation``, and the title is there
    to name it by. ``link`` is the target of the title, ``links`` are short labelled ones. ``marks``
    stand beside authors and need a legend. ``label`` is what is printed before it, made of
    ``prefix`` and its number when all is chosen.
    """

    key: str
    title: Inline
    authors: Inline = ()
    venue: Inline = ()
    citation: Inline = ()
    link: str | None = None
    links: tuple[Link, ...] = ()
    abstract: Inline = ()
    marks: frozenset[str] = frozenset()
    prefix: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationGroup(Block):
    """Publications of a section under a heading of their own."""

    title: Phrase
    items: tuple[Publication, ...] = ()


Item: TypeAlias = Paragraph | Bullet | Entry | OneLiner | Labelled | Publication | PublicationGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Block):
    """A titled part of the CV; under the title stand a ``summary`` and a ``note`` (a legend)."""

    id: str
    title: Phrase
    summary: Phrase | None = None
    note: Phrase | None = None
    numbering: Numbering = Numbering.CONTINUOUS
    items: tuple[Item, ...] = ()

    @property
    def publications(self) -> Iterator[Publication]:
        """The publications of the section, those of its groups among them."""
        for item in self.items:
            if isinstance(item, PublicationGroup):
                yield from item.items
            elif isinstance(item, Publication):
                yield item


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach the person: ``label`` as the author words it, ``target`` a URL."""

    text: Phrase
    label: Phrase | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of the person: a JPEG that was encoded here, never the file that was given."""

    jpeg: bytes = field(repr=False)
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Who the CV is about."""

    name: Phrase
    native_name: Phrase | None = None
    headline: tuple[Phrase, ...] = ()
    contacts: tuple[Contact, ...] = ()
    photo: Photo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """The choices that a class file takes as options."""

    paper: str = "a4"
    density: str = "regular"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cv:
    """One document: who, what, and how many pages at most.

    ``labels`` are as wide as any label of the publications that may be shown.
    """

    variant: str
    language: str
    header: Header
    sections: tuple[Section, ...]
    design: Design = Design()
    pages: int | None = None
    labels: tuple[str, ...] = ()

    def leaves(self) -> Iterator[Phrase]:
        """Yield every text that is shown, in the order of the page."""
        header = self.header
        yield header.name
        yield from _given(header.native_name, *header.headline)
        for contact in header.contacts:
            yield from _given(contact.label, contact.text)
        for section in self.sections:
            yield from _given(section.title, section.summary, section.note)
            for item in section.items:
                yield from _item_leaves(item)


def _given(*phrases: Phrase | None) -> Iterator[Phrase]:
    return (phrase for phrase in phrases if phrase is not None)


def _item_leaves(item: Item) -> Iterator[Phrase]:
    match item:
        case Paragraph() | Bullet():
            yield item.text
        case OneLiner():
            yield from _given(item.text, item.date)
        case Labelled():
            yield from (item.label, item.text)
        case Publication():
            yield from _publication_leaves(item)
        case PublicationGroup():
            yield item.title
            for publication in item.items:
                yield from _publication_leaves(publication)
        case Entry():
            yield from _entry_leaves(item)


def _entry_leaves(entry: Entry) -> Iterator[Phrase]:
    where = (entry.date, entry.subheading, entry.location)
    if entry.subheading is None:  # the place and the date share the right end of a line
        where = (entry.location, entry.date, None)
    yield from _given(entry.heading, *where, *entry.details)
    for bullet in entry.bullets:
        yield bullet.text
    for role in entry.roles:
        yield from _given(role.title, role.date, *(b.text for b in role.bullets))


def _publication_leaves(item: Publication) -> Iterator[Phrase]:
    text = (item.citation,) if item.citation else (item.title, item.authors, item.venue)
    links = ((link,) for link in item.links)
    for content in (*text, *links, item.abstract):
        if content:
            yield Phrase(content, item.place)
