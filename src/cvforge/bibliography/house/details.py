"""The parts of a line beside where and when: what it is, who edited it, edition, pages, version."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from cvforge.bibliography.house.authors import credited, people
from cvforge.bibliography.house.kinds import Family
from cvforge.bibliography.house.ordinals import edition as numbered_edition
from cvforge.bibliography.house.ordinals import written_number
from cvforge.bibliography.house.phrasing import distinct, listed, spaced, text
from cvforge.bibliography.house.places import in_journal, numbers_series
from cvforge.bibliography.house.words import WORDS
from cvforge.bibliography.spans import merged
from cvforge.inline import Inline, Text, plain
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cvforge.bibliography.house.listing import Listing

_BODIES = ("school", "institution", "organization")
# What the entry types stand for, and what programs write in "type", by the key of the word.
_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "mastersthesis": "mathesis",
        **{key: key for key in ("phdthesis", "mathesis", "bathesis", "techreport", "resreport")},
        "software": "software",
    }
)
# Keys of biblatex for which the table has no words: too rare, and alike in most languages.
_UNTRANSLATED = {"candthesis": "Candidate thesis", "audiocd": "Audio CD", "datacd": "Data CD"}
# What programs write into "type" of every entry.
_SAYS_NOTHING = frozenset(
    {"article", "book", "book chapter", "book section", "conference paper"}
    | {"conference proceedings", "generic", "journal article", "report", "thesis", "web page"}
)
_PATENT = pattern(r"(?:patent|patreq)(?P<country>de|eu|fr|uk|us)?")
_COUNTRY = pattern(r"country(de|eu|ep|fr|uk|us|wo)\b")
# The offices' codes. Source: WIPO Standard ST.3.
_OFFICES = {"eu": "EP", "uk": "GB"}
_DASH = r"\s*[-\u2013\u2014]+\s*"
# "C-12" is one page.
_PAGE_RANGES = (
    pattern(rf"(\w*\d|\b[ivxlcdm]+){_DASH}(\w*\d|[ivxlcdm]+\b)"),
    pattern(rf"\b([IVXLCDM]+){_DASH}([IVXLCDM]+)\b"),
)
_SEVERAL = pattern("[\u2013,;&+]|\\d\\s*ff?\\b")
_VERSION = pattern(r"v\.?\s*\d", re.IGNORECASE)


def lead(listing: Listing) -> Inline:
    """Return what the entry is, with its own number: "Technical report 7", "Patent US 7654321"."""
    match listing.family:
        case Family.PATENT:
            return _patent(listing)
        case Family.THESIS | Family.REPORT:
            kind = _kind(listing)
            return spaced([kind, listing.field("number")])
        case Family.OTHER:
            number = () if numbers_series(listing) else listing.field("number")
            return spaced([_kind(listing), number])
    return ()


def _kind(listing: Listing) -> Inline:
    is_typed = listing.family in (Family.THESIS, Family.REPORT)
    written = listing.field("type") or text(listing.reference.kind if is_typed else "")
    key = plain(written)
    if key in _TYPES:
        return text(listing.word(_TYPES[key]))
    if key in _UNTRANSLATED:
        return text(_UNTRANSLATED[key])
    return () if key.lower() in _SAYS_NOTHING else written


def _patent(listing: Listing) -> Inline:
    number, written = listing.field("number"), listing.field("type")
    known = _PATENT.fullmatch(plain(written) or "patent")
    if known is None:
        return spaced([written, number])
    office = known["country"] or ""
    office = _OFFICES.get(office, office.upper())
    kind = text(listing.word(known[0].removesuffix(known["country"] or "")))
    return spaced([kind, () if plain(number).startswith(office) else text(office), number])


def editors(listing: Listing) -> Inline:
    """Return "ed. Bo Rune", of a work that somebody else wrote."""
    names = listing.reference.names.get("editor")
    if names is None or listing.reference.leading == "editor":
        return ()
    by, role = people(names, listing.owner), listing.field("editortype")
    if plain(role) in ("", "editor"):
        return listing.worded("byeditor", by)
    return merged((*role, Text(": "), *by))


def translators(listing: Listing) -> Inline:
    """Return "trans. Bo Rune"."""
    names = listing.reference.names.get("translator")
    return () if names is None else listing.worded("bytranslator", people(names, listing.owner))


def holder(listing: Listing) -> Inline:
    """Return whose a patent is; where nobody invented it, the holder stands as author."""
    names = listing.reference.names.get("holder")
    if names is None or (listing.family is Family.PATENT and not listing.reference.authors):
        return ()
    return people(names, listing.owner)


def bodies(listing: Listing) -> Inline:
    """Return school, institution and organization, but for one that stands as author."""
    return _bodies(listing, *_BODIES)


def publisher(listing: Listing) -> Inline:
    """Return the publisher, unless it stands as author."""
    return _bodies(listing, "publisher")


def _bodies(listing: Listing, *names: str) -> Inline:
    as_authors = (name.printed for name in credited(listing.reference).people)
    return listed(distinct(map(listing.field, names), as_authors))


def location(listing: Listing) -> Inline:
    """Return the town of publisher or school; of a patent the countries, by their codes."""
    where = listing.field("location", "address")
    if listing.family is not Family.PATENT:
        return where
    codes = _COUNTRY.sub(lambda found: _OFFICES.get(found[1], found[1].upper()), plain(where))
    return where if codes == plain(where) else text(codes.replace(" and ", ", "))


def edition(listing: Listing) -> Inline:
    """Return "2nd ed."; what is no number stays as it is written."""
    written, language = listing.field("edition"), listing.setting.language
    number = written_number(plain(written))
    if number is not None:
        return text(listing.opened(numbered_edition(number, language)))
    is_bare = (
        language.startswith("en") and re.search(r"\bed", plain(written), re.IGNORECASE) is None
    )
    return listing.worded("edition", written) if is_bare else written


def chapter(listing: Listing) -> Inline:
    """Return "chap. 3", or with a ``type`` "Section 3" (a part of a book)."""
    kind, number = listing.field("type"), listing.field("chapter")
    is_said = listing.family is Family.PART and plain(kind).lower() not in {"", *_SAYS_NOTHING}
    return spaced([kind, number]) if is_said else listing.worded("chapter", number)


def volumes(listing: Listing) -> Inline:
    """Return "3 vols."."""
    return listing.worded("volumes", listing.field("volumes"))


def version(listing: Listing) -> Inline:
    """Return "version 2.1"; "v2.1" stays."""
    written = listing.field("version")
    if not written:
        return ()
    is_said = _VERSION.match(plain(written)) or any(
        plain(written).lower().startswith(words["version"].partition("~")[0].lower())
        for words in WORDS.values()
    )
    return written if is_said else listing.worded("version", written)


def article_number(listing: Listing) -> Inline:
    """Return what stands in place of pages: ``eid`` as it is, "art. 12" of ``articleno``."""
    return listing.field("eid") or listing.worded("article", listing.field("articleno"))


def pages(listing: Listing) -> Inline:
    """Return the bare pages after volume or number of a journal, else "pp." and the pages.

    One figure as the pages of a whole work is how many there are: "321 pp.".
    """
    written = listing.field("pages")
    ranged = plain(written)
    for pages_from_to in _PAGE_RANGES:
        ranged = pages_from_to.sub("\\1\u2013\\2", ranged)
    if ranged != plain(written):
        written = text(ranged)
    if in_journal(listing) and listing.has("volume", "number", "issue"):
        return written
    if listing.family in (Family.WORK, Family.THESIS, Family.REPORT) and ranged.isdigit():
        return listing.worded("total", written)
    return listing.worded("pages" if _SEVERAL.search(ranged) else "page", written)


def total(listing: Listing) -> Inline:
    """Return "321 pp."."""
    written = listing.field("pagetotal")
    return listing.worded("total", written) if plain(written)[-1:].isalnum() else written
