"""Inheritance by `crossref`: what an entry does not say is taken from its parent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.bibliography.reading.entries import near_key
from cvforge.bibliography.reading.hosting import filled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cvforge.bibliography.reading.drafts import Draft
    from cvforge.bibliography.reading.entries import Entries
    from cvforge.bibliography.reading.findings import Findings

MAX_GENERATIONS = 4


def inherit(entries: Entries, findings: Findings) -> Entries:
    """Return the entries with missing fields filled in from their parents, in the same order.

    An unknown parent, a cycle and too many generations are findings.
    """
    return entries.changed(lambda draft: _inherited(draft, _parents(draft, entries, findings)))


def _parents(draft: Draft, entries: Entries, findings: Findings) -> list[Draft]:
    """Return the parent of ``draft``, its parent, and so on."""
    above: list[Draft] = []
    child = draft
    while "crossref" in child.raw:
        parent = entries.find(child.raw["crossref"])
        if parent is None:
            if child is draft:
                _find_unknown(draft, entries.by_key, findings)
            break
        if parent is draft or len(above) == MAX_GENERATIONS:
            _find_endless(draft, parent, findings)
            break
        above.append(parent)
        child = parent
    return above


def _inherited(draft: Draft, above: list[Draft]) -> Draft:
    made = None
    for generation in (*reversed(above), draft):
        made = generation if made is None else filled(generation, made)
    sources = draft.sources.union(*({parent.key} | parent.sources for parent in above))
    return replace(draft if made is None else made, sources=sources)


def _find_unknown(draft: Draft, known: Mapping[str, Draft], findings: Findings) -> None:
    parent = draft.raw["crossref"]
    findings.about(draft.place, draft.key)
    findings.add(
        "unknown-crossref",
        f'"{draft.key}" refers to "{parent}", which is no entry of the bibliography',
        draft.key_places["crossref"],
        near_key(parent, [key for key in known if key != draft.key]),
    )


def _find_endless(draft: Draft, parent: Draft, findings: Findings) -> None:
    message = f'"{draft.key}" has more than {MAX_GENERATIONS} generations of parents'
    if parent is draft:
        message = f'"{draft.key}" refers back to itself by its crossref'
    place = draft.key_places["crossref"]
    findings.about(draft.place, draft.key)
    findings.add("crossref-cycle", message, place, "remove one of the crossref fields")
