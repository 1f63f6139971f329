"""Which entries must be read for those that are wanted: all that they take anything from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from cvforge.bibliography.reading.scan import Stretch, extract
from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_LINK = pattern(
    r"\b(?:crossref|xdata|entryset)\s*=\s*(?:\{(?P<braces>[^{}]*)\}|\"(?P<quotes>[^\"{}]*)\")?"
    r"\s*(?P<end>[,})])?",
    re.IGNORECASE,
)
_ALIASES = pattern(r"[\s,][iI][dD][sS]\s*=\s*[{\"](?P<keys>[^{}\"]*)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The keys and aliases of entries that are read."""

    keys: frozenset[str]

    def has(self, key: str, aliases: str = "") -> bool:
        """Say whether the entry ``key`` is read, which has the list ``aliases`` as well."""
        return key in self.keys or not self.keys.isdisjoint(listed(aliases))

    def also(self, keys: Collection[str]) -> Wanted:
        """Return these and ``keys``."""
        return Wanted(self.keys | frozenset(keys))


def listed(keys: str) -> list[str]:
    """Return the keys of "a, b"."""
    return [key.strip() for key in keys.split(",") if key.strip()]


def needed(
    wanted: Collection[str], files: Sequence[tuple[str, Sequence[Stretch]]]
) -> Wanted | None:
    """Return the keys that ``wanted`` and what they inherit from have in the texts of ``files``.

    Each file is its text and its whole entries; what else it holds counts as wanted. None means
    that all must be read: a key is put together from strings, which only the parser knows.
    """
    spans: dict[str, list[str]] = defaultdict(list)
    aliases: dict[str, list[str]] = defaultdict(list)
    for text, whole in files:
        for entry in whole:
            spans[entry.key].append(text[entry.start : entry.end])
        for alias, key in _aliases(text, whole):
            aliases[alias].append(key)
    found: set[str] = set()
    try:
        waiting = [*wanted, *(key for file in files for key in _links(extract(*file).text))]
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting += aliases[key]
                waiting += (link for span in spans[key] for link in _links(span))
    except _NotPlainError:
        return None
    return Wanted(frozenset(found))


class _NotPlainError(Exception):
    """A list of keys is no plain text in braces or quotes."""


def _links(text: str) -> Iterator[str]:
    for link in _LINK.finditer(text):
        keys = link["quotes"] if link["braces"] is None else link["braces"]
        if keys is None or link["end"] is None:
            raise _NotPlainError
        yield from listed(keys)


def _aliases(text: str, whole: Sequence[Stretch]) -> Iterator[tuple[str, str]]:
    """Yield every alias in the entries ``whole``, with the key of its entry."""
    for found in _ALIASES.finditer(text):
        number = bisect_right(whole, found.start(), key=lambda entry: entry.start) - 1
        if number >= 0 and found.start() < whole[number].end:
            yield from ((alias, whole[number].key) for alias in listed(found["keys"]))
