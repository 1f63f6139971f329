"""Dates as people write them: compared for order, shown by the locale, never invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError, core_schema

from cvforge.characters.normal import normalised
from cvforge.characters.refusals import refusals
from cvforge.frozen import dataclass
from cvforge.profile.date_reading import FAR, ImpossibleDateError, Key, Point, Reading, read
from cvforge.profile.date_shapes import DASH
from cvforge.profile.source import SourceText

if TYPE_CHECKING:
    from babel import Locale
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

    from cvforge.diagnostics import Place

MAX_CHARACTERS = 120
# What Babel says in English. It takes as long to load as all dates of a CV to read.
_ENGLISH = frozenset({"en", "en-US"})
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)

# What stands for the end of something that goes on; the first word is the one that is shown.
PRESENT_WORDS = {
    "en": ("present", "now", "today", "ongoing"),
    "cs": ("dosud",),
    "da": ("nu",),
    "de": ("heute",),
    "es": ("actualidad",),
    "fi": ("nykyhetki",),
    "fr": ("présent",),
    "el": ("σήμερα",),
    "hu": ("jelen",),
    "it": ("oggi",),
    "ja": ("現在",),
    "ko": ("현재",),
    "nb": ("nå",),
    "nl": ("heden",),
    "no": ("nå",),
    "pl": ("obecnie",),
    "pt": ("presente",),
    "ru": ("настоящее время",),
    "sv": ("nu",),
    "tr": ("halen",),
    "uk": ("дотепер",),
    "zh": ("至今",),
}


@dataclass(frozen=True, slots=True)
class CvDate:
    """A date or period: the author's text, and its order where the text is understood."""

    source: str
    place: Place | None = field(default=None, compare=False)
    _reading: Reading | None = field(default=None, compare=False, repr=False)

    @classmethod
    def parse(cls, text: str) -> CvDate:
        """Read ``text``; what is not understood is kept as free text, without order.

        Raises:
            PydanticCustomError: if the text is empty, too long, more than one line, holds a
                character that no text may hold, or is shaped like a date that does not exist.
        """
        _check_text(text)
        written = normalised(text)
        try:
            reading = read(written, present=_ALL_PRESENT_WORDS)
        except ImpossibleDateError as error:
            raise PydanticCustomError(
                "date_impossible", "{reason}", {"reason": str(error)}
            ) from None
        return cls(written, text.place if isinstance(text, SourceText) else None, reading)

    @property
    def start_key(self) -> Key | None:
        """Year, month and day of the first day meant; None for free text."""
        return None if self._reading is None else min(p.first for p in self._reading.points)

    @property
    def end_key(self) -> Key | None:
        """Year, month and day of the last day meant; (9999, 12, 31) for the present."""
        return None if self._reading is None else max(p.last for p in self._reading.points)

    @property
    def is_present(self) -> bool:
        """Whether this is a word for "still going on"."""
        reading = self._reading
        return reading is not None and [point.form for point in reading.points] == ["present"]

    @property
    def is_understood(self) -> bool:
        """Whether this is no free text."""
        return self._reading is not None

    @property
    def is_range(self) -> bool:
        """Whether this is several dates or a span of years; "2022/23" and terms are one date."""
        points = () if self._reading is None else self._reading.points
        return len(points) > 1 or any(_spans_years(point) for point in points)

    def ends_before(self, other: CvDate) -> bool:
        """Say whether this lies wholly before ``other``; False where that is not known."""
        end, start = self.end_key, other.start_key
        return end is not None and start is not None and end < start

    def first_day(self) -> dt.date | None:
        """Return the first day meant; None for free text and the present."""
        key = self.start_key
        return None if key is None or key == FAR else dt.date(*key)

    def shown(self, language: str) -> str:
        """Return the date for readers of ``language``, a tag such as "en" or "pt-BR".

        Year-months and full dates in ISO form are worded by the locale; every other spelling is
        the author's choice and stays.
        """
        reading = self._reading
        if reading is None or any(p.form == "other" for p in reading.points):
            return self.source
        words = [_shown_point(point, language) for point in reading.points]
        if words == [point.text for point in reading.points]:
            return self.source
        following = iter(words)
        return "".join(part if isinstance(part, str) else next(following) for part in reading.parts)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(_validated)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "description": "A date or period: ISO form is worded by the locale, others stay.",
            "type": ["string", "number"],
        }


def shown_period(start: CvDate, end: CvDate | None, language: str) -> str:
    """Return start, dash and end for readers of ``language``; no ``end`` is the present."""
    last = _present_words(language)[0] if end is None else end.shown(language)
    return start.shown(language) + DASH + last


def _validated(value: object) -> CvDate:
    if isinstance(value, CvDate):
        return value
    if isinstance(value, str):
        return CvDate.parse(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return CvDate.parse(str(value))
    raise PydanticCustomError(
        "date_type", 'a date is expected here, a text such as "2021-09" or "Spring 2023"'
    )


def _spans_years(point: Point) -> bool:
    (first, *opening), (last, *closing) = point.first, point.last
    is_whole_years = opening == [1, 1] and closing == [12, 31]
    return is_whole_years and first < last and "/" not in point.text


def _check_text(text: str) -> None:
    if not text.strip():
        raise PydanticCustomError("date_empty", "the date is empty")
    if len(text) > MAX_CHARACTERS:
        raise PydanticCustomError(
            "date_long",
            "the date has {length} characters; at most {limit} are allowed",
            {"length": len(text), "limit": MAX_CHARACTERS},
        )
    if "\n" in text or "\t" in text:
        raise PydanticCustomError("date_line", "a date is one line of text")
    for refusal in refusals(text):
        raise PydanticCustomError(refusal.code, "{reason}", {"reason": refusal.message})


_ALL_PRESENT_WORDS = frozenset(word for words in PRESENT_WORDS.values() for word in words)


def _shown_point(point: Point, language: str) -> str:
    match point.form:
        case "iso-month":
            return _worded(point.first, "yMMM", language)
        case "iso-day":
            return _worded(point.first, "yMMMd", language)
        case "present":
            own = _present_words(language)
            return point.text if point.text.lower() in own else own[0]
        case _:
            return point.text


def _present_words(language: str) -> tuple[str, ...]:
    return PRESENT_WORDS.get(_base(language), PRESENT_WORDS["en"])


def _base(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=1024)  # the months of a batch
def _worded(key: Key, skeleton: str, language: str) -> str:
    if language in _ENGLISH:
        year, month, day = key
        return " ".join([_MONTHS[month - 1], *([f"{day},"] if "d" in skeleton else []), str(year)])
    from babel.dates import format_skeleton  # noqa: PLC0415  only what shows dates pays for it

    return format_skeleton(skeleton, dt.date(*key), locale=_locale(language))


def _locale(language: str) -> Locale:
    """Return the locale of the tag, or of its language alone, or English."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  only what shows dates pays for it

    for tag in (language, _base(language)):
        try:
            return Locale.parse(tag.replace("_", "-"), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")
