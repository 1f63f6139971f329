"""The shapes in which people write dates; whether such a day exists is `date_reading`'s."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

DASH = " \N{EN DASH} "
SEASONS = ("spring", "summer", "autumn", "fall", "winter")
MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4,
    "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8,
    "september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11,
    "december": 12, "dec": 12,
}  # fmt: skip

_MONTH = rf"(?P<name>{'|'.join(MONTHS)})\.?"
_SEASON = rf"(?P<season>{'|'.join(SEASONS)})(?:\s+(?:semester|term|quarter))?"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})"
_UNTIL = r"(?P<until>\d{4}|1[3-9]|[2-9]\d)"  # two digits up to 12 could be a month
_EXPECTED = r"(?:expected|anticipated)"
ISO = pattern(rf"{_YEAR}(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?", re.ASCII)
# Most profiles need none of them: each is compiled, and kept by re, when it is tried.
_OTHER_FORMS = (
    rf"{_YEAR}(?P<mark>[./-])\s?(?P<month>\d{{1,2}})(?:(?P=mark)\s?{_DAY})?",
    rf"(?P<month>\d{{1,2}})[./]\s?{_YEAR}",
    rf"{_DAY}\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
    rf"{_YEAR}\s?年(?:\s?(?P<month>\d{{1,2}})\s?月(?:\s?{_DAY}\s?日)?)?",
    rf"{_MONTH},?\s+{_YEAR}",
    rf"{_YEAR},?\s+{_MONTH}",
    rf"{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
    rf"{_DAY}(?:st|nd|rd|th)?\.?\s+{_MONTH},?\s+{_YEAR}",
    rf"{_YEAR}[\u2013\u2014]{_UNTIL}",
    rf"{_SEASON},?\s+{_YEAR}(?:/{_UNTIL})?",
    rf"{_YEAR},?\s+{_SEASON}",
    rf"{_YEAR}\s*[~/\u2013\u2014-]\s*{_UNTIL},?\s+{_SEASON}",
)
_IN_ANY_CASE = re.IGNORECASE | re.ASCII
_AROUND = pattern(
    rf"(?P<before>(?:{_EXPECTED}:?\s+)?)(?P<core>.*?)"
    rf"(?P<after>(?:,?\s+{_EXPECTED}|\s*\({_EXPECTED}\))?)",
    re.IGNORECASE | re.DOTALL,
)
_WITHOUT_YEAR = pattern(rf"(?:{_MONTH}|{_SEASON})", re.IGNORECASE | re.ASCII)
_RANGE_GAP = pattern(r"\s*[~\u2013\u2014-]\s*|\s+to\s+", re.IGNORECASE)
_ISO_GAP = pattern(r"\s*/\s*")
_LIST_GAPS = (pattern(r"(\s*&\s*|,?\s+and\s+)", re.IGNORECASE), pattern(r"(\s*,\s*)"))


@dataclass(frozen=True, slots=True)
class Shape:
    """A text shaped like a date; it may still be impossible. No match: the present."""

    text: str
    match: re.Match[str] | None
    opens_range: bool = False
    borrows_year: bool = False


Outline: TypeAlias = tuple[str | Shape, ...]


def outline(text: str, present: Collection[str]) -> Outline | None:
    """Return the shapes that make up the whole of ``text``, or None where there is free text.

    ``present`` are the lower-case words for "still going on".
    """
    text = text.strip()
    if _is_in_parentheses(text):
        inner = outline(text[1:-1], present)
        return None if inner is None else ("(", *inner, ")")
    return _point(text, present) or _range(text, present) or _list(text, present)


def _is_in_parentheses(text: str) -> bool:
    """Say whether the first bracket closes with the last character."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for character in text[:-1]:
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return False
    return depth == 1


def _point(text: str, present: Collection[str]) -> Outline | None:
    around = _AROUND.fullmatch(text)
    shape = None if around is None else _shape(around["core"], present)
    if around is None or shape is None:
        return None
    return (around["before"], shape, around["after"])


def _shape(text: str, present: Collection[str]) -> Shape | None:
    if text.lower() in present:
        return Shape(text, None)
    spaced = re.sub(r"\s", " ", text)  # a no-break space is a space
    tried = (re.fullmatch(form, spaced, _IN_ANY_CASE) for form in _OTHER_FORMS)
    match = ISO.fullmatch(spaced) or next(filter(None, tried), None)
    return None if match is None else Shape(text, match)


def _range(text: str, present: Collection[str]) -> Outline | None:
    for gap in _RANGE_GAP.finditer(text):
        pair = _pair(text[: gap.start()], text[gap.end() :], present)
        if pair is not None:
            return pair
    for gap in _ISO_GAP.finditer(text):
        pair = _pair(text[: gap.start()], text[gap.end() :], present)
        if pair is not None and all(
            s.match is None or s.match.re.pattern == ISO.pattern for s in _shapes(pair)
        ):
            return pair
    return None


def _pair(left: str, right: str, present: Collection[str]) -> Outline | None:
    end = _point(right, present)
    if end is None:
        return None
    start = _point(left, present) or _borrowed(left, end)
    if start is None:
        return None
    opened = (replace(s, opens_range=True) if isinstance(s, Shape) else s for s in start)
    return (*opened, DASH, *end)


def _borrowed(text: str, following: Outline) -> Outline | None:
    """Read "Sep" before "Dec 2021": the year is the one that follows."""
    after = next(_shapes(following), None)
    if after is None or after.match is None or _WITHOUT_YEAR.fullmatch(text) is None:
        return None
    shape = _shape(f"{text} {after.match['year']}", ())
    return None if shape is None else (replace(shape, text=text, borrows_year=True),)


def _list(text: str, present: Collection[str]) -> Outline | None:
    for gap in _LIST_GAPS:
        members = gap.split(text)
        if len(members) > 1:
            found = _members(members, present)
            if found is not None:
                return found
    return None


def _members(members: list[str], present: Collection[str]) -> Outline | None:
    """Read texts and gaps by turns, from the end: a month may borrow the year after it."""
    found: Outline = ()
    for number, member in reversed(list(enumerate(members))):
        is_gap = number % 2 == 1
        here = (member,) if is_gap else outline(member, present) or _borrowed(member, found)
        if here is None:
            return None
        found = (*here, *found)
    return found


def _shapes(parts: Outline) -> Iterator[Shape]:
    return (part for part in parts if isinstance(part, Shape))
