"""Where something came out: the journal, book, event or series, with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.bibliography.house.authors import people
from cvforge.bibliography.house.kinds import Family
from cvforge.bibliography.house.phrasing import enclosed, listed, spaced, text
from cvforge.bibliography.house.short_names import series_is_short
from cvforge.bibliography.reference import Names
from cvforge.bibliography.spans import merged, titled
from cvforge.inline import Inline, Text, plain
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from cvforge.bibliography.house.listing import Listing

JOURNALS = ("journaltitle", "journal")
BOOKS = ("booktitle", "eventtitle")
# Source: the biblatex manual, 2.2.2 ("series" of a journal holds a number or one of these).
_NEW_OR_OLD = {"newseries": "n.s.", "oldseries": "o.s."}
_FIGURES = pattern(r"\d[\d\s/\u2013-]*")


def host(listing: Listing) -> Inline:
    """Return the journal, book or event that holds the work, or the series of a whole work."""
    if in_journal(listing) or listing.family is Family.ARTICLE:
        return _journal(listing)
    if listing.has(*BOOKS) and listing.family is not Family.WORK:
        return _book(listing)
    return _series_of_a_work(listing)


def in_journal(listing: Listing) -> bool:
    """Say whether it came out in a journal; but for articles, a book that is named goes before."""
    is_in_book = listing.has("booktitle") and listing.family is not Family.ARTICLE
    return listing.has(*JOURNALS) and not is_in_book


def numbers_series(listing: Listing) -> bool:
    """Say whether ``number`` is that of an issue or in a series, not that of the work itself."""
    return listing.has("series") or in_journal(listing)


def _journal(listing: Listing) -> Inline:
    full = titled(listing.field(*JOURNALS), listing.field("journalsubtitle"))
    name, beside = _names(listing, full, listing.field("shortjournal"))
    series = plain(listing.field("series"))
    in_series = text(_NEW_OR_OLD[series]) if series in _NEW_OR_OLD else listing.field("series")
    special = titled(listing.field("issuetitle"), listing.field("issuesubtitle"))
    return listed(
        [
            spaced([name, enclosed([beside]), enclosed([in_series]), _issue(listing)]),
            listing.field("journaltitleaddon"),
            special,
            listing.field("issuetitleaddon"),
        ]
    )


def issue_in_words(listing: Listing) -> Inline:
    """Return an ``issue`` such as "Spring", which stands before the year."""
    issue = listing.field("issue")
    return () if _FIGURES.fullmatch(plain(issue)) else issue


def _issue(listing: Listing) -> Inline:
    """Return "12(3)"; an ``issue`` in figures is the number where none is given."""
    volume, number, issue = _volume(listing), listing.field("number"), listing.field("issue")
    if issue_in_words(listing):
        issue = ()
    if not number:
        number, issue = issue, ()
    if volume and number:
        number = merged((*volume, Text("("), *number, Text(")")))
    return listed([number or volume, listing.worded("number", issue)])


def _names(listing: Listing, full: Inline, short: Inline) -> tuple[Inline, Inline]:
    """Return the name that is shown, and the one in parentheses after it.

    "J. Inv. Res." says nothing beside the full name; "JIR" does.
    """
    if not full or not short or plain(full) == plain(short):
        return full or short, ()
    match listing.setting.venues:
        case "short":
            return short, ()
        case "full":
            return full, ()
    return full, () if "." in plain(short) else short


def _book(listing: Listing) -> Inline:
    """Return "Advances 38", "Advances (NeurIPS 2025, vol. 38)" or "In Inventions, vol. 2"."""
    full = titled(listing.field(*BOOKS), listing.field("booksubtitle"))
    series = listing.field("series")
    names_it = series_is_short(listing.reference) and not listing.has("shortbooktitle")
    short = series if names_it else listing.field("shortbooktitle")
    name, beside = _names(listing, full, short)
    if names_it and beside:
        beside = listed([series, *_order(listing)])
    elif names_it and plain(name) == plain(series):
        name = listed([name, *_order(listing)])
    elif names_it or not series:
        name = _with_volume(listing, name)
    groups = [beside, _main(listing), () if names_it else _series(listing)]
    whole = listed([spaced([name, enclosed(groups)]), _addon(listing)])
    return _in(listing, whole) if listing.family is Family.PART else whole


def _in(listing: Listing, whole: Inline) -> Inline:
    names = listing.reference.names
    by = names.get("bookauthor", Names())
    is_author = "author" in names and by.people == names["author"].people
    return listing.worded("in", listed([() if is_author else people(by, listing.owner), whole]))


def _with_volume(listing: Listing, name: Inline) -> Inline:
    if listing.has("maintitle") or listing.family is Family.PART:
        return listed([name, *_order(listing)])
    return listed([spaced([name, _volume(listing)]), _number(listing)])


def _addon(listing: Listing) -> Inline:
    return listing.field("booktitleaddon" if listing.has("booktitle") else "eventtitleaddon")


def _main(listing: Listing) -> Inline:
    """Return the work of several volumes that the book belongs to, with the volume's number."""
    main = titled(listing.field("maintitle"), listing.field("mainsubtitle"))
    if not main:
        return ()
    volume = listing.worded("volume", _volume(listing))
    return listed([main, listing.field("maintitleaddon"), volume])


def _series(listing: Listing) -> Inline:
    if not listing.has("series", "shortseries"):
        return ()
    is_short = listing.setting.venues == "short"
    series = listing.field(*(["shortseries"] * is_short), "series")
    return listed([series, *_order(listing)])


def _series_of_a_work(listing: Listing) -> Inline:
    main = _main(listing)
    if main and listing.family is Family.PART:
        main = _in(listing, main)
    if not main and listing.family is Family.WORK and listing.has("booktitle"):
        title = titled(listing.field("booktitle"), listing.field("booksubtitle"))
        volume = listing.worded("volume", _volume(listing))
        return listed([title, listing.field("booktitleaddon"), volume, listing.field("series")])
    event = titled(listing.field("eventtitle"), listing.field("eventtitleaddon"))
    return listed([main, _series(listing) or listed(_order(listing)), event])


def _order(listing: Listing) -> tuple[Inline, Inline]:
    """Return the volume and the number in a series; the volume is the main work's if there is one.

    The number of what is numbered itself (a report) is not that of its series.
    """
    volume = () if listing.has("maintitle") else listing.worded("volume", _volume(listing))
    return volume, _number(listing)


def _number(listing: Listing) -> Inline:
    """Return "no. 7"; a number with a name of its own ("RFC 9") stays."""
    number = () if _is_led_by_number(listing) else listing.field("number")
    return listing.worded("number", number) if plain(number)[:1].isdigit() else number


def _is_led_by_number(listing: Listing) -> bool:
    if listing.family is Family.OTHER:
        return not numbers_series(listing)
    return listing.family in (Family.THESIS, Family.REPORT, Family.PATENT)


def _volume(listing: Listing) -> Inline:
    """Return "2", or "2.1" of a volume in parts."""
    volume, part = listing.field("volume"), listing.field("part")
    return merged((*volume, Text("."), *part)) if volume and part else volume or part
