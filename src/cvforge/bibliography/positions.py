"""Where the owner stands among the authors: first, equal first, last; corresponding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from cvforge.bibliography.names import CORRESPONDING, EQUAL
from cvforge.bibliography.reference import Reference

Position: TypeAlias = Literal["first", "equal-first", "last", "middle", ""]
OwnerPositions: TypeAlias = Callable[[Reference], frozenset[int]]


def position(reference: Reference, owner_positions: OwnerPositions) -> Position:
    """Return where the owner stands among the authors, "" for not among them.

    Equal first is who stands after the first, with all from the first on annotated as equal. Last
    is who ends a list of two or more that is not cut by "and others". Editors are no authors.
    """
    mine = owner_positions(reference)
    if not mine or reference.leading != "author":
        return ""
    at = min(mine)
    if at == 0:
        return "first"
    if all(EQUAL in _words(reference, before) for before in range(at + 1)):
        return "equal-first"
    is_last = max(mine) == len(reference.authors) - 1 and not reference.others
    return "last" if is_last else "middle"


def is_corresponding(reference: Reference, owner_positions: OwnerPositions) -> bool:
    """Say whether the owner is annotated as a corresponding author."""
    words = (_words(reference, at) for at in owner_positions(reference))
    return any(CORRESPONDING in each for each in words)


def _words(reference: Reference, at: int) -> frozenset[str]:
    return reference.annotations.get(at + 1, frozenset())
