"""What a variant wishes of its pages, and the densities that there are."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cvforge.diagnostics import Place
    from cvforge.fit.choice import SectionLimit

# From the most air to the least, under the names that the classes declare.
DENSITIES = ("comfortable", "regular", "compact", "tight", "dense", "minute")
# Of these one is the best for most documents, so that they are measured before the others.
EARLY = DENSITIES[:2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a variant says about its pages; ``densities`` are those that may be taken, in order."""

    pages: int
    densities: tuple[str, ...]
    prefer: str = "balance"
    weights: Mapping[str, float] = field(default_factory=dict)
    limits: Mapping[str, SectionLimit] = field(default_factory=dict)
    place: Place | None = None
