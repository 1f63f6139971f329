"""All selections that keep the rules, groups apart, as the paths through one graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from cvforge.fit.problem import Gap, counted_for
from cvforge.fit.spots import charged_sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvforge.fit.problem import Measure, Problem
    from cvforge.fit.spots import Spot

# A state that a step leads from, the node, whether it is kept (or skipped with all below it), its
# worth, what it adds to a page with something on it, and to one that it begins: None if it may not.
# A plain tuple: there are thousands, at each density.
Step: TypeAlias = tuple[int, int, bool, int, int, int | None]
# The steps that lead to each state.
Graph: TypeAlias = list[list[Step]]
# What of the past still counts: the kind above, whether the section has its surcharge, and how
# many children each open ancestor has.
Context: TypeAlias = tuple[str | None, bool, tuple[int, ...]]


def graph(
    problem: Problem, measure: Measure, *, spots: Sequence[Spot], worths: Sequence[int]
) -> Graph:
    """Return the steps to each state; they lead from lower states to higher ones.

    A state is a node that is to be decided about, in one context. State 0 begins, the last one is
    where all is decided; it is missing (and the graph empty) when no selection keeps the rules.
    A selection is a path, and a path without a look at groups a selection: only a surcharge may
    be taken without need.
    """
    return _Builder(problem, measure, spots=spots, worths=worths).built()


class _Builder:
    def __init__(
        self, problem: Problem, measure: Measure, *, spots: Sequence[Spot], worths: Sequence[int]
    ) -> None:
        self.nodes = problem.nodes
        self.spots = spots
        self.worths = worths
        self.parents = [tuple(counted_for(self.nodes, i)) for i in range(len(self.nodes))]
        self.heights = measure.heights
        self.charged = charged_sections(problem, measure, spots=spots)
        self.gaps = _Gaps(measure)
        self.outlooks = self._outlooks()
        first: Context = (measure.head_kind if measure.head > 0 else None, False, ())
        self.layers: list[dict[Context, list[Step]]] = [{} for _ in range(len(self.nodes) + 1)]
        self.layers[0][first] = []
        self.steps: Graph = []

    def built(self) -> Graph:
        for index in range(len(self.nodes)):
            self._decide(index)
        return [*self.steps, *self.layers[-1].values()] if self.layers[-1] else []

    def _outlooks(self) -> list[_Outlook]:
        """Return for each node the kinds that may come next when it is to be decided about."""
        known: dict[frozenset[str], _Outlook] = {}
        outlooks = [_Outlook(frozenset())]
        for node, spot in zip(reversed(self.nodes), reversed(self.spots), strict=True):
            kinds = outlooks[len(self.nodes) - spot.after].kinds | {node.kind}
            outlooks.append(known.setdefault(kinds, _Outlook(kinds)))
        return outlooks[::-1]

    def _decide(self, index: int) -> None:
        skippable = not self.spots[index].needed
        charges = {charged: self._charges(index, charged=charged) for charged in (False, True)}
        for context, incoming in self.layers[index].items():
            state = len(self.steps)
            self.steps.append(incoming)
            if skippable:
                self._leave(index, context, step=(state, index, False, 0, 0, None))
            self._keep(index, context, charges=charges[context[1]], state=state)

    def _keep(
        self, index: int, context: Context, *, charges: Sequence[tuple[bool, int]], state: int
    ) -> None:
        spot, node, worth = self.spots[index], self.nodes[index], self.worths[index]
        above, _, before = context
        counts = self._counted(index, before)
        if counts is None:
            return
        gap, may_break = self.gaps.between(above, node.kind)
        for charged, surcharge in charges:
            height = self.heights[index] + surcharge
            alone = height if may_break else None
            step = (state, index, True, worth, gap + height, alone)
            if spot.after > index + 1:
                self._link(index + 1, (node.kind, charged, (*counts, 0)), step=step)
            elif spot.fewest == 0:
                self._leave(index, (node.kind, charged, counts), step=step)

    def _counted(self, index: int, counts: tuple[int, ...]) -> tuple[int, ...] | None:
        """Return the counts once the node is kept; None where it would be one too many."""
        made = list(counts)
        for parent in self.parents[index]:
            place = self.spots[parent]
            if made[place.depth] >= place.most:
                return None
            if made[place.depth] < place.counted:
                made[place.depth] += 1
        return tuple(made)

    def _charges(self, index: int, *, charged: bool) -> tuple[tuple[bool, int], ...]:
        """Return whether the section has its surcharge once the node is kept, and what it adds."""
        section, marked = self.spots[index].section, self.nodes[index].marked
        if section not in self.charged:
            return ((False, 0),)
        if section == index:
            taken = (True, self.charged[section])
            return (taken,) if marked else ((False, 0), taken)
        return ((charged, 0),) if charged or not marked else ()

    def _leave(self, index: int, context: Context, *, step: Step) -> None:
        """Go on after the node and all below it, unless an ancestor ends with too few children."""
        spot = self.spots[index]
        above, charged, counts = context
        for depth, fewest in spot.closing:
            if counts[depth] < fewest:
                return
        charged = charged and spot.depth_after > 0
        self._link(spot.after, (above, charged, counts[: spot.depth_after]), step=step)

    def _link(self, index: int, context: Context, *, step: Step) -> None:
        above, charged, counts = context
        outlook = self.outlooks[index]
        if above not in outlook.alike:
            outlook.note(above, self.gaps)
        context = (outlook.alike[above], charged, counts)
        layer = self.layers[index]
        if context in layer:
            layer[context].append(step)
        else:
            layer[context] = [step]


class _Gaps:
    """The gaps of a measure, each asked for once."""

    def __init__(self, measure: Measure) -> None:
        self._gaps = measure.gaps
        self._known: dict[tuple[str | None, str], Gap] = {}

    def between(self, above: str | None, below: str) -> Gap:
        """Return the gap; there is none above the first block of a page without a header."""
        if (above, below) not in self._known:
            found = Gap(0, may_break=False) if above is None else self._gaps(above, below)
            self._known[above, below] = found
        return self._known[above, below]


class _Outlook:
    """The kinds that may come next, and which kinds above them make no difference."""

    def __init__(self, kinds: frozenset[str]) -> None:
        self.kinds = kinds
        self.alike: dict[str | None, str | None] = {}
        self._rows: dict[tuple[Gap, ...], str | None] = {}

    def note(self, above: str | None, gaps: _Gaps) -> None:
        row = tuple(gaps.between(above, kind) for kind in sorted(self.kinds))
        self.alike[above] = self._rows.setdefault(row, above)
