"""Whether a given selection keeps the rules, and how it falls into pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cvforge.fit.problem import Gap, counted_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from cvforge.fit.problem import Measure, Problem


@dataclass(slots=True)
class Page:
    """Nodes on a page and the height that they and what is between them take, in sp."""

    used: int
    nodes: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Run:
    """Nodes between which no page may end, ``gap`` below what is before them."""

    gap: Gap
    height: int = 0
    nodes: list[int] = field(default_factory=list)


def fits(problem: Problem, measure: Measure, kept: AbstractSet[int]) -> bool:
    """Return whether ``kept`` keeps all rules and falls into no more pages than there are."""
    if not allowed(problem, kept):
        return False
    pages = fill(problem, measure, kept)
    return pages is not None and len(pages) <= problem.pages


def paginate(
    problem: Problem, measure: Measure, kept: AbstractSet[int]
) -> tuple[tuple[int, ...], ...] | None:
    """Return ``kept`` by page, each page as full as can be, without a look at the rules.

    There is always a first page; it is empty when nothing is kept, or when the header is alone
    on it. None when blocks that may not be parted are taller than a page together.
    """
    pages = fill(problem, measure, kept)
    return None if pages is None else tuple(tuple(page.nodes) for page in pages)


def fill(problem: Problem, measure: Measure, kept: AbstractSet[int]) -> list[Page] | None:
    """Return the pages that ``paginate`` speaks of, with their heights.

    Heights and gaps are not negative, so what is after a page is never longer for the page's
    being full: no other way to break needs fewer pages.
    """
    pages = [Page(measure.head)]
    for run in _runs(problem, measure, kept):
        if pages[-1].used + run.gap.height + run.height <= measure.page:
            pages[-1].used += run.gap.height + run.height
            pages[-1].nodes += run.nodes
        elif run.gap.may_break and run.height <= measure.page:
            pages.append(Page(run.height, run.nodes))
        else:
            return None
    return pages if measure.head <= measure.page else None


def _runs(problem: Problem, measure: Measure, kept: AbstractSet[int]) -> Iterator[_Run]:
    heights = _heights(problem, measure, kept)
    above = measure.head_kind if measure.head > 0 else None
    run: _Run | None = None
    for index in sorted(kept):
        kind = problem.nodes[index].kind
        gap = Gap(0, may_break=False) if above is None else measure.gaps(above, kind)
        if run is None or gap.may_break:
            if run is not None:
                yield run
            run = _Run(gap)
        else:
            run.height += gap.height
        run.height += heights[index]
        run.nodes.append(index)
        above = kind
    if run is not None:
        yield run


def _heights(problem: Problem, measure: Measure, kept: AbstractSet[int]) -> dict[int, int]:
    """Return the height of each kept node, a section's with its surcharge."""
    heights = {index: measure.heights[index] for index in kept}
    charged = {top(problem, index) for index in kept if problem.nodes[index].marked}
    for section in charged & kept:
        heights[section] += measure.surcharges.get(section, 0)
    return heights


def top(problem: Problem, index: int) -> int:
    """Return the section that a node is in; a section's own index for itself."""
    while (parent := problem.nodes[index].parent) is not None:
        index = parent
    return index


def allowed(problem: Problem, kept: AbstractSet[int]) -> bool:
    """Return whether ``kept`` keeps every rule that is not about space."""
    nodes = problem.nodes
    children = Counter(above for index in kept for above in counted_for(nodes, index))
    parents = {parent for index in kept if (parent := nodes[index].parent) is not None}
    pinned = {index for index, node in enumerate(nodes) if node.pinned}
    fates = {
        (node.group, index in kept) for index, node in enumerate(nodes) if node.group is not None
    }
    return (
        parents | pinned <= kept
        and len({group for group, _ in fates}) == len(fates)
        and all(_enough(problem, index, children[index]) for index in kept)
    )


def _enough(problem: Problem, index: int, children: int) -> bool:
    node = problem.nodes[index]
    most = children if node.most is None else node.most
    return max(node.fewest, int(node.needs_child)) <= children <= most
