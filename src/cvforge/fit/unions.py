"""Groups of nodes that stand or fall together, while a selection is put together from its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cvforge.fit.spots import groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvforge.fit.problem import Problem
    from cvforge.fit.spots import Spot


class _Rule(NamedTuple):
    """Bits that must and must not be set after a step, and those that differ before it."""

    must: int = 0
    never: int = 0
    flip: int = 0


class Unions:
    """The groups of a problem, one bit each: set between its first and its last member if kept."""

    def __init__(self, problem: Problem, spots: Sequence[Spot]) -> None:
        self.members = groups(problem, spots=spots)
        self._rules: dict[tuple[int, bool], _Rule] = {}
        for number, group in enumerate(self.members):
            self._keep(group, 1 << number)
        if self.members:
            for index, spot in enumerate(spots):
                self._skip(index, spot.after)

    def before(self, flags: int, *, node: int, kept: bool) -> int | None:
        """Return the bits before a step that has ``flags`` after it; None when it is ruled out."""
        rule = self._rules.get((node, kept))
        if rule is None:
            return flags
        if flags & rule.must != rule.must or flags & rule.never:
            return None
        return flags ^ rule.flip

    def after(self, flags: int, *, node: int, kept: bool) -> int | None:
        """Return the bits after a step that has ``flags`` before it; None when it is ruled out."""
        later = flags ^ self._rules.get((node, kept), _Rule()).flip
        return later if self.before(later, node=node, kept=kept) == flags else None

    def shared(self, worths: Sequence[int], heights: Sequence[int]) -> list[int]:
        """Return the worths, in each group spread over the members by height.

        A group is worth the same as before, and each of its members as much for its height as the
        others: the bound, which knows no groups, then does not keep a part of one.
        """
        spread = list(worths)
        for group in self.members:
            worth, height = sum(worths[m] for m in group), sum(heights[m] for m in group)
            for member in group[:-1]:
                spread[member] = worth * heights[member] // max(height, 1)
            spread[group[-1]] = worth - sum(spread[member] for member in group[:-1])
        return spread

    def _keep(self, group: Sequence[int], bit: int) -> None:
        first, *others, last = group
        self._add(first, kept=True, rule=_Rule(must=bit, flip=bit))
        self._add(last, kept=True, rule=_Rule(flip=bit))
        for member in others:
            self._add(member, kept=True, rule=_Rule(must=bit))

    def _skip(self, index: int, after: int) -> None:
        """A skipped tree takes the whole group with it."""
        for number, group in enumerate(self.members):
            if any(index <= member < after for member in group):
                self._add(index, kept=False, rule=_Rule(never=1 << number))

    def _add(self, node: int, *, kept: bool, rule: _Rule) -> None:
        old = self._rules.get((node, kept), _Rule())
        self._rules[node, kept] = _Rule(
            old.must | rule.must, old.never | rule.never, old.flip | rule.flip
        )
