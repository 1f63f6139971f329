"""Finds the person whom the CV is about among the authors of a reference."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvforge.bibliography.names import Name


@dataclass(frozen=True, slots=True)
class Owner:
    """The person's name and its other forms, as plain text."""

    names: tuple[str, ...]


def owned(authors: Sequence[Name], owner: Owner) -> frozenset[int]:
    """Return the positions, from 0, of the authors who are the owner.

    A name is compared letter by letter without case, accents and punctuation, with the family
    name last or first. Where several authors match, those that match best are meant:
    as written before the rest, the family name last before the family name first. Initials
    match only where the owner lists them among the names.
    """
    written = frozenset(owner.names)
    folded = frozenset(map(fold, owner.names)) - {""}
    ranks = [_rank(name, written, folded) for name in authors]
    best = min(ranks, default=_NO_MATCH)
    if best == _NO_MATCH:
        return frozenset()
    return frozenset(position for position, rank in enumerate(ranks) if rank == best)


def fold(name: str) -> str:
    """Return ``name`` without case, accents and punctuation, its words one space apart."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", letters))


_NO_MATCH = 3


def _rank(name: Name, written: frozenset[str], folded: frozenset[str]) -> int:
    """Return how well ``name`` matches: 0 as written, 1 and 2 folded, 3 not at all."""
    family = f"{name.prefix} {name.family}"
    if name.printed in written and fold(name.printed):
        return 0
    if fold(f"{name.given} {family}") in folded or fold(name.printed) in folded:
        return 1
    return 2 if fold(f"{family} {name.given}") in folded else _NO_MATCH
