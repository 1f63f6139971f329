"""Fields that an entry of its type must have, by BibTeX's and BibLaTeX's own lists."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from cvforge.bibliography.check.entry import Entry, warning
from cvforge.diagnostics import Diagnostic, nearest
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Any one of them will do.
_AnyOf: TypeAlias = tuple[str, ...]
_YEAR = ("year", "date")
_SCHOOL = ("school", "institution")
_WHO = ("author", "editor")
_PEOPLE = (_WHO, ("author",), ("editor",))
_THESIS = (("author",), _SCHOOL, _YEAR)

# What both programs ask for, or the one that knows the type; the reader asks for a title and for
# somebody. Source: BibTeXing (O. Patashnik, 1988), 3.1; the biblatex manual, 2.1.1.
_REQUIRED: Mapping[str, tuple[_AnyOf, ...]] = MappingProxyType(
    {
        "article": (("author",), ("journal", "journaltitle"), _YEAR),
        "book": (_WHO, _YEAR),
        "mvbook": (_WHO, _YEAR),
        "bookinbook": (("author",), ("booktitle",), _YEAR),
        "suppbook": (("author",), ("booktitle",), _YEAR),
        "inbook": (_WHO, ("booktitle", "chapter", "pages"), _YEAR),
        "collection": (("editor",), _YEAR),
        "mvcollection": (("editor",), _YEAR),
        "incollection": (("author",), ("booktitle",), _YEAR),
        "suppcollection": (("author",), ("booktitle",), _YEAR),
        "dataset": (_WHO, _YEAR),
        "online": (_WHO, (*_YEAR, "urldate"), ("url", "doi", "eprint")),
        "patent": (("author",), ("number",), _YEAR),
        "periodical": (_YEAR,),
        "suppperiodical": (("author",), ("journal", "journaltitle"), _YEAR),
        "proceedings": (_YEAR,),
        "mvproceedings": (_YEAR,),
        "inproceedings": (("author",), ("booktitle",), _YEAR),
        "conference": (("author",), ("booktitle",), _YEAR),
        "reference": (("editor",), _YEAR),
        "mvreference": (("editor",), _YEAR),
        "inreference": (("author",), ("booktitle",), _YEAR),
        "report": (("author",), ("type",), _SCHOOL, _YEAR),
        "techreport": (("author",), _SCHOOL, _YEAR),
        "thesis": (("author",), ("type",), _SCHOOL, _YEAR),
        "phdthesis": _THESIS,
        "mastersthesis": _THESIS,
        "unpublished": (("author",), ("note", "howpublished", *_YEAR)),
    }
)
# What BibTeX asks for besides; BibLaTeX does not.
_PUBLISHED = frozenset({"book", "inbook", "incollection"})
_BIBLATEX = ("date", "journaltitle", "location", "eprinttype", "eventtitle", "eventdate", "langid")
_SAME = MappingProxyType({"electronic": "online", "www": "online"})
_KINDS = frozenset(
    {*_REQUIRED, *_SAME, "artwork", "audio", "booklet", "image", "letter", "manual", "misc"}
    | {"movie", "music", "performance", "review", "set", "software", "standard", "video", "xdata"}
    | {"bibnote", "commentary", "jurisdiction", "legal", "legislation", "bathesis", "mathesis"}
    | {f"custom{letter}" for letter in "abcdef"}
)
# What is not out yet lacks its place and date by nature.
_UNFINISHED = pattern(
    r"to appear|forthcoming|submitted|under review|in (?:preparation|press|submission)|accepted",
    re.IGNORECASE,
)


def missing_fields(entries: Sequence[Entry]) -> Iterator[Diagnostic]:
    """Yield a finding for each entry that lacks fields, or whose type is no type."""
    for entry in entries:
        kind = entry.reference.kind
        lacking = () if entry.reference.is_parent else tuple(_lacking(entry))
        if kind not in _KINDS:
            yield _unknown_kind(entry)
        elif lacking:
            yield warning(
                "missing-field",
                f'"{entry.key}" (@{kind}) lacks {_listed([name[0] for name in lacking])}',
                entry.reference.place,
                _way_out(entry, lacking),
            )


def _lacking(entry: Entry) -> Iterator[_AnyOf]:
    kind = _SAME.get(entry.reference.kind, entry.reference.kind)
    for any_of in _REQUIRED.get(kind, ()):
        is_told = any_of in _PEOPLE and entry.reference.leading == ""  # by the reader
        is_waived = any_of not in _PEOPLE and _is_unfinished(entry)
        if not (is_told or is_waived or any(map(entry.has, any_of))):
            yield any_of
    if kind in _PUBLISHED and not any(map(entry.has, ("publisher", *_BIBLATEX))):
        yield ("publisher",)


def _is_unfinished(entry: Entry) -> bool:
    stated = entry.has("pubstate") or entry.has("status")
    return stated or _UNFINISHED.search(entry.text("note")) is not None


def _way_out(entry: Entry, lacking: tuple[_AnyOf, ...]) -> str:
    ways = [" or ".join(f"{name} = {{…}}" for name in any_of) for any_of in lacking]
    hint = "add " + "; ".join(ways)
    if entry.reference.kind == "article" and entry.has("eprint"):
        hint += "; a preprint that stands nowhere else is @misc or @online"
    return hint


def _unknown_kind(entry: Entry) -> Diagnostic:
    kind = entry.reference.kind
    near = nearest(kind, _KINDS)
    return warning(
        "unknown-type",
        f'"{entry.key}": @{kind} is no type of entry',
        entry.reference.place,
        "@misc is for what has no type of its own" if near is None else f"did you mean @{near}?",
    )


def _listed(names: Sequence[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
