"""Years that contradict each other: the entry's, its venue's, its event's, its numbers'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvforge.bibliography.check import works
from cvforge.bibliography.check.entry import Entry, warning
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvforge.diagnostics import Diagnostic

# Proceedings may come out in the years after the event.
YEARS_AFTER_EVENT = 2
# DOIs that hold a year ("10.1000/cvpr.2019.01") are given out up to a year early or late.
YEARS_OF_DOI = 1

_VENUES = ("booktitle", "eventtitle", "series", "journaltitle", "journal")
_YEAR = pattern(r"(?<!\d)(?:19[5-9]|20[0-4])\d(?!\d)")
_SHORT_YEAR = pattern(r"['\u2018\u2019](\d\d)(?!\d)")
_DOI_YEAR = pattern(r"[./](?P<year>(?:19[5-9]|20[0-4])\d)[.-]")
_ARXIV_MONTH = pattern(r"(?:.*/)?(?P<year>\d\d)(?P<month>\d\d)")
_FIRST_ARXIV_YEAR = 91  # 1991
_CENTURY_TURNS = 50


def mismatched_years(entries: Sequence[Entry]) -> Iterator[Diagnostic]:
    """Yield a finding for each entry whose year is not that of what it names."""
    for entry in entries:
        year = works.year(entry)
        contradiction = "" if year is None else _contradiction(entry, year)
        if contradiction:
            yield warning(
                "year-mismatch",
                f'the year of "{entry.key}" is {year}, but {contradiction}',
                entry.place("date", "year"),
                "correct the one that is wrong; an event before its proceedings has an eventdate",
            )


def _contradiction(entry: Entry, year: int) -> str:
    """Return what says another year than ``year``, "" when nothing does."""
    return (
        _of_year_field(entry, year)
        or _of_event(entry, year)
        or _of_venue(entry, year)
        or _of_arxiv(entry, year)
        or _of_doi(entry, year)
    )


def _of_year_field(entry: Entry, year: int) -> str:
    told = _years(entry.text("year"))
    return "" if not told or year in told else f'"year" says {min(told)}'


def _of_event(entry: Entry, year: int) -> str:
    told = _years(entry.text("eventdate"))
    after = range(min(told, default=year), max(told, default=year) + YEARS_AFTER_EVENT + 1)
    return "" if not told or year in after else f"the event was in {min(told)}"


def _of_venue(entry: Entry, year: int) -> str:
    expected = {year} | _years(entry.text("eventdate"))
    for name in _VENUES:
        told = _years(entry.text(name))
        if told and not told & expected:
            return f'"{name}" says {min(told)}'
    return ""


def _of_arxiv(entry: Entry, year: int) -> str:
    """Return what the number of a bare preprint says: it begins with year and month.

    A paper of December may have a number of January; a later version is of a later year.
    """
    found = _ARXIV_MONTH.match(works.arxiv(entry))
    if found is None or not works.is_preprint(entry):
        return ""
    told = int(found["year"]) + (1900 if int(found["year"]) >= _FIRST_ARXIV_YEAR else 2000)
    near = {told, told - 1} if found["month"] == "01" else {told}
    if year in near or (year > told and _is_later_version(entry)):
        return ""
    return f"its arXiv number is of {told}"


def _is_later_version(entry: Entry) -> bool:
    return re.search(r"v(?:[2-9]|\d\d+)\Z", entry.text("eprint")) is not None


def _of_doi(entry: Entry, year: int) -> str:
    doi = works.doi(entry)
    found = None if "arxiv" in doi else _DOI_YEAR.search(doi)
    told = year if found is None else int(found["year"])
    return "" if abs(told - year) <= YEARS_OF_DOI else f"its DOI says {told}"


def _years(text: str) -> set[int]:
    """Return the years in ``text``: 2019, '21."""
    short = (int(found) for found in _SHORT_YEAR.findall(text))
    full = {year + (1900 if year >= _CENTURY_TURNS else 2000) for year in short}
    return full | {int(found) for found in _YEAR.findall(text)}
