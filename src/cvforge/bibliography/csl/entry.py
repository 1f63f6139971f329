"""One entry on its way through a style: its variables, and what the style has printed of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citeproc.source import Date, DateRange, LiteralDate, Reference, VariableError

from cvforge.bibliography.dates import Issued

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cvforge.bibliography.csl.item import Variable
    from cvforge.bibliography.csl.names import Person

# What a style may do for one entry; the largest of the CSL repository take some 400 steps.
MAX_STEPS = 20_000
MAX_CHARACTERS = 50_000
_FIRST_SEASON = 21


class StyleLimitError(ValueError):
    """A style does more for one entry than a style needs."""


class Entry:
    """What citeproc-py calls a citation item, and the notes that its elements take.

    ``called`` counts the variables that were asked for; ``printed`` names those that came out, ""
    for a macro; ``suppressed`` are those that stood in for others. ``shown`` are the people who
    were printed, ``hidden`` those whom "et al." stands for.
    """

    number = 1
    key = "entry"
    has_locator = False

    def __init__(self, kind: str, variables: Iterable[tuple[str, Variable]]) -> None:
        self.reference = Reference(self.key, kind)
        for name, value in variables:
            made = _date(value) if isinstance(value, Issued) else value
            # citeproc-py looks some variables up by either spelling.
            self.reference.update({name: made, name.replace("-", "_"): made})
        self.called = 0
        self.printed: list[str] = []
        self.suppressed: set[str] = set()
        self.shown: list[Person] = []
        self.hidden: list[Person] = []
        self._steps = 0

    def step(self) -> None:
        """Count one element of the style.

        Raises:
            StyleLimitError: if there are too many.
        """
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise StyleLimitError("its macros call each other without an end")

    @property
    def locator(self) -> Any:
        """Where in the work a citation points: nowhere, of a whole entry."""
        raise VariableError

    def __contains__(self, name: str) -> bool:
        return False  # it has no locator: nothing but a citation in a text has

    def __getitem__(self, name: str) -> Any:
        return self.reference[name]


def _date(date: Issued) -> Any:
    if not date.start:
        return LiteralDate(date.text)
    begin = _single(date.start, date.season)
    if date.end is None:
        return begin
    return DateRange(begin=begin, end=_single(date.end or (0,), None))


def _single(numbers: tuple[int, ...], season: int | None) -> Any:
    parts = dict(zip(("year", "month", "day"), numbers, strict=False))
    if season is not None:
        parts["season"] = season - _FIRST_SEASON + 1
    return Date(**parts)
