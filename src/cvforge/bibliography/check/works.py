"""What identifies a work: DOI, arXiv number, title; and whether it is a preprint."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from cvforge.bibliography.dates import issued
from cvforge.bibliography.links import arxiv_number, doi_target
from cvforge.bibliography.spelling import fold
from cvforge.inline import plain
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from cvforge.bibliography.check.entry import Entry

VENUES = ("booktitle", "journaltitle", "journal", "howpublished", "school", "institution")
_RESOLVER = "https://doi.org/"
_ARXIV_DOI = "10.48550/arxiv."
_ARXIV_IN_TEXT = pattern(
    r"(?:arxiv[:. ]\s*|arxiv\.org/(?:abs|pdf)/|\babs/)"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})",
    re.IGNORECASE,
)
_ARCHIVE = pattern(r"arxiv|\bcorr\b|(?:bio|med|chem|psy)rxiv|ssrn|preprint", re.IGNORECASE)


def doi(entry: Entry) -> str:
    """Return the bare DOI in lower case, "" where there is none or it has not the form of one."""
    with suppress(ValueError):  # the reader reports it
        written = entry.text("doi")
        return doi_target(written).removeprefix(_RESOLVER).lower() if written else ""
    return ""


def arxiv(entry: Entry) -> str:
    """Return the arXiv number without its version, wherever the entry gives it; else ""."""
    number = None
    with suppress(ValueError):  # the same
        number = arxiv_number(entry.reference.raw)
    if number is None and doi(entry).startswith(_ARXIV_DOI):
        number = doi(entry).removeprefix(_ARXIV_DOI)
    if number is None:
        told = (entry.text(name) for name in (*VENUES, "volume", "url", "note"))
        number = next((found[1] for found in map(_ARXIV_IN_TEXT.search, told) if found), "")
    return re.sub(r"v\d+\Z", "", number.lower())


def is_preprint(entry: Entry) -> bool:
    """Say whether the entry names an archive, and no other place where the work came out."""
    venues = [entry.text(name) for name in (*VENUES, "publisher") if entry.has(name)]
    if not all(map(_ARCHIVE.search, venues)):
        return False
    return bool(venues) or entry.has("eprint") or arxiv(entry) != ""


def title(entry: Entry) -> str:
    """Return the title without case, accents and punctuation."""
    return fold(plain(entry.reference.title))


def year(entry: Entry) -> int | None:
    """Return the year of the work, None where the entry has none."""
    date = issued(entry.reference)
    return None if date is None else date.start[0]
