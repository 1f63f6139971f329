"""When and in what state: the year, what is not printed yet, awards and notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvforge.bibliography.dates import issued
from cvforge.bibliography.house.phrasing import distinct, listed, split, text
from cvforge.bibliography.spans import merged
from cvforge.inline import Inline, Strong, Text, plain
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from cvforge.bibliography.house.listing import Listing

_FIGURES = pattern(r"\d{4}")
# Source: the biblatex manual, 2.2.2 (pubstate), and what authors write in its place.
_STATES = frozenset(
    {"inpreparation", "submitted", "underreview", "accepted", "toappear", "forthcoming"}
    | {"inpress", "prepublished"}
)


def year(listing: Listing, line: str) -> Inline:
    """Return the year or the years, unless all their figures stand in ``line``."""
    shown = _years(listing)
    figures = _FIGURES.findall(plain(shown))
    if figures and all(re.search(rf"(?<!\d){each}(?!\d)", line) for each in figures):
        return ()
    return shown


def _years(listing: Listing) -> Inline:
    """Return the year, or both ends of a range; a ``year`` with more in it stays as written."""
    written = listing.field("date", "year", "eventdate")
    when = issued(listing.reference)
    if when is None:
        event = _FIGURES.search(plain(listing.field("eventdate")))
        is_event = not listing.has("date", "year") and event is not None
        return text(event[0]) if is_event and event else state(written, listing)
    first, last = str(when.year), when.end
    bare = re.sub(r"[\s\d/\u2013\u2014-]", "", plain(written))
    if not listing.has("date") and bare:
        return written
    if last is None:
        return text(first)
    end = str(last[0]) if last else ""
    return text(first if end == first else f"{first}\u2013{end}")


def status(listing: Listing) -> Inline:
    """Return the state of ``pubstate``, and of a ``note`` that says nothing else ("To appear")."""
    note = listing.field("note")
    said = [listing.field("pubstate"), note if known_state(note) is not None else ()]
    return listed(distinct(state(each, listing) for each in said))


def state(written: Inline, listing: Listing) -> Inline:
    """Return a state that is known ("inpress", "in press", "In press.") in the language's words."""
    key = known_state(written)
    return written if key is None else text(listing.word(key))


def known_state(written: Inline) -> str | None:
    """Return the key of the state that ``written`` says, None when it says something else."""
    key = re.sub(r"[\s\u00a0.-]", "", plain(written)).lower()
    return key if key in _STATES else None


def awards(listing: Listing) -> Inline:
    """Return the awards, which ";" separates in the field, each emphasised."""
    return listed((Strong(award),) for award in split(listing.field("award"), ";"))


def with_notes(line: Inline, listing: Listing) -> Inline:
    """Return ``line`` with ``note``, where that is no state, and ``addendum``.

    One that begins in lower case or with a figure follows a comma; else it is a sentence.
    """
    note = listing.field("note")
    if known_state(note) is None:
        line = _with_note(line, note)
    return _with_note(line, listing.field("addendum"))


def _with_note(line: Inline, note: Inline) -> Inline:
    if not line or not note:
        return line or note
    if not plain(note)[:1].isupper():
        return listed([line, note])
    full_stop = " " if plain(line).endswith((".", "?", "!")) else ". "
    return merged((*line, Text(full_stop), *note))
