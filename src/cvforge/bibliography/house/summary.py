"""One sentence about a list: how many publications, how many led, and in which venues."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cvforge.bibliography.house.ordinals import plural
from cvforge.bibliography.house.short_names import short_name, without_year
from cvforge.bibliography.house.words import word
from cvforge.bibliography.positions import position

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cvforge.bibliography.positions import OwnerPositions
    from cvforge.bibliography.reference import Reference

MOST_VENUES = 6


def summarize(
    references: Sequence[Reference], owner_positions: OwnerPositions, *, language: str
) -> str:
    """Return "9 publications, 5 as first or equal-first author; ICML 5, NeurIPS 2, COLT 1".

    What is 0 is left out; of no references the whole sentence is "". Venues are those with a short
    name (`short_names.short_name`), the most frequent first, MOST_VENUES of them at most.
    """
    if not references:
        return ""
    count = plural("publications", len(references), language)
    led = _led(references, owner_positions, language)
    whole = count if led is None else word("counted", language).format(count, led)
    venues = ", ".join(f"{name} {times}" for name, times in _venues(references)[:MOST_VENUES])
    return word("invenues", language).format(whole, venues) if venues else whole


def _led(
    references: Sequence[Reference], owner_positions: OwnerPositions, language: str
) -> str | None:
    positions = Counter(position(reference, owner_positions) for reference in references)
    first, equal = positions["first"], positions["equal-first"]
    key = "firstorequal" if equal > 0 else "first"
    return plural(key, first + equal, language) if first + equal > 0 else None


def _venues(references: Iterable[Reference]) -> list[tuple[str, int]]:
    """Return the short names and how often each occurs, the most frequent first.

    Spellings that differ in capitals are one name: the spelling that is used most, then first.
    """
    names = [without_year(short_name(reference)) for reference in references]
    spellings = Counter(name for name in names if name)
    times = Counter(name.casefold() for name in names if name)
    best: dict[str, str] = {}
    for spelling, _times in spellings.most_common():
        best.setdefault(spelling.casefold(), spelling)
    return [(best[folded], count) for folded, count in times.most_common()]
