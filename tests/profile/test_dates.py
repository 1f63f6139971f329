"""How dates are read, refused, ordered and shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from babel import Locale
from babel.dates import format_skeleton
from babel.localedata import locale_identifiers
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from cvforge.characters.normal import normalised
from cvforge.characters.refusals import refusals
from cvforge.diagnostics import Place
from cvforge.profile.date_reading import FAR
from cvforge.profile.dates import MAX_CHARACTERS, PRESENT_WORDS, CvDate, shown_period
from cvforge.profile.source import SourceText

AS_TYPED = {
    "2021": ((2021, 1, 1), (2021, 12, 31)),
    "2021.9": ((2021, 9, 1), (2021, 9, 30)),
    "2021.09": ((2021, 9, 1), (2021, 9, 30)),
    "2021/9": ((2021, 9, 1), (2021, 9, 30)),
    "2021-9": ((2021, 9, 1), (2021, 9, 30)),
    "9/2021": ((2021, 9, 1), (2021, 9, 30)),
    "09.2021": ((2021, 9, 1), (2021, 9, 30)),
    "2021.9.15": ((2021, 9, 15), (2021, 9, 15)),
    "2024/2/29": ((2024, 2, 29), (2024, 2, 29)),
    "15.9.2021": ((2021, 9, 15), (2021, 9, 15)),
    "15. 9. 2021": ((2021, 9, 15), (2021, 9, 15)),
    "2021年9月": ((2021, 9, 1), (2021, 9, 30)),
    "2021年9月15日": ((2021, 9, 15), (2021, 9, 15)),
    "Sep 2021": ((2021, 9, 1), (2021, 9, 30)),
    "Sept. 2021": ((2021, 9, 1), (2021, 9, 30)),
    "SEPTEMBER 2021": ((2021, 9, 1), (2021, 9, 30)),
    "Sep\u00a02021": ((2021, 9, 1), (2021, 9, 30)),
    "February 2024": ((2024, 2, 1), (2024, 2, 29)),
    "2021 May": ((2021, 5, 1), (2021, 5, 31)),
    "15 September 2021": ((2021, 9, 15), (2021, 9, 15)),
    "Sep 15, 2021": ((2021, 9, 15), (2021, 9, 15)),
    "September 3rd, 2021": ((2021, 9, 3), (2021, 9, 3)),
    "Spring 2023": ((2023, 1, 1), (2023, 6, 30)),
    "2023 Spring": ((2023, 1, 1), (2023, 6, 30)),
    "Fall Semester 2023": ((2023, 7, 1), (2023, 12, 31)),
    "Winter 2023": ((2023, 1, 1), (2024, 3, 31)),
    "2022~2023 Spring": ((2023, 1, 1), (2023, 6, 30)),
    "2022–2023 Autumn": ((2022, 7, 1), (2022, 12, 31)),
    "2022-2023 Summer": ((2023, 4, 1), (2023, 9, 30)),
    "2022/23 Winter": ((2022, 1, 1), (2023, 3, 31)),
    "Spring 2022/23": ((2023, 1, 1), (2023, 6, 30)),
    "2020–2023 Spring": ((2020, 1, 1), (2023, 6, 30)),
    "2021–2023": ((2021, 1, 1), (2023, 12, 31)),
    "2021-2023": ((2021, 1, 1), (2023, 12, 31)),
    "2021–23": ((2021, 1, 1), (2023, 12, 31)),
    "2022/23": ((2022, 1, 1), (2023, 12, 31)),
    "2022-23": ((2022, 1, 1), (2023, 12, 31)),
    "2021 — 2023": ((2021, 1, 1), (2023, 12, 31)),
    "2021 to 2023": ((2021, 1, 1), (2023, 12, 31)),
    "2021~2023": ((2021, 1, 1), (2023, 12, 31)),
    "2021/2023": ((2021, 1, 1), (2023, 12, 31)),
    "2021 – present": ((2021, 1, 1), FAR),
    "2021.9 - now": ((2021, 9, 1), FAR),
    "Sep 2021 – Ongoing": ((2021, 9, 1), FAR),
    "2021.9–2026.7": ((2021, 9, 1), (2026, 7, 31)),
    "2021.9-2026.7": ((2021, 9, 1), (2026, 7, 31)),
    "2021.9 – 2026.7 (expected)": ((2021, 9, 1), (2026, 7, 31)),
    "2021.9 – expected 2026.7": ((2021, 9, 1), (2026, 7, 31)),
    "expected 2026": ((2026, 1, 1), (2026, 12, 31)),
    "Expected: July 2026": ((2026, 7, 1), (2026, 7, 31)),
    "July 2026, expected": ((2026, 7, 1), (2026, 7, 31)),
    "Sep – Dec 2021": ((2021, 9, 1), (2021, 12, 31)),
    "Nov – Feb 2024": ((2023, 11, 1), (2024, 2, 29)),
    "Sep 15, 2021 – Oct 3, 2021": ((2021, 9, 15), (2021, 10, 3)),
    "Spring 2022 – Autumn 2023": ((2022, 1, 1), (2023, 12, 31)),
    "2022~2023 Spring – 2023~2024 Spring": ((2023, 1, 1), (2024, 6, 30)),
    "2022.9 & 2023.9": ((2022, 9, 1), (2023, 9, 30)),
    "(2022.9 & 2023.9)": ((2022, 9, 1), (2023, 9, 30)),
    "(2026 (expected))": ((2026, 1, 1), (2026, 12, 31)),
    "2023, 2021": ((2021, 1, 1), (2023, 12, 31)),
    "2021, 2022, and 2023": ((2021, 1, 1), (2023, 12, 31)),
    "Sep 3, 2021 & Oct 4, 2022": ((2021, 9, 3), (2022, 10, 4)),
    "Spring & Autumn 2023": ((2023, 1, 1), (2023, 12, 31)),
    "2019.1, 2020.2 – 2021.5": ((2019, 1, 1), (2021, 5, 31)),
    "1000": ((1000, 1, 1), (1000, 12, 31)),
    "2999": ((2999, 1, 1), (2999, 12, 31)),
}

FREE_TEXT = (
    "soon",
    "since my youth",
    "2021–09",
    "2021 –",
    "&",
    "()",
    "(",
    "(expected)",
    "May",
    "Sept – Oct",
    "3000, Melbourne",
    "room 2021-13",
    "2021.13 in the old calendar",
    "20210",
    "999",
    "٢٠٢١",
    "ſep 2021",
    "(2021) – (2023",
    "3/4/2021",
    "2021, soon",
    "heute und morgen",
)


@pytest.mark.parametrize("text", AS_TYPED)
def test_the_authors_spelling_is_ordered_and_stays(text: str) -> None:
    date = CvDate.parse(text)
    assert (date.start_key, date.end_key) == AS_TYPED[text]
    assert date.shown("en") == text


@pytest.mark.parametrize("text", FREE_TEXT)
def test_free_text_has_no_order_and_stays(text: str) -> None:
    date = CvDate.parse(text)
    assert (date.start_key, date.end_key, date.first_day()) == (None, None, None)
    assert {date.shown(language) for language in ("en", "de", "zh")} == {text}


BY_LOCALE = {
    "2021-09": {"en": "Sep 2021", "de": "Sept. 2021", "zh": "2021年9月", "fr": "sept. 2021"},
    "2021-09-15": {"en": "Sep 15, 2021", "de": "15. Sept. 2021", "zh": "2021年9月15日"},
    "2021-09/2023-06": {"en": "Sep 2021 – Jun 2023", "de": "Sept. 2021 – Juni 2023"},
    "2021-09-01/2023-06": {"en": "Sep 1, 2021 – Jun 2023"},
    "2021-09 to 2023-06": {"en": "Sep 2021 – Jun 2023"},
    "2021 – 2023-06": {"en": "2021 – Jun 2023"},
    "2021-09 – present": {"en": "Sep 2021 – present", "de": "Sept. 2021 – heute"},
    "2021-09~Now": {"en": "Sep 2021 – Now", "zh-Hans": "2021年9月 – 至今"},
    "2021-09 – heute": {"de": "Sept. 2021 – heute", "en": "Sep 2021 – present"},
    "2026-07 (expected)": {"en": "Jul 2026 (expected)"},
    "expected 2026-07": {"en": "expected Jul 2026"},
    "(2022-09 & 2023-09)": {"en": "(Sep 2022 & Sep 2023)"},
    "present": {"en": "present", "de": "heute", "ja": "現在", "xx": "present"},
    "2021–present": {"en": "2021–present", "de": "2021 – heute"},
    "2021.9 – present": {"en": "2021.9 – present", "de": "2021.9 – present"},
}


@pytest.mark.parametrize("text", BY_LOCALE)
def test_iso_dates_are_worded_by_the_locale(text: str) -> None:
    date = CvDate.parse(text)
    assert {tag: date.shown(tag) for tag in BY_LOCALE[text]} == BY_LOCALE[text]


@pytest.mark.parametrize("tag", ["en", "en-US"])
@pytest.mark.parametrize("month", range(1, 13))
def test_english_is_worded_as_babel_does(month: int, tag: str) -> None:
    whole, locale = f"1987-{month:02}-0{month % 9 + 1}", Locale.parse(tag, sep="-")
    for skeleton, text in {"yMMM": whole[:7], "yMMMd": whole}.items():
        worded = format_skeleton(skeleton, dt.date.fromisoformat(whole), locale=locale)
        assert CvDate.parse(text).shown(tag) == worded


@pytest.mark.parametrize("tag", ["xx", "xx-YY", "klingon", "en-ZZZZ", "de-XX", "", "e", "12"])
def test_an_unknown_locale_falls_back_to_its_language_or_to_english(tag: str) -> None:
    expected = "Sept. 2021" if tag == "de-XX" else "Sep 2021"
    assert CvDate.parse("2021-09").shown(tag) == expected


def test_every_locale_can_show_dates() -> None:
    month, day = CvDate.parse("2021-09"), CvDate.parse("2021-09-15")
    tags = [tag for tag in locale_identifiers() if "_" not in tag]
    assert len(tags) > 200
    assert all(month.shown(tag) and day.shown(tag) for tag in tags)


def test_the_present_is_worded_in_each_language_of_the_table() -> None:
    required = {"en", "de", "fr", "es", "it", "pt", "nl", "zh", "ja", "ko", "ru", "pl", "sv", "da"}
    assert required <= set(PRESENT_WORDS)
    for language, words in PRESENT_WORDS.items():
        assert CvDate.parse("present").shown(language) == (
            "present" if language == "en" else words[0]
        )
        assert CvDate.parse(f"2021 – {words[0]}").end_key == FAR


REFUSED = {
    "": ("date_empty", "empty"),
    "  ": ("date_empty", "empty"),
    "x" * (MAX_CHARACTERS + 1): ("date_long", "121 characters; at most 120"),
    "2021\n2022": ("date_line", "one line"),
    "2021\u202e2022": ("bidi-control", "U+202E"),
    "20\u200b21": ("word-part", "U+200B"),
    "20\t21": ("date_line", "one line"),
    "2021-13": ("date_impossible", "there is no month 13"),
    "2021-00": ("date_impossible", "there is no month 00"),
    "2021.13": ("date_impossible", "there is no month 13"),
    "2021/13": ("date_impossible", "there is no month 13"),
    "13/2021": ("date_impossible", "there is no month 13"),
    "2021年13月": ("date_impossible", "there is no month 13"),
    "2021-09-32": ("date_impossible", "there is no day 32 in 2021-09; it has 30 days"),
    "2021-09-00": ("date_impossible", "there is no day 00"),
    "2021-02-30": ("date_impossible", "there is no day 30 in 2021-02; it has 28 days"),
    "2023.2.29": ("date_impossible", "there is no day 29 in 2023-02; it has 28 days"),
    "31. 4. 2021": ("date_impossible", "there is no day 31 in 2021-04; it has 30 days"),
    "September 31, 2021": ("date_impossible", "there is no day 31 in 2021-09"),
    "3021": ("date_impossible", "the year 3021 is not between 1000 and 2999"),
    "0999-05": ("date_impossible", "the year 0999 is not between 1000 and 2999"),
    "Spring 9999": ("date_impossible", "the year 9999 is not between 1000 and 2999"),
    "2021–3021": ("date_impossible", "the year 3021"),
    "2023 – 2021": ("date_impossible", "ends 2021, before it starts 2023"),
    "2023–21": ("date_impossible", "ends 21, before it starts 2023"),
    "2023~2021 Spring": ("date_impossible", "ends 2021, before it starts 2023"),
    "2021-09/2021-08": ("date_impossible", "ends 2021-08, before it starts 2021-09"),
    "2021.9 – 2021.8 (expected)": ("date_impossible", "ends 2021.8, before it starts 2021.9"),
    "present – 2021": ("date_impossible", "ends 2021, before it starts present"),
    "2020 & 2023 – 2021": ("date_impossible", "ends 2021, before it starts 2023"),
    "(2022.9 & 2023.13)": ("date_impossible", "there is no month 13"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_an_impossible_date_is_refused_with_its_reason(text: str) -> None:
    code, reason = REFUSED[text]
    with pytest.raises(PydanticCustomError) as refusal:
        CvDate.parse(text)
    assert refusal.value.type == code
    assert reason in str(refusal.value)


def test_the_longest_date_is_allowed() -> None:
    assert CvDate.parse("x" * MAX_CHARACTERS).source == "x" * MAX_CHARACTERS


@pytest.mark.parametrize(
    ("end", "start", "before"),
    [
        ("2019-01", "2020-01", True),
        ("2019", "2020", True),
        ("2019-12-31", "2020-01-01", True),
        ("2020", "2020-06", False),
        ("2020-06", "2020", False),
        ("2020-01", "2020-01", False),
        ("present", "2020", False),
        ("2020", "present", True),
        ("soon", "2020", False),
        ("2019", "soon", False),
        ("Spring 2020", "2020.9", True),
        ("Autumn 2020", "2020.9", False),
    ],
)
def test_ends_before_is_said_only_where_it_is_certain(
    end: str, start: str, *, before: bool
) -> None:
    assert CvDate.parse(end).ends_before(CvDate.parse(start)) is before


@pytest.mark.parametrize(
    ("start", "end", "language", "shown"),
    [
        ("2021-09", "2025-06", "en", "Sep 2021 – Jun 2025"),
        ("2021-09", None, "en", "Sep 2021 – present"),
        ("2021-09", None, "zh", "2021年9月 – 至今"),
        ("2021-09", "present", "de", "Sept. 2021 – heute"),
        ("2021.9", "2025.6", "de", "2021.9 – 2025.6"),
        ("2021.9", None, "de", "2021.9 – heute"),
        ("2021", "2025-06", "en", "2021 – Jun 2025"),
        ("2021-09", "2026-07 (expected)", "en", "Sep 2021 – Jul 2026 (expected)"),
        ("2021-09", None, "xx", "Sep 2021 – present"),
    ],
)
def test_a_period_is_two_dates_and_a_dash(
    start: str, end: str | None, language: str, shown: str
) -> None:
    last = None if end is None else CvDate.parse(end)
    assert shown_period(CvDate.parse(start), last, language) == shown


def test_the_first_day_is_that_of_the_start() -> None:
    assert CvDate.parse("2021-09 – present").first_day() == dt.date(2021, 9, 1)
    assert CvDate.parse("2026-05-01").first_day() == dt.date(2026, 5, 1)
    assert CvDate.parse("present").first_day() is None


class Entry(BaseModel):
    """A model with a date in it."""

    date: CvDate


def test_a_date_in_a_model_keeps_its_text_and_place() -> None:
    place = Place("ada.yaml", 3, 7, 4, "date: 2021")
    date = Entry.model_validate({"date": SourceText("2021", place)}).date
    assert (date.source, date.place) == ("2021", place)
    assert date == CvDate.parse("2021")
    assert Entry(date=date).date is date


def test_a_whole_number_is_a_year() -> None:
    assert Entry.model_validate({"date": 2021}).date == CvDate.parse("2021")


@pytest.mark.parametrize("value", [True, False, None, 2021.1, [], {"en": "2021"}])
def test_what_is_no_text_is_no_date(value: Any) -> None:
    with pytest.raises(ValidationError, match="a date is expected here") as refusal:
        Entry.model_validate({"date": value})
    assert [error["type"] for error in refusal.value.errors()] == ["date_type"]


def test_an_impossible_date_in_a_model_is_a_finding_of_the_model() -> None:
    with pytest.raises(ValidationError, match="there is no month 13"):
        Entry.model_validate({"date": "2021-13"})


def test_the_json_schema_allows_text_and_numbers_alone() -> None:
    schema = Entry.model_json_schema()["properties"]["date"]
    assert schema["type"] == ["string", "number"]


_FRAGMENTS = st.sampled_from(
    [*"0123456789", *"().,~–—-/& ", "2021", "2021-09", "2021-09-15", "Sep", "Spring", "present",
     " to ", " and ", " – ", "expected", "(expected)", "年", "月", "\u00a0", "ı", "²", "٣"]
)  # fmt: skip


@settings(deadline=None)  # the machine may be busy
@given(st.one_of(st.lists(_FRAGMENTS, max_size=14).map("".join), st.text(max_size=130)))
def test_any_text_is_a_date_or_refused_in_the_documented_way(text: str) -> None:
    try:
        date = CvDate.parse(text)
    except PydanticCustomError as refusal:
        codes = {found.code for found in refusals(text)}
        is_documented = refusal.type.startswith("date_") or refusal.type in codes
        assert is_documented
        return
    assert date.source == normalised(text)
    assert (date.start_key is None) == (date.end_key is None)
    if date.start_key is not None and date.end_key is not None:
        assert date.start_key <= date.end_key
    assert not date.ends_before(date)
    assert date.shown("en")
    date.first_day()


@settings(deadline=None)  # the machine may be busy
@given(st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)), st.sampled_from(["-", ".", "/"]))
def test_every_day_of_the_calendar_is_understood(day: dt.date, mark: str) -> None:
    typed = f"{day.year}{mark}{day.month:02}{mark}{day.day:02}"
    date = CvDate.parse(typed)
    assert date.first_day() == day
    assert date.start_key == date.end_key
    assert (date.shown("en") == typed) is (mark != "-")


@settings(deadline=None)  # the machine may be busy
@given(st.text("abcdefghijklmnopqrstuvwxyz? ", min_size=1).filter(str.strip))
def test_words_come_back_unchanged(words: str) -> None:
    try:
        date = CvDate.parse(words)
        # The words for the present are said in the reader's language.
        assert date.shown("en") == words or date.end_key == FAR
    except PydanticCustomError as refusal:
        assert refusal.type == "date_long"  # noqa: PT017  only long texts are refused
