"""Small slips in single fields: pages, month, DOI and address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvforge.bibliography.check import works
from cvforge.bibliography.check.entry import Entry, warning
from cvforge.bibliography.reading.values import MONTHS
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cvforge.diagnostics import Diagnostic

_RANGE = pattern(r"(\d+)\s*[-\u2010-\u2015]+\s*(\d+)")
_HALF_RANGE = pattern(r"\w*\d\s*[-\u2010-\u2015]+[\s?]*|[-\u2010-\u2015]+\s*\d\w*")
_MONTH = pattern(rf"\b(?:{'|'.join(MONTHS)}|spring|summer|autumn|fall|winter)", re.IGNORECASE)
_MONTH_NUMBERS = range(1, 13)
_RESOLVER = pattern(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE)


def field_slips(entries: Sequence[Entry]) -> Iterator[Diagnostic]:
    """Yield the findings about fields that each entry has itself."""
    for entry in entries:
        for field, find in _CHECKS:
            if field in entry.written:
                yield from find(entry)


def _pages(entry: Entry) -> Iterator[Diagnostic]:
    written = entry.text("pages")
    found = _RANGE.fullmatch(written)
    place = entry.place("pages")
    if _HALF_RANGE.fullmatch(written):
        message = f'the pages "{written}" lack a beginning or an end'
        yield warning("pages", message, place, "write both: 45--67")
    elif found is not None and len(found[2]) >= len(found[1]) and int(found[2]) < int(found[1]):
        message = f'the pages "{written}" end before they begin'
        yield warning("pages", message, place, f"is it {found[2]}--{found[1]}?")
    elif found is not None and found[1] == found[2]:
        message = f'the pages "{written}" are one page'
        yield warning("pages", message, place, f"write pages = {{{found[1]}}}")


def _month(entry: Entry) -> Iterator[Diagnostic]:
    written = entry.text("month")
    is_number = written.isdecimal() and int(written) in _MONTH_NUMBERS
    if not is_number and not _MONTH.search(written):
        yield warning(
            "month",
            f'"{written}" is no month',
            entry.place("month"),
            "write it without braces: month = may",
        )


def _doi(entry: Entry) -> Iterator[Diagnostic]:
    if works.doi(entry) and _RESOLVER.match(entry.text("doi")):
        yield warning(
            "doi-address",
            f'the DOI of "{entry.key}" is written as an address',
            entry.place("doi"),
            f"write it bare: doi = {{{_RESOLVER.sub('', entry.text('doi'))}}}",
        )


def _url(entry: Entry) -> Iterator[Diagnostic]:
    address = entry.text("url")
    same = _RESOLVER.sub("", address).lower() == works.doi(entry)
    if _RESOLVER.match(address) and (same or not entry.has("doi")):
        yield warning(
            "url-is-doi",
            f'the address of "{entry.key}" is its DOI',
            entry.place("url"),
            "leave it out: the DOI leads there"
            if same
            else f"write doi = {{{_RESOLVER.sub('', address)}}} instead",
        )


_CHECKS: Sequence[tuple[str, Callable[[Entry], Iterator[Diagnostic]]]] = (
    ("pages", _pages),
    ("month", _month),
    ("doi", _doi),
    ("url", _url),
)
