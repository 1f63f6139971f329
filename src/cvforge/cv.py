"""What one variant shows, in order; knows neither YAML nor LaTeX."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from cvforge.inline import Inline, Phrase, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.diagnostics import Place


# The kinds of the lines that no choice touches: the header's, and the legend under a heading.
HEADER_KINDS = frozenset({"name", "headline", "contacts"})
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


@dataclass(frozen=True, slots=True)
class Author:
    """One author of a publication, as printed."""

    name: str
    is_owner: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Block):
    """One numbered publication.

    ``others`` says that the list of authors ends with "et al.". ``venue`` is the whole line after
    the authors: where, when, status. ``link`` is the target of the title.
    """

    key: str
    number: int
    title: Inline
    authors: tuple[Author, ...]
    others: bool = False
    venue: Inline = ()
    link: str | None = None
    abstract: Inline = ()


Item: TypeAlias = Paragraph | Bullet | Entry | OneLiner | Labelled | Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Block):
    """A titled part of the CV; ``note`` stands under the title (a legend of marks)."""

    id: str
    title: Phrase
    note: Phrase | None = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach the person: ``label`` as the author words it, ``target`` a URL."""

    text: Phrase
    label: Phrase | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Who the CV is about."""

    name: Phrase
    native_name: Phrase | None = None
    headline: tuple[Phrase, ...] = ()
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """The choices that a class file takes as options."""

    paper: str = "a4"
    density: str = "regular"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cv:
    """One document: who, what, and how many pages at most."""

    variant: str
    language: str
    header: Header
    sections: tuple[Section, ...]
    design: Design = Design()
    pages: int | None = None

    def leaves(self) -> Iterator[Phrase]:
        """Yield every text that is shown, in the order of the page."""
        header = self.header
        yield header.name
        yield from _given(header.native_name, *header.headline)
        for contact in header.contacts:
            yield from _given(contact.label, contact.text)
        for section in self.sections:
            yield from _given(section.title, section.note)
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
        case Entry():
            yield from _given(
                item.heading, item.date, item.subheading, item.location, *item.details
            )
            for bullet in item.bullets:
                yield bullet.text
            for role in item.roles:
                yield from _given(role.title, role.date, *(b.text for b in role.bullets))


def _publication_leaves(item: Publication) -> Iterator[Phrase]:
    yield Phrase(item.title, item.place)
    for author in item.authors:
        yield Phrase((Text(author.name + "".join(author.marks)),), item.place)
    for content in (item.venue, item.abstract):
        if content:
            yield Phrase(content, item.place)
