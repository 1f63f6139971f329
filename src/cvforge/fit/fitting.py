"""Chooses the density and the blocks of a variant that has a number of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.cv import HEADER_KINDS, NOTE, Cv
from cvforge.errors import PageLimitError
from cvforge.fit import nodes as solver
from cvforge.fit.pages import allowed
from cvforge.fit.problem import Measure, Problem
from cvforge.fit.refusal import too_little, too_much
from cvforge.fit.room import overflow, with_needed
from cvforge.fit.solve import Solution, solve
from cvforge.fit.tree import Part, parts
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cvforge.fit.measures import Ruler
    from cvforge.fit.wishes import Wishes

# What a step towards less air costs, as a share of the value, by what is preferred.
STEP_PRICES = {"content": 0.0, "balance": 0.04, "air": 0.12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """A choice: what is kept of ``parts`` at the density of ``ruler``, and on which page.

    ``numbers`` are those of the parts among the blocks that the ruler measured.
    """

    parts: tuple[Part, ...]
    problem: Problem
    wishes: Wishes
    ruler: Ruler
    numbers: tuple[int, ...]
    measure: Measure
    solution: Solution

    @property
    def left_out(self) -> tuple[int, ...]:
        """The indices of the parts that are not kept."""
        return tuple(i for i in range(len(self.parts)) if i not in self.solution.kept)

    def needs(self, index: int) -> int | None:
        """Return how many sp are missing to show a part besides what is kept, and what it needs.

        None when there is the room, so that a rule forbids it.
        """
        more = with_needed(self.problem, self.measure, self.solution.kept, {index})
        missing = overflow(self.problem, self.measure, more)
        return missing if missing > 0 and allowed(self.problem, more) else None

    @property
    def lacks_room(self) -> bool:
        """Whether anything is left out for want of room, and not by a rule of the author's."""
        return any(self.needs(index) is not None for index in self.left_out)

    @property
    def fullness(self) -> float:
        """The share of the last page that is taken up before anything is stretched."""
        return self.solution.used[-1] / self.measure.page


class UndecidedError(Exception):
    """Another density may be better, which was not measured."""


def fit(cv: Cv, kinds: Sequence[str], *, rulers: Mapping[str, Ruler], wishes: Wishes) -> Fitting:
    """Return the best choice for the pages of a variant.

    ``kinds`` are those of the blocks that were measured, in order. At each density the choice is
    the one of the highest value that fits. Of the densities at which it takes all pages the one
    is taken whose value is the highest after every step towards less air has cost its price; of
    two equal ones the one with more air.

    Raises:
        UndecidedError: when there is no ruler of a density that it takes to decide.
        PageLimitError: when what must be kept does not fit at the closest density, or when all
            there is does not reach the last page.
    """
    tree = parts(cv)
    problem = Problem(nodes=solver.nodes(tree, wishes), pages=wishes.pages)
    measures: list[Measure] = []
    found: dict[int, Solution] = {}
    for number, density in enumerate(wishes.densities):
        if density not in rulers:
            raise UndecidedError
        measure = solver.measure(kinds, rulers[density])
        measures.append(measure)
        if (solution := solve(problem, measure)) is not None:
            found[number] = solution
        if _is_best(found, number, problem, wishes):
            break
    if not found:
        raise PageLimitError(
            [too_much(cv.variant, tree, problem, measure=measures[-1], wishes=wishes)]
        )
    step = _best_step(found, wishes)
    if step is None:
        most = max(len(solution.pages) for solution in found.values())
        raise PageLimitError([too_little(cv.variant, most, wishes=wishes)])
    return Fitting(
        parts=tree,
        problem=problem,
        wishes=wishes,
        ruler=rulers[wishes.densities[step]],
        numbers=tuple(n for n, kind in enumerate(kinds) if kind not in HEADER_KINDS | {NOTE}),
        measure=measures[step],
        solution=found[step],
    )


def _is_best(found: Mapping[int, Solution], step: int, problem: Problem, wishes: Wishes) -> bool:
    """Say whether no density after ``step`` can be better, whatever it has room for."""
    best = _best_step(found, wishes)
    left_of_it = 1 - STEP_PRICES[wishes.prefer]
    most = sum(node.value for node in problem.nodes) * left_of_it ** (step + 1)
    return best is not None and found[best].value * left_of_it**best >= most


def _best_step(found: Mapping[int, Solution], wishes: Wishes) -> int | None:
    """Return at which of the densities the choice is best; None when none takes all pages."""
    left_of_it = 1 - STEP_PRICES[wishes.prefer]
    return max(
        (step for step, solution in found.items() if len(solution.pages) == wishes.pages),
        key=lambda step: (found[step].value * left_of_it**step, -step),
        default=None,
    )
