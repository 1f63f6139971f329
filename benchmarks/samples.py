"""Numbers that were measured several times, and how they are printed."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from enum import Enum


class Unit(Enum):
    """What a number counts: the factor from what is measured, digits after the point, the sign."""

    MILLISECONDS = (1000.0, 0, " ms")  # of seconds
    SECONDS = (1.0, 2, " s")
    MEGABYTES = (1e-6, 0, " MB")  # of bytes
    PER_SECOND = (1.0, 2, " a second")
    TIMES = (1.0, 2, " \N{MULTIPLICATION SIGN}")

    def shown(self, value: float) -> str:
        """Return a number as the page prints it."""
        return self.digits(value) + self.value[2]

    def digits(self, value: float) -> str:
        """Return a number without its sign; large ones need no digits after the point."""
        factor, places, _ = self.value
        scaled = value * factor
        return f"{scaled:.{0 if scaled >= 100 else places}f}"  # noqa: PLR2004  three digits are enough


@dataclass(frozen=True, slots=True)
class Samples:
    """What one thing took, run by run, in seconds, bytes, times or per second."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    def over(self, other: Samples) -> Samples:
        """Return the ratios to what was measured in the same turns."""
        pairs = zip(self.values, other.values, strict=True)
        return Samples(tuple(mine / theirs for mine, theirs in pairs))

    def spread(self, unit: Unit) -> str:
        """Return the smallest and the largest as they are printed."""
        return f"{unit.digits(min(self.values))} to {unit.digits(max(self.values))}"
