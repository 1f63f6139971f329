"""When a reference came out: BibLaTeX's `date` in its extended form, else BibTeX's `year`, `month`.

Source: the biblatex manual, 2.3.8 (date and time specifications), which follows ISO 8601-2
(EDTF), level 1.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cvforge.bibliography.reading.values import MONTHS
from cvforge.frozen import dataclass
from cvforge.inline import plain
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from cvforge.bibliography.reference import Reference

_DATE = pattern(
    r"(?P<year>-?\d{4}|Y-?\d{5,9}|\d{2,3}X{1,2})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?:T[\d:.Z+-]+)?[~?%]?"
)
_YEAR = pattern(r"(?<!\d)\d{4}(?!\d)")
_MONTH = pattern(rf"\b(?P<name>{'|'.join(MONTHS)})[a-z]*|\b(?P<number>\d\d?)\b", re.IGNORECASE)
_RANGE = pattern(r"--+|[-\u2013\u2014/]|\band\b")
_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)}
_SEASONS = range(21, 25)
_SIGNS = str.maketrans({"\u00a0": "~", "\u2212": "-"})  # the tie and the minus were typed as LaTeX
_OPEN = {"", ".."}


@dataclass(frozen=True, slots=True)
class Issued:
    """When something came out.

    ``start`` is (year[, month[, day]]), and so is ``end`` of a range; an ``end`` of () is a range
    without an end. ``season`` is 21 (spring) to 24 (winter) where ``start`` is a year with a
    season. ``text`` is what was written.
    """

    start: tuple[int, ...]
    end: tuple[int, ...] | None
    text: str
    season: int | None = None

    @property
    def year(self) -> int:
        """The year it begins in."""
        return self.start[0]


def issued(reference: Reference) -> Issued | None:
    """Return when ``reference`` came out, None where no year is told.

    A ``date`` that is none ("May 2024") and a ``year`` with more in it ("2024, to appear") give
    the year in them, with the month where one is named.
    """
    fields = reference.fields
    return _read(*(plain(fields[n]) if n in fields else "" for n in ("date", "year", "month")))


@lru_cache(maxsize=4096)  # the works of a bibliography come from few months
def _read(date: str, year: str, month: str) -> Issued | None:
    return _extended(date) or _named(date, date) or _named(year, month)


def _extended(text: str) -> Issued | None:
    """Read "2024-05-17", "2024-05/2024-06", "2024/..", "../2024", "2024~", "2024-21", "199X"."""
    parts = text.translate(_SIGNS).replace(" ", "").split("/")
    dates = [None if part in _OPEN else _DATE.fullmatch(part) for part in parts]
    unread = [part for part, date in zip(parts, dates, strict=True) if date is None]
    if len(parts) > 2 or not any(dates) or not _OPEN.issuperset(unread):  # noqa: PLR2004  a range has two ends
        return None
    first, last = dates[0], dates[-1]
    if first is None and last is not None:  # ../2024: by then
        return Issued(_last(last), None, text, _season(last))
    if first is None:
        return None
    end = _last(first) if last is first else () if last is None else _last(last)
    start = _first(first)
    return Issued(start, None if end == start else end, text, _season(first))


def _first(date: re.Match[str]) -> tuple[int, ...]:
    return int(date["year"].replace("X", "0").removeprefix("Y")), *_below(date)


def _last(date: re.Match[str]) -> tuple[int, ...]:
    return int(date["year"].replace("X", "9").removeprefix("Y")), *_below(date)


def _below(date: re.Match[str]) -> tuple[int, ...]:
    """Return the month and the day, as far as they are such."""
    month = _number(date["month"], 12)
    day = _number(date["day"], 31)
    return () if month is None else (month,) if day is None else (month, day)


def _number(written: str | None, most: int) -> int | None:
    if written is None or not written.isdecimal() or not 1 <= int(written) <= most:
        return None
    return int(written)


def _season(date: re.Match[str]) -> int | None:
    written = date["month"]
    is_season = written is not None and written.isdecimal() and int(written) in _SEASONS
    return int(written) if is_season else None


def _named(year: str, month: str) -> Issued | None:
    """Read a year such as "c. 2024", and "May", "5", "17 May" or "May/June" as its month."""
    years = [int(found[0]) for found in _YEAR.finditer(year)]
    if not years:
        return None
    sides = [_day_of(side) for side in _RANGE.split(_YEAR.sub(" ", month))]
    sides = [side for side in sides if side] or [()]
    start = (years[0], *sides[0])
    last = years[1] if len(years) > 1 and _RANGE.search(year) else years[0]
    end = (last, *sides[-1])
    return Issued(start, None if end == start else end, year)


def _day_of(text: str) -> tuple[int, ...]:
    """Return (month[, day]) of "May", "May 17" or "17th of May", and of "5" alone; else ()."""
    found = list(_MONTH.finditer(text))
    names = [_NUMBERS[match["name"].lower()[:3]] for match in found if match["name"]]
    numbers = [int(match["number"]) for match in found if match["number"]]
    if names:
        return names[0], *(number for number in numbers[:1] if 1 <= number <= 31)  # noqa: PLR2004  days
    return tuple(number for number in numbers[:1] if 1 <= number <= 12)  # noqa: PLR2004  months
