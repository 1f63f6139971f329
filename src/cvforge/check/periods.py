"""Dates and periods that simple rules find in an extracted text, in the words of its language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cvforge.latex.bidi import is_leftward_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_YEAR = r"(?:19|20)\d\d"
_DASH = r"[-\u2013\u2014~]"
_MONTHS = (  # their beginnings, in languages that many CVs are written in
    r"(?:Jan|Ene|Feb|Fév|Mar|Mär|Apr|Abr|Avr|May|Mai|Jun|Jui|Jul|Aug|Ago|Aoû|Sep|Oct|Okt|Nov"
    r"|Dec|Dez|Déc|Dic|Spring|Summer|Autumn|Fall|Winter)[^\W\d_]*\.?"
)


def periods(text: str, *, language: str) -> Iterator[str]:
    """Yield the dates and periods of a text; a period goes on in the next line after its dash.

    Readers give a line with few letters that run leftward word by word as it is seen from left to
    right: where the language runs from right to left, the later of two dates is the end, and months
    may follow their years.
    """
    is_leftward = is_leftward_language(language)
    lines = re.sub(rf"(?<={_DASH})\n", " ", text)
    if is_leftward:
        lines = _turned_pattern(language).sub(r"\5 \4\3\2 \1", lines)
    for found in _pattern(language).finditer(lines):
        start, dash, end = found.group("start", "dash", "end")
        if is_leftward and end is not None and _is_after(start, end):
            yield f"{end}{dash}{start}"
        else:
            yield found[0]


def undated(wanted: Iterable[str], found: Sequence[str], *, language: str) -> Iterator[str]:
    """Yield the dates of which not all years were found; of periods, both in one and in order."""
    read = [re.findall(_YEAR, date) for date in found]
    years = {year for each in read for year in each}
    for date in wanted:
        own = re.findall(_YEAR, date)
        is_one = _pattern(language).fullmatch(date) is not None
        if not (own in read if is_one else years.issuperset(own)):
            yield date


def _is_after(start: str, end: str) -> bool:
    one, other = _numbers(start), _numbers(end)
    return one is not None and other is not None and one > other


def _numbers(date: str) -> tuple[int, ...] | None:
    """Return the year and then the other numbers of a date, or None where there is no year."""
    year = re.search(_YEAR, date)
    if year is None:
        return None
    rest = date[: year.start()] + " " + date[year.end() :]
    return (int(year[0]), *map(int, re.findall(r"\d+", rest)))


@lru_cache(maxsize=8)
def _pattern(language: str) -> re.Pattern[str]:
    names = "|".join([*map(re.escape, _month_names(language)), _MONTHS])
    month = rf"(?:(?:\d{{1,2}}\.? )?\b(?:{names}) (?:de |\d{{1,2}}, )?|\d{{1,2}}[./])"
    after = r"(?:[./]\d{1,2}|年(?:\d{1,2}月)?|년(?: \d{1,2}월)?" + rf"|\. (?:{names}))"
    date = rf"{month}?{_YEAR}{after}?(?!\d)"
    end = rf"{date}|[^\W\d_]+|\d\d(?!\d)"
    return re.compile(rf"(?<!\d)(?P<start>{date})(?:(?P<dash> ?{_DASH} ?)(?P<end>{end}))?")


@lru_cache(maxsize=8)
def _turned_pattern(language: str) -> re.Pattern[str]:
    month = "|".join(map(re.escape, _month_names(language)))
    date = rf"({_YEAR}) ({month})(?!\w)"
    return re.compile(rf"\b{date}( ?{_DASH} ?){date}")


def _month_names(language: str) -> list[str]:
    """Return the names of the months as a locale shows them, the longest first."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  slow to load

    try:
        months = Locale.parse(language, sep="-").months
    except (UnknownLocaleError, ValueError):
        return []
    found = {
        name
        for context in ("format", "stand-alone")
        for width in ("abbreviated", "wide")
        for name in months[context][width].values()
    }
    return sorted((n for n in found if not any(map(str.isdigit, n))), key=len, reverse=True)
