"""The line after the authors: where, when and in what state; the rule is told in `style`."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from cvforge.bibliography.house import details
from cvforge.bibliography.house.kinds import OMITTED
from cvforge.bibliography.house.listing import Listing
from cvforge.bibliography.house.phrasing import distinct, listed, spaced, text
from cvforge.bibliography.house.places import BOOKS, JOURNALS, host, issue_in_words
from cvforge.bibliography.house.states import awards, status, with_notes, year
from cvforge.bibliography.house.words import word
from cvforge.bibliography.links import arxiv_number
from cvforge.inline import Inline, Text, plain
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cvforge.bibliography.house.setting import Setting
    from cvforge.bibliography.owner import Owner
    from cvforge.bibliography.reference import Reference

_PREPRINT = pattern(r"(?:arxiv(?: preprint| e-prints?)?|corr)\Z", re.IGNORECASE)
_PLACES = (
    *(*BOOKS, *JOURNALS, "howpublished", "school", "institution", "organization", "publisher"),
)
# The parts of a line before the year, in their order.
PARTS: Mapping[str, Callable[[Listing], Inline]] = MappingProxyType(
    {
        "lead": details.lead,
        "how": lambda listing: listing.field("howpublished"),
        "host": host,
        "site": lambda listing: listing.field("venue"),
        "body": details.bodies,
        "holder": details.holder,
        "editors": details.editors,
        "translators": details.translators,
        "edition": details.edition,
        "volumes": details.volumes,
        "chapter": details.chapter,
        "publisher": details.publisher,
        "location": details.location,
        "version": details.version,
        "article": details.article_number,
        "pages": details.pages,
        "total": details.total,
    }
)
# A year that stands in one of these is not told again.
_DATED = ("lead", "how", "host")
# What a preprint has in place of these is its archive.
_ELSEWHERE = frozenset({"how", "host", "body", "publisher"})


def venue(reference: Reference, owner: Owner, *, setting: Setting) -> Inline:
    """Return the line that stands after the authors of ``reference``; it may be empty."""
    listing = Listing(reference, owner, setting)
    line = _line(listing)
    if not plain(line)[:1].islower():
        return line
    return _with_first(line, plain(_line(replace(listing, opening=True)))[:1])


def _with_first(line: Inline, letter: str) -> Inline:
    """Return ``line`` with another first letter, where that is no part of any markup."""
    first, *rest = line
    return (Text(letter + first.text[1:]), *rest) if isinstance(first, Text) else line


def _line(listing: Listing) -> Inline:
    archive, number = _preprint(listing)
    parts = dict(_parts(listing, is_preprint=bool(archive or number)))
    dated = plain(listed([text(archive), *(parts.get(name, ()) for name in _DATED)]))
    parts = _with_preprint(parts, text(archive + number))
    when = spaced([issue_in_words(listing), year(listing, dated)])
    line = listed(distinct([*parts.values(), when, status(listing), awards(listing)]))
    return with_notes(line, listing)


def _parts(listing: Listing, *, is_preprint: bool) -> Iterator[tuple[str, Inline]]:
    omitted = OMITTED.get(listing.family, frozenset()) if listing.has(*JOURNALS, *BOOKS) else ()
    for name, part in PARTS.items():
        if name not in omitted and not (is_preprint and name in _ELSEWHERE):
            yield name, part(listing)


def _with_preprint(parts: Mapping[str, Inline], preprint: Inline) -> dict[str, Inline]:
    if not preprint:
        return dict(parts)
    number = plain(preprint).rpartition(":")[2]
    after = {name: part for name, part in parts.items() if number not in plain(part)}
    return {"lead": parts["lead"], "host": preprint, **after}


def _preprint(listing: Listing) -> tuple[str, str]:
    """Return "arXiv preprint" and " arXiv:…" where the entry names no other place."""
    raw = listing.reference.raw
    places = [plain(listing.field(name)) for name in _PLACES if listing.has(name)]
    eprint = raw.get("eprint")
    if eprint is None or not all(map(_PREPRINT.match, places)):
        return "", ""
    number = _valid_number(raw)
    if number is not None:
        return word("preprint", listing.setting.language), f" arXiv:{number}"
    archive = raw.get("eprinttype", raw.get("archiveprefix"))
    return ("", eprint) if archive is None else (archive, f":{eprint}")


def _valid_number(raw: Mapping[str, str]) -> str | None:
    try:
        return arxiv_number(raw)
    except ValueError:  # whoever read the entry has reported it
        return None
