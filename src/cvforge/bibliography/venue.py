"""The line after the authors: where, when and in what state; the rule is told in `style`."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from cvforge.bibliography.links import arxiv_number
from cvforge.bibliography.spans import merged, titled
from cvforge.inline import Inline, Text, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cvforge.bibliography.reference import Reference

_JOURNALS = ("journaltitle", "journal")
_PLACES = (
    *("booktitle", *_JOURNALS, "eventtitle", "howpublished"),
    *("school", "institution", "organization", "publisher"),
)
_SUBTITLES: Mapping[str, str] = MappingProxyType(
    {"booktitle": "booksubtitle", "journaltitle": "journalsubtitle", "journal": "journalsubtitle"}
)
_TYPED_KINDS = ("thesis", "phdthesis", "mastersthesis", "report", "techreport")
_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "phdthesis": "PhD thesis",
        "mastersthesis": "Master's thesis",
        "mathesis": "Master's thesis",
        "bathesis": "Bachelor's thesis",
        "techreport": "Technical report",
        "resreport": "Research report",
    }
)
_STATES: Mapping[str, str] = MappingProxyType(
    {"inpreparation": "in preparation", "inpress": "in press"}
)
_PREPRINT = re.compile(r"arxiv(?: preprint)?\Z", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_PAGE_RANGE = re.compile(r"(\w*\d)\s*-\s*(\w*\d)\Z")


def venue(reference: Reference) -> Inline:
    """Return the line that stands after the authors of ``reference``; it may be empty."""
    fields = reference.fields
    preprint = _preprint(reference)
    lead = _text(preprint) or _listed([_lead(reference), _place(fields)])
    dated = _without_number(reference, preprint) or plain(lead)
    line = _listed([lead, _pages(fields), _year(fields, dated), _state(fields)])
    return _with_note(line, fields.get("note", ()))


def _preprint(reference: Reference) -> str:
    """Return "arXiv preprint arXiv:…" where the entry names no other place."""
    places = [plain(reference.fields[name]) for name in _PLACES if name in reference.fields]
    eprint = reference.raw.get("eprint")
    if eprint is None or not all(map(_PREPRINT.match, places)):
        return ""
    number = arxiv_number(reference.raw)
    if number is not None:
        return f"arXiv preprint arXiv:{number}"
    archive = reference.raw.get("eprinttype", reference.raw.get("archiveprefix"))
    return eprint if archive is None else f"{archive}:{eprint}"


def _without_number(reference: Reference, preprint: str) -> str:
    """Return ``preprint`` without the number, whose figures are no year."""
    return preprint.removesuffix(reference.raw.get("eprint", "")).partition(":")[0]


def _lead(reference: Reference) -> Inline:
    """Return what a thesis or report is, with a report's number."""
    fields, kind = reference.fields, reference.kind
    if kind not in _TYPED_KINDS:
        return ()
    written = fields.get("type", _text(_TYPES.get(kind, "")))
    lead = _text(_TYPES[plain(written)]) if plain(written) in _TYPES else written
    return _spaced([lead, fields.get("number", ())]) if lead else ()


def _place(fields: Mapping[str, Inline]) -> Inline:
    name = next((name for name in _PLACES if name in fields), None)
    if name is None:
        return _series(fields)
    where = titled(fields[name], fields.get(_SUBTITLES.get(name, ""), ()))
    if name in _JOURNALS:
        return _spaced([where, _issue(fields)])
    volume = () if "series" in fields else fields.get("volume", ())
    return _spaced([where, volume, _series(fields)])


def _issue(fields: Mapping[str, Inline]) -> Inline:
    volume, number = fields.get("volume", ()), fields.get("number", ())
    if volume and number:
        return merged((*volume, Text("("), *number, Text(")")))
    return volume or number


def _series(fields: Mapping[str, Inline]) -> Inline:
    series, volume = fields.get("series", ()), fields.get("volume", ())
    if not series:
        return ()
    of_series = (Text(", volume "), *volume) if volume else ()
    return merged((Text("("), *series, *of_series, Text(")")))


def _pages(fields: Mapping[str, Inline]) -> Inline:
    pages = fields.get("pages", ())
    found = _PAGE_RANGE.match(plain(pages))
    if found is not None:
        pages = _text(f"{found[1]}\u2013{found[2]}")
    if not pages or any(name in fields for name in _JOURNALS):
        return pages
    several = re.search("[\u2013,&]", plain(pages)) is not None
    return merged((Text("pp.\u00a0" if several else "p.\u00a0"), *pages))


def _year(fields: Mapping[str, Inline], line: str) -> Inline:
    """Return the year, unless its figures stand in ``line`` as a number of their own."""
    year = fields.get("year")
    if year is None:
        date = fields.get("date", ())
        found = _YEAR.search(plain(date))
        year = date if found is None else _text(found[0])
    figures = _YEAR.findall(plain(year))
    if figures and all(re.search(rf"(?<!\d){each}(?!\d)", line) for each in figures):
        return ()
    return year


def _state(fields: Mapping[str, Inline]) -> Inline:
    state = fields.get("pubstate", ())
    return _text(_STATES[plain(state)]) if plain(state) in _STATES else state


def _with_note(line: Inline, note: Inline) -> Inline:
    if not line or not note:
        return line or note
    if not plain(note)[0].isupper():
        return _listed([line, note])
    full_stop = " " if plain(line).endswith((".", "?", "!")) else ". "
    return merged((*line, Text(full_stop), *note))


def _listed(parts: Iterable[Inline]) -> Inline:
    return _joined(parts, ", ")


def _spaced(parts: Iterable[Inline]) -> Inline:
    return _joined(parts, " ")


def _joined(parts: Iterable[Inline], separator: str) -> Inline:
    given = [part for part in parts if part]
    spans = [span for part in given for span in (Text(separator), *part)]
    return merged(spans[1:])


def _text(text: str) -> Inline:
    return (Text(text),) if text else ()
