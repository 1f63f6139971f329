"""Entry sets: several entries that are shown as one publication."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.bibliography.reading.entries import near_key

if TYPE_CHECKING:
    from cvforge.bibliography.reading.drafts import Draft
    from cvforge.bibliography.reading.entries import Entries
    from cvforge.bibliography.reading.findings import Findings
    from cvforge.diagnostics import Place

KIND = "set"
_NOT_PASSED_ON = frozenset({"crossref", "ids", "xdata"})


def represent(entries: Entries, findings: Findings) -> Entries:
    """Return the entries, where what a @set does not say stands in its first member.

    A set takes that member's type as well. An unknown member, a set within a set and a set
    without members are findings.

    Source: the biblatex manual, 3.13.5 (entry sets).
    """
    return entries.changed(lambda draft: _filled(draft, entries, findings))


def members(draft: Draft) -> list[tuple[str, Place]]:
    """Return the keys of the members of a set, none for other entries."""
    return draft.listed("entryset") if draft.kind == KIND else []


def _filled(draft: Draft, entries: Entries, findings: Findings) -> Draft:
    if draft.kind != KIND:
        return draft
    found: list[Draft] = []
    for key, place in members(draft):
        member = entries.find(key)
        if member is None or member.kind == KIND:
            _find_no_member(draft, (key, place), entries, findings)
        else:
            found.append(member)
    if not members(draft):
        _find_empty(draft, findings)
    return _represented(draft, found) if found else draft


def _represented(draft: Draft, found: list[Draft]) -> Draft:
    first = found[0]
    raw = {name: text for name, text in first.raw.items() if name not in _NOT_PASSED_ON}
    return replace(
        draft,
        kind=first.kind,
        fields=dict(first.fields) | dict(draft.fields),
        names=dict(first.names) | dict(draft.names),
        raw=raw | dict(draft.raw),
        sources=draft.sources.union(*({member.key} | member.sources for member in found)),
    )


def _find_no_member(
    draft: Draft, named: tuple[str, Place], entries: Entries, findings: Findings
) -> None:
    member = entries.find(named[0])
    what = "is no entry of the bibliography" if member is None else "is a set itself"
    known = [key for key, each in entries.by_key.items() if each.kind != KIND]
    findings.about(draft.place, draft.key)
    findings.add(
        "entry-set",
        f'the set "{draft.key}" lists "{named[0]}", which {what}',
        named[1],
        near_key(named[0], known),
    )


def _find_empty(draft: Draft, findings: Findings) -> None:
    findings.about(draft.place, draft.key)
    findings.add(
        "entry-set",
        f'the set "{draft.key}" has no members',
        draft.place,
        "list their keys: entryset = {one, other}",
    )
