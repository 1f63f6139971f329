"""What a part takes from the work that it stands in: which fields, and under which names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cvforge.bibliography.reading.drafts import Draft
    from cvforge.inline import Inline

# What describes the parent alone. Its DOI, addresses and arXiv number, which are verbatim fields,
# would lead a reader of the child's title to the wrong work; they are not inherited either.
_OWN = frozenset(
    {"title", "subtitle", "titleaddon", "shorttitle", "sorttitle", "indextitle", "indexsorttitle"}
    | {"abstract", "note", "annote", "annotation", "addendum", "pubstate", "status", "award"}
    | {"pages", "pagetotal", "chapter", "eid", "label", "shorthand", "shorthandintro", "sortkey"}
    | {"sortname", "sortyear", "presort", "options", "execute", "entrysubtype", "type"}
)
_OWN_NAMES = frozenset({"shortauthor", "shorteditor"})
# Two names of one thing: what the child says under either holds.
_SAME = (
    {"date", "year", "month", "day"},
    {"journal", "journaltitle"},
    {"location", "address"},
    {"institution", "school"},
)
_TITLES = ("title", "subtitle", "titleaddon")
_VOLUMES = frozenset({"mvbook", "mvcollection", "mvproceedings", "mvreference"})


def filled(child: Draft, parent: Draft) -> Draft:
    """Return ``child`` with what it does not say itself taken from ``parent``.

    The parent's title becomes ``journaltitle`` when it is a ``@periodical``, ``maintitle`` when it
    is a work in several volumes, else ``booktitle``, and its subtitle goes along. The author of a
    book is the author of its parts, and their ``bookauthor``.

    Source: the biblatex manual, appendix B (default inheritance setup).
    """
    passed = _hosting(parent) | {n: c for n, c in parent.fields.items() if n not in _OWN}
    covered = _covered(child.fields)
    fields = dict(child.fields) | {
        name: content for name, content in passed.items() if name not in covered
    }
    names = {name: people for name, people in parent.names.items() if name not in _OWN_NAMES}
    if "author" in names and child.kind in {"inbook", "bookinbook", "suppbook"}:
        names.setdefault("bookauthor", names["author"])
    return replace(child, fields=fields, names=names | dict(child.names))


def _hosting(parent: Draft) -> dict[str, Inline]:
    """Return the parent's titles under the names that its parts have for them."""
    host = "main" if parent.kind in _VOLUMES else "book"
    host = "journal" if parent.kind == "periodical" else host
    if "title" not in parent.fields:
        return {}
    return {host + name: parent.fields[name] for name in _TITLES if name in parent.fields}


def _covered(fields: Mapping[str, object]) -> set[str]:
    covered = set(fields)
    for same in _SAME:
        if not same.isdisjoint(covered):
            covered |= same
    if "booktitle" in fields:  # the subtitle of another title
        covered |= {"booksubtitle", "booktitleaddon"}
    return covered
