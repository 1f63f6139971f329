"""Chooses the references that a section shows; how they look is `style`'s."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.diagnostics import Diagnostic, Place, did_you_mean
from cvforge.errors import ProfileError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cvforge.bibliography.reference import Reference


def select(
    library: Mapping[str, Reference], keys: Sequence[tuple[str, Place | None]] | None
) -> list[Reference]:
    """Return the references of ``keys`` in their order; of None, all in the files' order.

    Without keys, an entry that others only take their missing fields from (the proceedings
    of their papers) is not shown, as in BibTeX; naming its key shows it.

    Raises:
        ProfileError: if a key is not in ``library``, with every such key's place.
    """
    if keys is None:
        return [reference for reference in library.values() if not reference.is_parent]
    unknown = [(key, place) for key, place in keys if key not in library]
    if unknown:
        raise ProfileError([_unknown(key, place, library) for key, place in unknown])
    return [library[key] for key, _place in keys]


def _unknown(key: str, place: Place | None, library: Mapping[str, Reference]) -> Diagnostic:
    return Diagnostic(
        "unknown-publication",
        f'the bibliography has no entry "{key}"',
        place,
        did_you_mean(key, library),
    )
