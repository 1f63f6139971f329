"""Entries that are probably one work: by DOI, arXiv number, or title with people and year."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from cvforge.bibliography.check import works
from cvforge.bibliography.check.entry import Entry, warning
from cvforge.bibliography.spelling import fold
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvforge.diagnostics import Diagnostic

# A preprint may be out some years before the published version.
YEARS_APART = 1
PREPRINT_YEARS_APART = 3
# How many entries of one title, person and year are compared with a later one.
MAX_COMPARED = 20
# Two published works that differ in one of these are two works, whatever their titles.
_NUMBERS = ("volume", "number", "edition", "chapter", "part", "pages")


@dataclass(frozen=True, slots=True)
class _Work:
    """What is compared of an entry; a title stands beside each family name."""

    entry: Entry
    doi: str
    arxiv: str
    titles: tuple[tuple[str, str], ...]
    year: int | None
    is_preprint: bool
    figures: tuple[frozenset[str], ...]


_Known: TypeAlias = dict[tuple[object, ...], list[_Work]]


def repeated_works(entries: Sequence[Entry]) -> Iterator[Diagnostic]:
    """Yield a finding for each entry that is probably the work of an earlier one."""
    known: _Known = defaultdict(list)
    for entry in entries:
        if not entry.reference.is_parent and entry.reference.kind != "set":
            work = _work(entry)
            for first, shared in _earlier(work, known):
                yield _finding(work, first, shared)
                break
            for key in _own_keys(work):
                if len(known[key]) < MAX_COMPARED:
                    known[key].append(work)


def _work(entry: Entry) -> _Work:
    families = sorted({fold(name.family) for name in entry.reference.authors} - {""})
    title = works.title(entry)
    return _Work(
        entry=entry,
        doi=works.doi(entry),
        arxiv=works.arxiv(entry),
        titles=tuple((title, family) for family in families if title),
        year=works.year(entry),
        is_preprint=works.is_preprint(entry),
        figures=tuple(frozenset(re.findall(r"\d+", entry.text(name))) for name in _NUMBERS),
    )


def _earlier(work: _Work, known: _Known) -> Iterator[tuple[_Work, str]]:
    """Yield the works that are probably the same, each with what they have in common."""
    for first in known.get(("doi", work.doi), ()):
        yield first, "the same DOI"
    for first in known.get(("arxiv", work.arxiv), ()):
        if not _are_distinct(first, work):
            yield first, "the same arXiv number"
    for key in _near_keys(work):
        for first in known.get(key, ()):
            if _are_near(first, work) and not _are_distinct(first, work):
                yield first, "the same title, people in common"


def _own_keys(work: _Work) -> Iterator[tuple[object, ...]]:
    if work.doi:
        yield "doi", work.doi
    if work.arxiv:
        yield "arxiv", work.arxiv
    for title in work.titles:
        yield from ((*title, when) for when in (work.year, "any"))


def _near_keys(work: _Work) -> Iterator[tuple[object, ...]]:
    near: list[object] = ["any"]
    if work.year is not None:
        apart = range(-PREPRINT_YEARS_APART, PREPRINT_YEARS_APART + 1)
        near = [None, *(work.year + years for years in apart)]
    for title in work.titles:
        yield from ((*title, when) for when in near)


def _are_near(first: _Work, second: _Work) -> bool:
    if first.year is None or second.year is None:
        return True
    is_pair = first.is_preprint != second.is_preprint
    return abs(first.year - second.year) <= (PREPRINT_YEARS_APART if is_pair else YEARS_APART)


def _are_distinct(first: _Work, second: _Work) -> bool:
    """Say whether two published works differ in what would be the same for one."""
    if first.is_preprint or second.is_preprint:
        return False
    pairs = zip(first.figures, second.figures, strict=True)
    differ = any(one and other and not one & other for one, other in pairs)
    return differ or len({first.doi, second.doi} - {""}) > 1


def _finding(work: _Work, first: _Work, shared: str) -> Diagnostic:
    key, earlier = work.entry.key, first.entry.reference
    where = f'"{earlier.key}" is in {earlier.place.file}, line {earlier.place.line}'
    place = work.entry.reference.place
    if work.is_preprint == first.is_preprint:
        message = f'"{key}" is probably the same work as "{earlier.key}": {shared}'
        return warning("duplicate-work", message, place, f"{where}; keep one of them")
    what = "a preprint of" if work.is_preprint else "the published version of the preprint"
    return warning(
        "preprint-and-published",
        f'"{key}" is probably {what} "{earlier.key}": {shared}',
        place,
        f"{where}; one entry is enough: the published one, with the preprint's eprint",
    )
