"""The entries of all files, found by their keys or by other keys that they list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.diagnostics import nearest
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from cvforge.bibliography.reading.drafts import Draft
    from cvforge.bibliography.reading.findings import Findings


MAX_COMPARED = 2_000  # more take too long, where every entry names one that is not there


@dataclass(frozen=True, slots=True)
class Entries:
    """Drafts by their keys, in the order of the files; ``aliases`` lead to these keys."""

    by_key: Mapping[str, Draft]
    aliases: Mapping[str, str]

    def find(self, key: str) -> Draft | None:
        """Return the entry that has ``key``, or lists it in its ``ids``."""
        return self.by_key.get(self.aliases.get(key, key))

    def changed(self, change: Callable[[Draft], Draft]) -> Entries:
        """Return the same entries after ``change``."""
        return replace(self, by_key={key: change(draft) for key, draft in self.by_key.items()})


def entries(drafts: Mapping[str, Draft], findings: Findings) -> Entries:
    """Return ``drafts`` with their aliases; one that is a key or an alias already is a finding."""
    aliases: dict[str, str] = {}
    for draft in drafts.values():
        for alias, place in draft.listed("ids"):
            other = aliases.get(alias, alias if alias in drafts else None)
            if other is None:
                aliases[alias] = draft.key
                continue
            findings.about(draft.place, draft.key)
            findings.add(
                "duplicate-key",
                f'the key "{alias}" stands twice: in "{draft.key}" and in "{other}"',
                place,
                "remove it from the ids of one of them",
            )
    return Entries(drafts, aliases)


def near_key(key: str, known: Collection[str]) -> str:
    """Return a hint that names the one of ``known`` that is most like ``key``."""
    near = nearest(key, known) if len(known) <= MAX_COMPARED else None
    if near is None:
        return "add that entry, or remove its key here"
    return f'did you mean "{near}"?'
