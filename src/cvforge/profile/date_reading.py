"""What a text says about time: the days that its dates span, if they exist."""

from __future__ import annotations

import calendar
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from cvforge.frozen import dataclass
from cvforge.profile.date_shapes import ISO, MONTHS, Outline, Shape, outline

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterator, Mapping

Key: TypeAlias = tuple[int, int, int]
Form: TypeAlias = Literal["year", "iso-month", "iso-day", "present", "other"]

FAR: Key = (9999, 12, 31)
FIRST_YEAR, LAST_YEAR = 1000, 2999
LAST_MONTH = 12


class _Season(NamedTuple):
    """The months of a season or term, generously: everyone begins and ends it elsewhere.

    A month above 12 is in the next year. ``half`` is the year of "2022/23" that is meant.
    """

    first: int
    last: int
    half: Literal[0, 1]


_SEASONS = {
    "spring": _Season(1, 6, 1),
    "summer": _Season(4, 9, 1),
    "autumn": _Season(7, 12, 0),
    "fall": _Season(7, 12, 0),
    "winter": _Season(1, 15, 0),
}


class ImpossibleDateError(ValueError):
    """A text is shaped like a date that does not exist."""


@dataclass(frozen=True, slots=True)
class Point:
    """One date as typed: ``first`` and ``last`` are the outermost days that it may mean."""

    text: str
    form: Form
    first: Key
    last: Key


class Reading(NamedTuple):
    """The points of a text in order, and between them what else was typed.

    The dash of a range is ``DASH``, however it was typed.
    """

    parts: tuple[str | Point, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """The dates alone."""
        return tuple(part for part in self.parts if isinstance(part, Point))


def read(text: str, *, present: Collection[str]) -> Reading | None:
    """Return what ``text`` says about time; None where it is free text.

    ``present`` are the lower-case words for "still going on".

    Raises:
        ImpossibleDateError: if the whole text is shaped like dates and one does not exist, or
            a range ends before it begins.
    """
    found = outline(text, present)
    return None if found is None else Reading(tuple(_dated(found))[::-1])


def _dated(parts: Outline) -> Iterator[str | Point]:
    """Yield the parts from the last to the first, since a start is judged by its end."""
    end: Point | None = None
    for part in reversed(parts):
        if isinstance(part, str):
            yield part
            continue
        point = _existing(part)
        if part.opens_range and end is not None and end.last < point.first:
            point = _moved_before(part, point, end=end)
        end = point
        yield point


def _moved_before(shape: Shape, start: Point, *, end: Point) -> Point:
    """Move the start of "Nov to Feb 2024" into 2023; refuse any other that is after its end."""
    if not shape.borrows_year:
        raise ImpossibleDateError(f"ends {end.text}, before it starts {start.text}")
    return replace(start, first=_year_earlier(start.first), last=_year_earlier(start.last))


def _year_earlier(key: Key) -> Key:
    year, month, day = key
    return year - 1, month, day


def _existing(shape: Shape) -> Point:
    if shape.match is None:
        return Point(shape.text, "present", FAR, FAR)
    typed = {name: text for name, text in shape.match.groupdict().items() if text is not None}
    year = _year(typed["year"])
    if "season" in typed:
        span = _season(typed, year)
    elif "until" in typed:
        span = _years(year, _until(typed["until"], year))
    elif "name" in typed or "month" in typed:
        span = _month_or_day(typed, year)
    else:
        span = _years(year, year)
    return Point(shape.text, _form(shape.match, *span), *span)


def _form(match: re.Match[str], first: Key, last: Key) -> Form:
    if match.re.pattern != ISO.pattern or first[0] != last[0]:  # "2022-23" is two years
        return "other"
    if match["month"] is None:
        return "year"
    return "iso-month" if match["day"] is None else "iso-day"


def _year(digits: str) -> int:
    year = int(digits)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ImpossibleDateError(f"the year {digits} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return year


def _until(digits: str, year: int) -> int:
    """Return the year that "23" means after 2022."""
    until = _year(digits) if len(digits) == len("2023") else year - year % 100 + int(digits)
    if until < year:
        raise ImpossibleDateError(f"ends {digits}, before it starts {year}")
    return until


def _years(first: int, last: int) -> tuple[Key, Key]:
    return (first, 1, 1), (last, 12, 31)


def _season(typed: Mapping[str, str], year: int) -> tuple[Key, Key]:
    """Return the span of "Spring 2023", "2022/23 Spring" or "2020-2023 Spring"."""
    season = _SEASONS[typed["season"].lower()]
    until = _until(typed["until"], year) if "until" in typed else year
    last = until if season.half == 1 or until > year + 1 else year
    first = last if until <= year + 1 else year
    carry, last_month = divmod(season.last - 1, LAST_MONTH)
    return (first, season.first, 1), _month_end(last + carry, last_month + 1)


def _month_or_day(typed: Mapping[str, str], year: int) -> tuple[Key, Key]:
    month = MONTHS[typed["name"].lower()] if "name" in typed else int(typed["month"])
    if "day" not in typed and month > LAST_MONTH and month == (year + 1) % 100:
        return _years(year, year + 1)  # "2022/23"
    if not 1 <= month <= LAST_MONTH:
        raise ImpossibleDateError(f"there is no month {typed['month']}; months are 1 to 12")
    last = _month_end(year, month)
    if "day" not in typed:
        return (year, month, 1), last
    day = int(typed["day"])
    if not 1 <= day <= last[2]:
        raise ImpossibleDateError(
            f"there is no day {typed['day']} in {year}-{month:02}; it has {last[2]} days"
        )
    return (year, month, day), (year, month, day)


def _month_end(year: int, month: int) -> Key:
    return year, month, calendar.monthrange(year, month)[1]
