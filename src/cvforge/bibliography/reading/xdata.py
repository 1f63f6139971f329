"""Inheritance by `xdata`: fields that several entries share, kept in entries that nobody sees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.bibliography.reading.entries import near_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.bibliography.reading.drafts import Draft
    from cvforge.bibliography.reading.entries import Entries
    from cvforge.bibliography.reading.findings import Findings
    from cvforge.diagnostics import Place

KIND = "xdata"
_NOT_PASSED_ON = frozenset({"ids", "xdata"})


def take_in(entries: Entries, findings: Findings) -> Entries:
    """Return the entries with the fields of the @xdata entries that they list.

    What an entry says itself holds; of several containers, the later one counts before the
    earlier one, and each before those that it lists itself. What is no @xdata entry and a cycle
    are findings.

    Source: the biblatex manual, 3.13.6 (data containers).
    """
    return entries.changed(lambda draft: _filled(draft, entries, findings))


def _filled(draft: Draft, entries: Entries, findings: Findings) -> Draft:
    if KIND not in draft.raw:
        return draft
    fields, names, raw = dict(draft.fields), dict(draft.names), dict(draft.raw)
    places = dict(draft.key_places)
    sources = set(draft.sources)
    for container in _containers(draft, entries, findings):
        sources.add(container.key)
        fields = dict(container.fields) | fields
        names = dict(container.names) | names
        shared = {n: text for n, text in container.raw.items() if n not in _NOT_PASSED_ON}
        raw = shared | raw
        places = dict(container.key_places) | places
    return replace(
        draft, fields=fields, names=names, raw=raw, key_places=places, sources=frozenset(sources)
    )


def _containers(draft: Draft, entries: Entries, findings: Findings) -> Iterator[Draft]:
    """Yield each container once, nearest first; the way to it decides what a cycle is."""
    met: set[str] = set()
    waiting = _listed(draft)
    while waiting:
        key, place, is_own = waiting.pop(0)
        container = entries.find(key)
        if container is draft:
            _find_cycle(draft, findings)
        elif container is None or container.kind != KIND:
            if is_own:
                _find_unknown(draft, (key, place), entries, findings)
        elif container.key not in met:
            met.add(container.key)
            yield container
            waiting = [(k, p, False) for k, p, _ in _listed(container)] + waiting


def _listed(draft: Draft) -> list[tuple[str, Place, bool]]:
    return [(key, place, True) for key, place in reversed(draft.listed(KIND))]


def _find_cycle(draft: Draft, findings: Findings) -> None:
    findings.about(draft.place, draft.key)
    findings.add(
        "xdata-cycle",
        f'"{draft.key}" takes its fields from itself by its xdata',
        draft.key_places[KIND],
        "remove one of the xdata fields",
    )


def _find_unknown(
    draft: Draft, named: tuple[str, Place], entries: Entries, findings: Findings
) -> None:
    known = [key for key, each in entries.by_key.items() if each.kind == KIND and each is not draft]
    findings.about(draft.place, draft.key)
    findings.add(
        "unknown-xdata",
        f'"{draft.key}" takes fields from "{named[0]}", which is no @xdata entry',
        named[1],
        near_key(named[0], known),
    )
