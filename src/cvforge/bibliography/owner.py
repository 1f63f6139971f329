"""Finds the person whom the CV is about among the authors of a reference."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cvforge.bibliography.names import OWNER
from cvforge.bibliography.reference import Names
from cvforge.bibliography.spelling import agreement, contradicts, fold, form, initial, joined
from cvforge.diagnostics import Diagnostic, Severity
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cvforge.bibliography.names import Name
    from cvforge.bibliography.reference import Reference
    from cvforge.bibliography.spelling import Form

_NO_MATCH = 6
_NOBODY = Names()


@dataclass(frozen=True, slots=True)
class Owner:
    """The person's name and its other forms, as plain text."""

    names: tuple[str, ...]


def owned(names: Names, owner: Owner) -> frozenset[int]:
    """Return the positions, from 0, of the people in ``names`` who are the owner.

    Whom an annotation calls "owner" is meant. Else it is the one who matches best: as written;
    without case, accents and punctuation; with the family name first; transliterated ("ue" for
    "ü"), joined or parted, with particles ("van der") or without; with more or fewer given names;
    by initials. Bodies match by their whole name only. Where several match equally, nobody is.
    """
    best = _best(names, owner)
    return frozenset(best) if _is_said(names) or len(best) == 1 else frozenset()


def owner_positions(reference: Reference, owner: Owner) -> frozenset[int]:
    """Return the positions, from 0, of the owner among the people who lead ``reference``."""
    return owned(leading_names(reference), owner)


def leading_names(reference: Reference) -> Names:
    """Return the people who stand first."""
    return reference.names.get(reference.leading, _NOBODY)


def owner_findings(references: Iterable[Reference], owner: Owner) -> list[Diagnostic]:
    """Return a warning for each reference in which several people may be the owner."""
    found = []
    for reference in references:
        names = leading_names(reference)
        best = _best(names, owner)
        if len(best) > 1 and not _is_said(names):
            found.append(_ambiguous(reference, best))
    return found


def _ambiguous(reference: Reference, positions: list[int]) -> Diagnostic:
    alike = " and ".join(f'"{reference.authors[position].printed}"' for position in positions)
    field = f"{reference.leading}+an"
    return Diagnostic(
        "ambiguous-owner",
        f'{alike} in "{reference.key}" match the name of this CV equally; none is emphasised',
        reference.place,
        f"say who it is by the place in the list: {field} = {{{positions[0] + 1}={OWNER}}}",
        Severity.WARNING,
    )


def _is_said(names: Names) -> bool:
    return any(OWNER in words for words in names.annotations.values())


def _best(names: Names, owner: Owner) -> list[int]:
    """Return the positions of those who are called the owner, else of those who match best."""
    said = sorted(at - 1 for at, words in names.annotations.items() if OWNER in words)
    if said:
        return said
    letters = _initials(owner)
    ranks = [_rank(name, owner) if _may_be(name, letters) else _NO_MATCH for name in names.people]
    best = min(ranks, default=_NO_MATCH)
    return [] if best == _NO_MATCH else [at for at, rank in enumerate(ranks) if rank == best]


def _may_be(name: Name, letters: frozenset[str]) -> bool:
    """Say whether a look at the first letters cannot rule ``name`` out; it can rule out most."""
    return initial(name.family) in letters and initial(name.given) in letters


@lru_cache(maxsize=65_536)
def _rank(name: Name, owner: Owner) -> int:
    """Return how well ``name`` matches: 0 as written, up to 5 by initials, 6 not at all."""
    forms = [form(written) for written in owner.names]
    return min((_rank_of(name, each, forms) for each in forms), default=_NO_MATCH)


@lru_cache(maxsize=16)
def _initials(owner: Owner) -> frozenset[str]:
    words = [word for written in owner.names for word in re.split(r"[\W_]+", written)]
    return frozenset({initial(letter) for word in words for letter in _beginnings(word)} | {""})


def _beginnings(word: str) -> str:
    """Return the letters at which a name may begin: any, where nothing stands between two names."""
    return word[:1] if word[:1].upper() != word[:1].lower() else word


def _rank_of(name: Name, owner: Form, forms: Sequence[Form]) -> int:
    if not owner.folded or not fold(name.printed):
        return _NO_MATCH
    family = f"{name.prefix} {name.family}"
    exactly = (
        name.printed == owner.written,
        owner.folded in (fold(f"{name.given} {family}"), fold(name.printed)),
        owner.folded == fold(f"{family} {name.given}"),
    )
    if any(exactly):
        return exactly.index(True)
    return _NO_MATCH if name.corporate else _loose_rank(name, owner, forms)


def _loose_rank(name: Name, owner: Form, forms: Sequence[Form]) -> int:
    if joined(name) & owner.joined:
        return 3
    agreed = agreement(name, owner)
    return _NO_MATCH if agreed is None or contradicts(name, owner, forms) else 4 + agreed
