"""One entry on its own: its fields decoded, before anything is inherited or found missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvforge.bibliography.links import arxiv_number, doi_target, unescaped, web_target
from cvforge.bibliography.names import author_annotations, people
from cvforge.bibliography.reading.characters import check_text
from cvforge.bibliography.reading.decode import decode
from cvforge.bibliography.reading.fields import ABSTRACT, READ
from cvforge.bibliography.reading.findings import Findings
from cvforge.bibliography.reading.values import is_given
from cvforge.bibliography.reading.wanted import listed
from cvforge.bibliography.reference import NAME_FIELDS, Names
from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cvforge.bibliography.reading.grammar import BibEntry
    from cvforge.bibliography.reading.values import Strings, Value
    from cvforge.diagnostics import Place
    from cvforge.inline import Inline

# Fields that people lead to more by; a "dataset" may also be named in words.
WEB_FIELDS = (
    *("url", "code", "slides", "video", "poster", "project", "website", "data", "demo", "talk"),
    *("blog", "supplement"),
)
# Fields that name other entries, or this one.
KEY_FIELDS = ("crossref", "xdata", "entryset", "ids")
VERBATIM = frozenset(
    {"archiveprefix", "doi", "eprint", "eprintclass", "eprinttype", "file", "keywords", "pdf"}
    | {"primaryclass", "related", "selected", "tags", "urlraw", "xref", *WEB_FIELDS, *KEY_FIELDS}
)
# What of them stands on the page, or is where a link leads.
_SHOWN = frozenset(
    {"archiveprefix", "dataset", "doi", "eprint", "eprintclass", "eprinttype", "primaryclass"}
    | {*WEB_FIELDS}
)
_WEB_ADDRESS = pattern(r"\s*(?:\\url\s*\{\s*)?(?:[a-z][a-z0-9+.-]*:/|www\.)", re.IGNORECASE)
_FROM_XDATA = pattern(r"\s*xdata\s*=", re.IGNORECASE)
_VERBATIM_FAMILIES = pattern(r"(?:bdsk|local|mendeley)-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an entry says, itself or by inheritance.

    ``key_places`` is where its KEY_FIELDS stand. ``faulty`` says that there are findings against
    it. ``sources`` are the keys of the entries that it takes something from.
    """

    key: str
    kind: str
    place: Place
    names: Mapping[str, Names]
    fields: Mapping[str, Inline]
    raw: Mapping[str, str]
    key_places: Mapping[str, Place]
    faulty: bool
    sources: frozenset[str] = frozenset()

    def listed(self, field: str) -> list[tuple[str, Place]]:
        """Return the keys that ``field`` lists, each with its place."""
        if field not in self.raw:
            return []
        place = self.key_places[field]
        return [(key, place.narrowed(key)) for key in listed(self.raw[field])]


def draft(entry: BibEntry, strings: Strings, findings: Findings) -> Draft:
    """Decode the fields of ``entry``; blank ones count as not given."""
    read = {field.name: strings.value(field, entry.source) for field in entry.fields}
    values = {
        name: value for name, value in read.items() if value is not None and is_given(value.text)
    }
    raw = {name: unescaped(v.text) for name, v in values.items() if _is_raw(name, v)}
    for name in (name for name in raw if name in _SHOWN):
        check_text(name, values[name], findings)
    _check_links(raw, values, findings)
    _check_whole_xdata(values, findings)
    return Draft(
        key=entry.key,
        kind=entry.kind,
        place=entry.place,
        names={name: _names(name, values, findings) for name in NAME_FIELDS if name in values},
        fields={
            name: content
            for name, value in values.items()
            if name not in raw and name not in NAME_FIELDS and "+an" not in name
            if (content := _decoded(name, value, findings)) is not None
        },
        raw=raw,
        key_places={name: _whole(values[name]) for name in KEY_FIELDS if name in values},
        faulty=None in read.values(),
    )


def _decoded(name: str, value: Value, findings: Findings) -> Inline | None:
    """Return what a field says; None where it is not understood, and no entry is worse for it."""
    if name in READ:
        check_text(name, value, findings)
        return decode(value, findings)
    own = Findings()
    check_text(name, value, own)
    content = decode(value, own)
    if own.first is None:
        return content
    if name == ABSTRACT:
        found = own.first
        message = f"{found.message}; the abstract is left out"
        findings.warn(ABSTRACT, message, found.place or _whole(value), found.hint or "mend it")
    return None


def _names(name: str, values: Mapping[str, Value], findings: Findings) -> Names:
    check_text(name, values[name], findings, is_list=True)
    found, others = people(values[name], findings)
    words: dict[int, frozenset[str]] = {}
    for field, marks in values.items():
        if field.partition(":")[0] == f"{name}+an":  # author+an:role is a set of its own
            for position, given in author_annotations(marks, len(found), findings).items():
                words[position] = words.get(position, frozenset()) | given
    return Names(found, others, words)


def is_verbatim(name: str) -> bool:
    """Say whether the field ``name`` holds an address or a key, not LaTeX.

    Source: the biblatex manual, 2.2.1 (verbatim and URI fields), and what programs add.
    """
    return name in VERBATIM or _VERBATIM_FAMILIES.match(name) is not None


def _is_raw(name: str, value: Value) -> bool:
    if name == "dataset":
        return _WEB_ADDRESS.match(value.text) is not None
    return is_verbatim(name)


def _whole(value: Value) -> Place:
    return value.place(0, len(value.text))


def _check_links(raw: Mapping[str, str], values: Mapping[str, Value], findings: Findings) -> None:
    """Note a DOI, an arXiv number or a URL that leads nowhere, whether the title uses it or not."""
    for name, (code, check, hint) in _LINKS.items():
        try:
            if name in raw:
                check(raw)
        except ValueError as error:
            findings.add(code, str(error), _whole(values[name]), hint)


def _check_whole_xdata(values: Mapping[str, Value], findings: Findings) -> None:
    """Refuse what biber takes from one field of an @xdata entry: it would be printed as it is."""
    for name, value in values.items():
        if _FROM_XDATA.match(value.text):
            message = f'"{name}" takes a single field of an @xdata entry, which is not understood'
            hint = "take the whole entry: xdata = {key}"
            findings.add("xdata", message, _whole(value), hint)


def _web_check(name: str) -> Callable[[Mapping[str, str]], object]:
    return lambda raw: web_target(raw[name])


_LINKS: Mapping[str, tuple[str, Callable[[Mapping[str, str]], object], str]] = {
    "doi": ("doi", lambda raw: doi_target(raw["doi"]), "write it as 10.1000/182"),
    "eprint": ("eprint", arxiv_number, 'an archive other than arXiv is named by "eprinttype"'),
} | {
    name: ("link-scheme", _web_check(name), 'write it from its "https://" on')
    for name in (*WEB_FIELDS, "dataset")
}
