"""From a reference to the variables of CSL; knows no processor.

Source: the CSL 1.0.2 specification, appendix IV (variables).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from cvforge.bibliography.csl.kinds import (
    ANY_PUBLISHER,
    GENRES,
    IN_SERIES,
    ISSUED_IN_NUMBERS,
    KINDS,
    LANGUAGES,
    ORDINALS,
    OTHER,
    PREPRINT,
    PUBLISHERS,
    WORDS,
)
from cvforge.bibliography.csl.names import OTHERS, Person
from cvforge.bibliography.dates import Issued, issued
from cvforge.bibliography.links import arxiv_number, doi_target, web_target
from cvforge.bibliography.spans import titled
from cvforge.inline import Inline, Text, plain
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cvforge.bibliography.csl.marks import Marks
    from cvforge.bibliography.reference import Reference

Variable: TypeAlias = "str | list[Person] | Issued"

_CONTAINERS = ("booktitle", "journaltitle", "journal", "maintitle")
_PLACES = (*_CONTAINERS, "howpublished", "publisher", "institution", "organization", "school")
_SUBTITLES = {
    "booktitle": "booksubtitle",
    "journaltitle": "journalsubtitle",
    "journal": "journalsubtitle",
    "maintitle": "mainsubtitle",
}
_ROLES = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "director": "director",
    "bookauthor": "container-author",
}
# Variables of CSL that are a field as it stands.
_FIELDS = {
    "chapter": "chapter-number",
    "eventtitle": "event-title",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pagetotal": "number-of-pages",
    "part": "part-number",
    "series": "collection-title",
    "shortjournal": "container-title-short",
    "shorttitle": "title-short",
    "venue": "event-place",
    "version": "version",
    "volume": "volume",
    "volumes": "number-of-volumes",
}
_DATES = {"eventdate": "event-date", "origdate": "original-date", "urldate": "accessed"}
_ISO = pattern(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_DOI_LEAD = pattern(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
# What Google Scholar, DBLP and others write as the journal of a preprint.
_ARXIV_JOURNAL = pattern(
    r"(?:arxiv|corr)(?: e-prints| preprint)?,?(?: *(?:abs/|arxiv:)(?P<number>\S+))?", re.IGNORECASE
)
_SAME_PAGE = pattern(r"(\w+) *[-\u2013\u2014]+ *\1")


def kind_of(reference: Reference) -> str:
    """Return the type of CSL."""
    if _is_preprint(reference):
        return PREPRINT
    if reference.kind == "misc" and "url" in reference.raw and "doi" not in reference.raw:
        return "webpage"
    return KINDS.get(reference.kind, OTHER)


def variables(
    reference: Reference, marks: Marks, owner: frozenset[int]
) -> Iterator[tuple[str, Variable]]:
    """Yield the variables that the entry has something for, texts as marked strings.

    ``owner`` are the positions of the CV's owner among the people who stand first.
    """
    yield from _people(reference, marks, owner)
    yield "title", marks.encoded(reference.title)
    for name, content in _texts(reference):
        if content:
            yield name, marks.encoded(content)
    yield from _dates(reference)
    yield from _addresses(reference, marks)
    language = _language(reference)
    if language is not None:
        yield "language", language


def _people(
    reference: Reference, marks: Marks, owner: frozenset[int]
) -> Iterator[tuple[str, list[Person]]]:
    for field, role in _ROLES.items():
        names = reference.names.get(field)
        if names is None:
            continue
        mine = owner if field == reference.leading else frozenset()
        people = [
            Person(
                given=marks.name(name.given),
                particle=marks.name(name.prefix),
                family="" if name.corporate else marks.name(name.family),
                suffix=marks.name(name.suffix),
                body=marks.text(name.family) if name.corporate else "",
                is_owner=position in mine,
            )
            for position, name in enumerate(names.people)
        ]
        yield role, [*people, OTHERS] if names.others else people


def _texts(reference: Reference) -> Iterator[tuple[str, Inline]]:
    fields, kind = reference.fields, kind_of(reference)
    if kind == PREPRINT:
        yield from _preprint(reference)
    else:
        yield "container-title", _container(reference)
        yield "publisher", _first(reference, PUBLISHERS.get(kind, ANY_PUBLISHER))
    for field, name in _FIELDS.items():
        yield name, fields.get(field, ())
    yield "event", fields.get("eventtitle", ())
    yield "publisher-place", fields.get("location", fields.get("address", ()))
    yield "page", _pages(fields.get("pages", fields.get("eid", ())))
    yield "edition", _edition(fields.get("edition", ()))
    yield _numbered(kind), fields.get("number", fields.get("issue", ()))
    yield "genre", _word(fields.get("type", _text(GENRES.get(reference.kind, ""))))
    yield "status", _word(fields.get("pubstate", ())) if issued(reference) is not None else ()
    yield "note", _note(reference)
    holder = reference.names.get("holder")
    if holder is not None:
        yield "authority", _text(", ".join(name.printed for name in holder.people))


def _is_preprint(reference: Reference) -> bool:
    """Say whether the entry names nothing but an archive as its place."""
    if reference.kind not in {"article", "misc", "online", "unpublished"}:
        return False
    places = [plain(reference.fields[name]) for name in _PLACES if name in reference.fields]
    archives = [_ARXIV_JOURNAL.fullmatch(place) for place in places]
    return all(archives) and ("eprint" in reference.raw or bool(archives))


def _preprint(reference: Reference) -> Iterator[tuple[str, Inline]]:
    archive, number = _archive(reference)
    yield "publisher", _text(archive)
    yield "number", _text(f"{archive}:{number}" if archive and number else number)


def _archive(reference: Reference) -> tuple[str, str]:
    """Return the name of the archive, and the number there; "" for what is not told."""
    number = _arxiv(reference)
    if number is not None:
        return "arXiv", number
    archive = reference.raw.get("eprinttype", reference.raw.get("archiveprefix", ""))
    eprint = reference.raw.get("eprint", "")
    return (archive, eprint) if eprint else ("arXiv", "")


def _arxiv(reference: Reference) -> str | None:
    try:
        number = arxiv_number(reference.raw)
    except ValueError:  # it was reported where it is written
        return None
    for name in _PLACES if number is None and "eprint" not in reference.raw else ():
        found = _ARXIV_JOURNAL.fullmatch(plain(reference.fields.get(name, ())))
        number = number if found is None else found["number"]
    return number


def _container(reference: Reference) -> Inline:
    fields = reference.fields
    name = next((name for name in _CONTAINERS if name in fields), None)
    return () if name is None else titled(fields[name], fields.get(_SUBTITLES[name], ()))


def _first(reference: Reference, names: tuple[str, ...]) -> Inline:
    return next((reference.fields[name] for name in names if name in reference.fields), ())


def _numbered(kind: str) -> str:
    if kind in ISSUED_IN_NUMBERS:
        return "issue"
    return "collection-number" if kind in IN_SERIES else "number"


def _pages(pages: Inline) -> Inline:
    """Return pages; a range of one page as that page."""
    same = _SAME_PAGE.fullmatch(plain(pages))
    return pages if same is None else _text(same[1])


def _edition(edition: Inline) -> Inline:
    """Return the number of BibTeX's "Second", so that a style can write it its way."""
    word = plain(edition).lower()
    return _text(str(ORDINALS.index(word) + 1)) if word in ORDINALS else edition


def _word(written: Inline) -> Inline:
    return _text(WORDS[plain(written)]) if plain(written) in WORDS else written


def _note(reference: Reference) -> Inline:
    notes = [reference.fields[name] for name in ("note", "addendum") if name in reference.fields]
    return tuple(span for note in notes for span in (Text(". "), *note))[1:]


def _dates(reference: Reference) -> Iterator[tuple[str, Issued]]:
    made = issued(reference)
    state = plain(_word(reference.fields.get("pubstate", ())))
    if made is not None:
        yield "issued", made
    elif state:
        yield "issued", Issued((), None, state)
    for field, name in _DATES.items():
        found = _ISO.match(plain(reference.fields.get(field, ())))
        if found is not None:
            numbers = tuple(int(number) for number in found.groups() if number is not None)
            yield name, Issued(numbers, None, found[0])


def _addresses(reference: Reference, marks: Marks) -> Iterator[tuple[str, str]]:
    """Yield what leads somewhere; what has not the right form is text and no link."""
    raw = reference.raw
    if "doi" in raw:
        lead = _DOI_LEAD.match(raw["doi"])
        doi = raw["doi"] if lead is None else raw["doi"][lead.end() :]
        yield "DOI", _linked(marks, doi, lambda: doi_target(raw["doi"]))
    number = _arxiv(reference) if kind_of(reference) == PREPRINT else None
    address = raw.get("url")
    if address is None and number is not None and "doi" not in raw:
        address = f"https://arxiv.org/abs/{number}"
    if address is not None and not ("doi" in raw and _DOI_LEAD.match(address)):
        url = address
        yield "URL", _linked(marks, url, lambda: web_target(url))
    if raw.get("eprinttype", "").lower() == "pubmed" and "eprint" in raw:
        yield "PMID", marks.text(raw["eprint"])


def _linked(marks: Marks, text: str, target: Callable[[], str]) -> str:
    try:
        return marks.linked(marks.text(text), target())
    except ValueError:  # it was reported where it is written
        return marks.text(text)


def _language(reference: Reference) -> str | None:
    written = plain(reference.fields.get("langid", reference.fields.get("language", ())))
    code = written.strip().lower().partition("-")[0].partition("_")[0]
    return LANGUAGES.get(code, code if len(code) == len("en") else None)


def _text(text: str) -> Inline:
    return (Text(text),) if text else ()
