"""What is said when a variant cannot have the number of pages that it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.diagnostics import Diagnostic
from cvforge.fit.measures import MILLIMETRES
from cvforge.fit.tree import Part, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvforge.fit.nodes import Wishes
    from cvforge.fit.problem import Measure, Problem

BIGGEST = 3


def too_much(
    variant: str, tree: Sequence[Part], problem: Problem, *, measure: Measure, wishes: Wishes
) -> Diagnostic:
    """Return how many millimetres the blocks that must be kept are too high, and the biggest."""
    pinned = _must_be_kept(problem)
    missing = (_height(problem, measure, pinned) - measure.page * problem.pages) * MILLIMETRES
    pages = "1 page" if problem.pages == 1 else f"{problem.pages} pages"
    by = f"{missing:.1f} mm more" if missing > 0 else "more, since blocks are not broken"
    biggest = sorted(pinned, key=lambda i: (-measure.heights[i], i))[:BIGGEST]
    named = ", ".join(
        f'"{_short(label(tree[i]))}" ({measure.heights[i] * MILLIMETRES:.1f} mm)' for i in biggest
    )
    return Diagnostic(
        "too-many-pages",
        f'what "{variant}" must keep needs {by} than {pages} at the density '
        f'"{wishes.densities[-1]}"' + (f"; the biggest: {named}" if named else ""),
        wishes.place,
        'take "keep: always" from some, raise "pages", or allow a closer "fit: {floor: …}"',
    )


def too_little(variant: str, pages: int, *, wishes: Wishes) -> Diagnostic:
    """Return that all there is does not reach the last page."""
    filled = "1 page" if pages == 1 else f"{pages} pages"
    return Diagnostic(
        "too-few-pages",
        f'all that "{variant}" may show fills {filled}, not the {wishes.pages} asked for',
        wishes.place,
        f'set "pages: {pages}", or show more',
    )


def _must_be_kept(problem: Problem) -> frozenset[int]:
    """Return the pinned nodes with their ancestors and groups."""
    nodes = problem.nodes
    groups = {node.group for node in nodes if node.pinned and node.group is not None}
    kept: set[int] = set()
    for index, node in enumerate(nodes):
        if node.pinned or node.group in groups:
            above: int | None = index
            while above is not None and above not in kept:
                kept.add(above)
                above = nodes[above].parent
    return frozenset(kept)


def _height(problem: Problem, measure: Measure, kept: frozenset[int]) -> int:
    height, kind = measure.head, measure.head_kind
    for index in sorted(kept):
        node = problem.nodes[index]
        height += measure.gaps(kind, node.kind).height + measure.heights[index]
        kind = node.kind
    return height


def _short(words: str, most: int = 40) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
