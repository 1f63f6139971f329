"""Chooses, orders and parts the references that a section shows; how they look is `style`'s."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvforge.bibliography.dates import issued
from cvforge.bibliography.positions import is_corresponding, position
from cvforge.diagnostics import Diagnostic, Place, did_you_mean
from cvforge.errors import ProfileError
from cvforge.frozen import dataclass
from cvforge.inline import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cvforge.bibliography.reference import Reference

REST = "*"
# Types that BibTeX or BibLaTeX knows. Source: the biblatex manual, 2.1.
TYPES = frozenset(
    {"article", "book", "bookinbook", "booklet", "collection", "conference", "dataset"}
    | {
        "electronic",
        "image",
        "inbook",
        "incollection",
        "inproceedings",
        "inreference",
        "jurisdiction",
    }
    | {"legislation", "legal", "letter", "manual", "mastersthesis", "misc", "movie", "music"}
    | {"mvbook", "mvcollection", "mvproceedings", "mvreference", "online", "patent", "performance"}
    | {"periodical", "phdthesis", "proceedings", "reference", "report", "review", "software"}
    | {"standard", "suppbook", "suppcollection", "suppperiodical", "techreport", "thesis"}
    | {"unpublished", "video", "www"}
)
# Where an entry names its venue, in full or short.
_VENUES = (
    *("journaltitle", "journal", "shortjournal", "booktitle", "series", "shortseries"),
    *("eventtitle", "maintitle", "publisher", "school", "institution"),
)
# One type under the several names that BibTeX and BibLaTeX have for it.
_SAME_TYPE = {
    "conference": "inproceedings",
    "electronic": "online",
    "www": "online",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "techreport": "report",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Conditions; each is met by one of its values, an empty one by everything.

    ``years`` are the first and the last, either may be open. ``positions`` are those of
    `positions.position`, or "corresponding".
    """

    types: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    positions: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    selected: bool = False


def listed(
    library: Mapping[str, Reference], keys: Sequence[tuple[str, Place | None]] | None
) -> list[Reference]:
    """Return the references of ``keys`` in their order; of None, all in the files' order.

    Without keys, an entry that others only take their missing fields from (the proceedings
    of their papers) is not shown, as in BibTeX; naming its key shows it.

    Raises:
        ProfileError: if a key is not in ``library``, with every such key's place.
    """
    if keys is None:
        return [reference for reference in library.values() if not reference.is_parent]
    unknown = [(key, place) for key, place in keys if key not in library]
    if unknown:
        raise ProfileError([_unknown(key, place, library) for key, place in unknown])
    return [library[key] for key, _place in keys]


def chosen(
    references: Iterable[Reference],
    choice: Choice,
    *,
    owned: Callable[[Reference], frozenset[int]],
    tags: Callable[[Reference], Iterable[str]],
) -> list[Reference]:
    """Return those that meet every condition.

    ``owned`` gives the owner's positions among the authors, ``tags`` what the profile adds to an
    entry's own tags.
    """
    return [
        each
        for each in references
        if (not choice.types or type_of(each) in _types(choice.types))
        and _meets(choice.keywords, keywords(each))
        and _meets(choice.tags, [*entry_tags(each), *tags(each)])
        and _is_between(each, choice.years)
        and (not choice.positions or _stands(each, choice.positions, owned))
        and (not choice.venues or _appeared(each, choice.venues))
        and (not choice.selected or is_selected(each))
    ]


def ordered(references: Sequence[Reference], order: str) -> list[Reference]:
    """Return the references by ``order``: list, newest, oldest or type.

    Undated ones stand before the newest: they are what is to appear. Of two with the same date
    the order stays.
    """
    if order == "newest":
        return sorted(references, key=_date, reverse=True)
    if order == "oldest":
        return sorted(references, key=_date)
    if order == "type":
        types = list(dict.fromkeys(map(type_of, references)))
        newest = sorted(references, key=_date, reverse=True)
        return sorted(newest, key=lambda each: types.index(type_of(each)))
    return list(references)


def parted(
    references: Sequence[Reference], by: str, headings: Sequence[str]
) -> dict[str, list[Reference]]:
    """Return the references by what they have in common, each once; REST is what nothing names.

    The parts of ``headings`` come first, in that order; then the others: years from the newest
    on, types and keywords as they come.
    """
    parts: dict[str, list[Reference]] = {name: [] for name in headings if name != REST}
    found: dict[str, list[Reference]] = {}
    for each in references:
        name = _part(each, by, parts, is_open=REST not in headings)
        (parts if name in parts else found).setdefault(name, []).append(each)
    names = sorted(found, reverse=True) if by == "year" else list(found)
    rest = {name: found[name] for name in names if name != REST}
    made = {**parts, **rest, REST: found.get(REST, [])}
    return {name: part for name, part in made.items() if part}


def type_of(reference: Reference) -> str:
    """Return the type of an entry, by one name for all that mean the same."""
    return _SAME_TYPE.get(reference.kind, reference.kind)


def keywords(reference: Reference) -> list[str]:
    """Return the entry's keywords as written."""
    return _words(reference.raw.get("keywords", ""))


def entry_tags(reference: Reference) -> list[str]:
    """Return the entry's own tags."""
    return _words(reference.raw.get("tags", ""))


def is_selected(reference: Reference) -> bool:
    """Say whether the entry has ``selected = {true}``."""
    return reference.raw.get("selected", "").strip().lower() in {"true", "yes", "1"}


def year(reference: Reference) -> int | None:
    """Return the year of an entry."""
    date = issued(reference)
    return None if date is None else date.start[0]


def _words(written: str) -> list[str]:
    return [word for each in re.split("[,;]", written) if (word := each.strip())]


def _types(names: Iterable[str]) -> set[str]:
    return {_SAME_TYPE.get(name.lower(), name.lower()) for name in names}


def _meets(wanted: Sequence[str], found: Iterable[str]) -> bool:
    folded = {word.casefold() for word in found}
    return not wanted or any(word.casefold() in folded for word in wanted)


def _is_between(reference: Reference, years: tuple[int | None, int | None]) -> bool:
    first, last = years
    if first is None and last is None:
        return True
    found = year(reference)
    return found is not None and (first or found) <= found <= (last or found)


def _stands(
    reference: Reference, wanted: Sequence[str], owned: Callable[[Reference], frozenset[int]]
) -> bool:
    if "corresponding" in wanted and is_corresponding(reference, owned):
        return True
    return position(reference, owned) in wanted


def _appeared(reference: Reference, wanted: Sequence[str]) -> bool:
    fields = (reference.fields[name] for name in _VENUES if name in reference.fields)
    names = [plain(name) for name in fields]
    parts = [re.compile(rf"(?<!\w){re.escape(part)}(?!\w)", re.IGNORECASE) for part in wanted]
    return any(part.search(name) for part in parts for name in names)


def _date(reference: Reference) -> tuple[int, ...]:
    date = issued(reference)
    return (9999,) if date is None else date.start


def _part(reference: Reference, by: str, headed: Iterable[str], *, is_open: bool) -> str:
    """Return the first heading that fits, else what the part is called without one."""
    match by:
        case "year":
            names = [] if (found := year(reference)) is None else [str(found)]
        case "type":
            names = [type_of(reference)]
        case _:
            names = keywords(reference)
    fitting = {name.casefold() for name in (*names, *([reference.kind] * (by == "type")))}
    for heading in headed:
        if heading.casefold() in fitting:
            return heading
    return names[0] if names and is_open else REST


def _unknown(key: str, place: Place | None, library: Mapping[str, Reference]) -> Diagnostic:
    return Diagnostic(
        "unknown-publication",
        f'the bibliography has no entry "{key}"',
        place,
        did_you_mean(key, library),
    )
