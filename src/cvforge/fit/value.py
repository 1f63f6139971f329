"""What keeping a block is worth: the one place that says it.

A block is worth ``100 * 2 ** ((rank - 50) / 10)`` times the weight of its section, where the rank
is the author's priority less one for each sibling that stands before it, twenty at most. So ten
points more of priority count double, and among equals the earlier one wins by a little. An
abstract ranks thirty below its publication.
"""

from __future__ import annotations

MOST_PLACES = 20
ABSTRACT_BELOW = 30


def value(priority: int, *, place: int, weight: float = 1.0) -> int:
    """Return the worth of a block of ``priority``, the ``place``-th (from 0) among its siblings."""
    rank = priority - min(place, MOST_PLACES)
    return round(100 * 2 ** ((rank - 50) / 10) * weight)
