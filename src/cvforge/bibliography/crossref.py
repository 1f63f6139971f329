"""Inheritance by `crossref`: what an entry does not say is taken from its parent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.diagnostics import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cvforge.bibliography.drafts import Draft
    from cvforge.bibliography.findings import Findings

MAX_GENERATIONS = 4

# What describes the parent alone. Its DOI, address and arXiv number, which are verbatim fields,
# would lead a reader of the child's title to the wrong work; they are not inherited either.
_OWN = frozenset(
    {"title", "subtitle", "titleaddon", "shorttitle", "abstract", "note", "annote", "annotation"}
    | {"pubstate", "addendum"}
)


def inherit(drafts: Mapping[str, Draft], findings: Findings) -> dict[str, Draft]:
    """Return the drafts with missing fields filled in from their parents, in the same order.

    A parent's title becomes ``booktitle``, or ``journaltitle`` when it is a ``@periodical``.
    An unknown parent, a cycle and too many generations are findings.

    Source: the biblatex manual, appendix B (default inheritance setup).
    """
    return {key: _filled(draft, _parents(draft, drafts, findings)) for key, draft in drafts.items()}


def parents(drafts: Mapping[str, Draft]) -> frozenset[str]:
    """Return the keys that other entries name in their ``crossref``."""
    return frozenset(d.raw["crossref"] for d in drafts.values() if "crossref" in d.raw)


def _parents(draft: Draft, drafts: Mapping[str, Draft], findings: Findings) -> list[Draft]:
    """Return the parent of ``draft``, its parent, and so on."""
    above: list[Draft] = []
    child = draft
    while "crossref" in child.raw:
        parent = drafts.get(child.raw["crossref"])
        if parent is None:
            if child is draft:
                _find_unknown(draft, drafts, findings)
            break
        if parent is draft or len(above) == MAX_GENERATIONS:
            _find_endless(draft, parent, findings)
            break
        above.append(parent)
        child = parent
    return above


def _find_unknown(draft: Draft, drafts: Mapping[str, Draft], findings: Findings) -> None:
    parent = draft.raw["crossref"]
    findings.add(
        "unknown-crossref",
        f'"{draft.key}" refers to "{parent}", which is no entry of the bibliography',
        draft.crossref_place,
        did_you_mean(parent, [key for key in drafts if key != draft.key]),
    )


def _find_endless(draft: Draft, parent: Draft, findings: Findings) -> None:
    message = f'"{draft.key}" has more than {MAX_GENERATIONS} generations of parents'
    if parent is draft:
        message = f'"{draft.key}" refers back to itself by its crossref'
    findings.add(
        "crossref-cycle", message, draft.crossref_place, "remove one of the crossref fields"
    )


def _filled(draft: Draft, above: list[Draft]) -> Draft:
    fields, names = dict(draft.fields), dict(draft.names)
    for parent in above:
        for name, content in parent.fields.items():
            if name not in _OWN:
                fields.setdefault(name, content)
        if "title" in parent.fields:
            host = "journaltitle" if parent.kind == "periodical" else "booktitle"
            fields.setdefault(host, parent.fields["title"])
        for name, people in parent.names.items():
            names.setdefault(name, people)
    return replace(draft, fields=fields, names=names)
