"""One entry on its own: its fields decoded, before anything is inherited or found missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cvforge.bibliography.decode import decode
from cvforge.bibliography.links import arxiv_number, doi_target, unescaped, web_target
from cvforge.bibliography.names import author_annotations, people
from cvforge.bibliography.reference import NAME_FIELDS, Names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cvforge.bibliography.findings import Findings
    from cvforge.bibliography.grammar import BibEntry
    from cvforge.bibliography.values import Strings, Value
    from cvforge.diagnostics import Place
    from cvforge.inline import Inline

VERBATIM = frozenset(
    {"archiveprefix", "crossref", "doi", "eprint", "eprintclass", "eprinttype", "file"}
    | {"ids", "keywords", "pdf", "primaryclass", "url", "urlraw", "xref"}
)
_VERBATIM_FAMILIES = re.compile(r"(?:bdsk|local|mendeley)-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an entry itself says; ``crossref_place`` is where it names its parent.

    ``faulty`` says that there are findings against it.
    """

    key: str
    kind: str
    place: Place
    names: Mapping[str, Names]
    fields: Mapping[str, Inline]
    raw: Mapping[str, str]
    crossref_place: Place
    faulty: bool


def draft(entry: BibEntry, strings: Strings, findings: Findings) -> Draft:
    """Decode the fields of ``entry``; blank ones count as not given."""
    read = {field.name: strings.value(field, entry.source) for field in entry.fields}
    values = {name: value for name, value in read.items() if value is not None and _is_given(value)}
    raw = {name: unescaped(value.text) for name, value in values.items() if is_verbatim(name)}
    _check_links(raw, values, findings)
    return Draft(
        key=entry.key,
        kind=entry.kind,
        place=entry.place,
        names={name: _names(name, values, findings) for name in NAME_FIELDS if name in values},
        fields={
            name: decode(value, findings)
            for name, value in values.items()
            if name not in raw and name not in NAME_FIELDS and "+an" not in name
        },
        raw=raw,
        crossref_place=_whole(values["crossref"]) if "crossref" in values else entry.place,
        faulty=None in read.values(),
    )


def _names(name: str, values: Mapping[str, Value], findings: Findings) -> Names:
    found, others = people(values[name], findings)
    marks = values.get(f"{name}+an", values.get(f"{name}+an:default"))
    words = {} if marks is None else author_annotations(marks, len(found), findings)
    return Names(found, others, words)


def is_verbatim(name: str) -> bool:
    """Say whether the field ``name`` holds an address or a key, not LaTeX.

    Source: the biblatex manual, 2.2.1 (verbatim and URI fields), and what programs add.
    """
    return name in VERBATIM or _VERBATIM_FAMILIES.match(name) is not None


def _is_given(value: Value) -> bool:
    return value.text.strip(" \t\n{}") != ""


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


_LINKS: Mapping[str, tuple[str, Callable[[Mapping[str, str]], object], str]] = {
    "doi": ("doi", lambda raw: doi_target(raw["doi"]), "write it as 10.1000/182"),
    "eprint": ("eprint", arxiv_number, 'an archive other than arXiv is named by "eprinttype"'),
    "url": ("link-scheme", lambda raw: web_target(raw["url"]), 'write it from its "https://" on'),
}
