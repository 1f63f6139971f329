"""What showing one more block brings with it, and how much room is missing for a selection."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.fit.pages import fill
from cvforge.fit.problem import counted_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from cvforge.fit.problem import Measure, Problem

ENDLESS = 1 << 62


def with_needed(
    problem: Problem, measure: Measure, kept: AbstractSet[int], wanted: AbstractSet[int]
) -> frozenset[int]:
    """Return ``kept`` with ``wanted`` and all that the rules ask for besides.

    That is what they stand under, their groups, and of a block that must not stand alone as many
    of its parts as it needs, those that take the least room with all that they need in turn. Rules
    that forbid something are not looked at.
    """
    made = set(kept)
    waiting = sorted(wanted)
    while waiting:
        while waiting:
            index = waiting.pop()
            if index not in made:
                made.add(index)
                waiting += _brought_along(problem, index)
        waiting += _missing_parts(problem, measure, made, since=kept)
    return frozenset(made)


def overflow(problem: Problem, measure: Measure, kept: AbstractSet[int]) -> int:
    """Return by how much ``kept`` is too high for the last page, in sp; 0 or less when it fits.

    The pages before the last are as full as can be. Where blocks that may not be parted are
    taller than a page, it is by how much all of it is higher than all pages.
    """
    pages = fill(problem, measure, kept)
    if pages is None or problem.pages == 1:
        return _height(problem, measure, kept) - problem.pages * measure.page
    rest = frozenset(node for page in pages[problem.pages - 1 :] for node in page.nodes)
    headless = replace(measure, head=0)
    return _height(problem, headless, rest) - measure.page


def _height(problem: Problem, measure: Measure, kept: AbstractSet[int]) -> int:
    """Return how high ``kept`` is on one page without an end."""
    pages = fill(problem, replace(measure, page=ENDLESS), kept)
    if pages is None:
        raise AssertionError("everything fits on an endless page")
    return pages[0].used


def _brought_along(problem: Problem, index: int) -> Iterator[int]:
    node = problem.nodes[index]
    if node.parent is not None:
        yield node.parent
    if node.group is not None:
        yield from (i for i, other in enumerate(problem.nodes) if other.group == node.group)


def _missing_parts(
    problem: Problem, measure: Measure, made: AbstractSet[int], *, since: AbstractSet[int]
) -> list[int]:
    """Return the best of the parts that are missing below the first new node that lacks any."""

    def room(index: int) -> int:
        return _height(problem, measure, with_needed(problem, measure, made, {index}))

    for index in sorted(made - since):
        node = problem.nodes[index]
        fewest = max(node.fewest, int(node.needs_child))
        if fewest > 0:
            everything = range(len(problem.nodes))
            children = [i for i in everything if index in counted_for(problem.nodes, i)]
            others = [i for i in children if i not in made]
            if len(children) - len(others) < fewest and others:
                return [min(others, key=room)]
    return []
