"""The lines about the person as calls of the class's macros, beside a photo or without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cvforge.latex.nodes import EMPTY, Macro, Sequence, Source, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pylatex.base_classes.latex_object import LatexObject

    from cvforge.cv import Contact, Header
    from cvforge.diagnostics import Place

PHOTO_FILE = "photo.jpg"  # what stands beside a document with a photo
PORTRAIT = Macro("CvPortrait", 2)
NAME = Macro("CvName", 2)
HEADLINE = Macro("CvHeadline", 1)
CONTACTS = Macro("CvContacts", 1)
CONTACT = Macro("CvContact", 2)


class HeaderLine(NamedTuple):
    """What makes a block of its own: its kind, where it was written, and the call."""

    kind: str
    place: Place | None
    call: LatexObject


def header_lines(header: Header, writer: Writer) -> Iterator[HeaderLine]:
    """Yield the lines of a header; those beside a photo are one, as high as both."""
    lines = _lines(header, writer)
    if header.photo is None:
        yield from lines
        return
    beside = Sequence(Sequence([Source("%\n"), line.call]) for line in lines)
    portrait = PORTRAIT(Source(PHOTO_FILE), Sequence([beside, Source("%\n")]))
    yield HeaderLine("portrait", header.name.place, portrait)


def _lines(header: Header, writer: Writer) -> Iterator[HeaderLine]:
    name = NAME(writer.phrase(header.name), writer.phrase(header.native_name))
    yield HeaderLine("name", header.name.place, name)
    for line in header.headline:
        yield HeaderLine("headline", line.place, HEADLINE(writer.phrase(line)))
    if header.contacts:
        contacts = Sequence(_contact(contact, writer) for contact in header.contacts)
        yield HeaderLine("contacts", header.contacts[0].text.place, CONTACTS(contacts))


def _contact(contact: Contact, writer: Writer) -> LatexObject:
    label = EMPTY if contact.label is None else writer.phrase(contact.label)
    return CONTACT(label, writer.link(writer.phrase(contact.text), contact.target))
