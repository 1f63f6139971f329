"""When a reference came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.dates import Issued, issued

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cvforge.bibliography.reference import Reference

    Read = Callable[[str], Mapping[str, Reference]]


def told(read: Read, fields: str) -> Issued | None:
    return issued(read(f"@misc{{a, title={{T}}, author={{Ada Quill}}, {fields}}}")["a"])


@pytest.mark.parametrize(
    ("date", "start", "end", "season"),
    [
        ("2024", (2024,), None, None),
        ("2024-05", (2024, 5), None, None),
        ("2024-05-17", (2024, 5, 17), None, None),
        ("2024-05-17T10:30:00Z", (2024, 5, 17), None, None),
        ("2024-05/2024-06", (2024, 5), (2024, 6), None),
        ("2024/2024", (2024,), None, None),
        ("2024/", (2024,), (), None),
        ("2024-05/..", (2024, 5), (), None),
        ("../2024-05", (2024, 5), None, None),
        ("/2024", (2024,), None, None),
        ("2024~", (2024,), None, None),
        ("2024?", (2024,), None, None),
        (r"2024-05\%", (2024, 5), None, None),
        ("2024-21", (2024,), None, 21),
        ("2024-24", (2024,), None, 24),
        ("199X", (1990,), (1999,), None),
        ("2024-XX", (2024,), None, None),
        ("2024-13", (2024,), None, None),
        ("2024-05-40", (2024, 5), None, None),
        ("-0044", (-44,), None, None),
        ("May 2024", (2024, 5), None, None),
        ("17 May 2024", (2024, 5, 17), None, None),
    ],
)
def test_a_date_is_read_in_its_extended_form(
    read: Read, date: str, *, start: tuple[int, ...], end: tuple[int, ...] | None, season: int
) -> None:
    made = told(read, f"date = {{{date}}}, year = 1900")
    assert made is not None
    assert (made.start, made.end, made.season, made.year) == (start, end, season, start[0])


@pytest.mark.parametrize(
    ("fields", "start", "end"),
    [
        ("year = 2024", (2024,), None),
        ("year = {2024}, month = may", (2024, 5), None),
        ("year = {2024}, month = {Sept.}", (2024, 9), None),
        ("year = {2024}, month = {05}", (2024, 5), None),
        ("year = {2024}, month = {13}", (2024,), None),
        ("year = {2024}, month = {Frimaire}", (2024,), None),
        ('year = {2024}, month = "8~" # jan', (2024, 1, 8), None),
        ('year = {2024}, month = jan # "/" # feb', (2024, 1), (2024, 2)),
        ('year = {2024}, month = jan # "~30--" # feb # "~2"', (2024, 1, 30), (2024, 2, 2)),
        ("year = {2024, to appear}", (2024,), None),
        ("year = {c. 2024}", (2024,), None),
        ("year = {2023--2024}", (2023,), (2024,)),
        ("date = {soon}, year = {2024}", (2024,), None),
    ],
)
def test_a_year_and_a_month_are_read_as_people_write_them(
    read: Read, fields: str, *, start: tuple[int, ...], end: tuple[int, ...] | None
) -> None:
    made = told(read, fields)
    assert made is not None
    assert (made.start, made.end) == (start, end)


@pytest.mark.parametrize(
    "fields", ["", "year = {in press}", "month = may", "date = {soon}", "date = {/}", "date={}"]
)
def test_without_a_year_nothing_is_told(read: Read, fields: str) -> None:
    assert told(read, fields) is None


@pytest.mark.parametrize(
    ("fields", "text"),
    [("date = {2024-05}, year = 1900", "2024-05"), ("year = {2024, to appear}", "2024, to appear")],
)
def test_what_was_written_is_kept(read: Read, fields: str, text: str) -> None:
    made = told(read, fields)
    assert made is not None
    assert made.text == text
