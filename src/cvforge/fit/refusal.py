"""What is said when a variant cannot have its number of pages, or had better ask for one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cvforge.diagnostics import Diagnostic, Severity
from cvforge.fit.measures import MILLIMETRES
from cvforge.fit.pages import allowed
from cvforge.fit.problem import counted_for
from cvforge.fit.room import overflow, with_needed
from cvforge.fit.tree import Part, label, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvforge.fit.problem import Measure, Problem
    from cvforge.fit.wishes import Wishes

BIGGEST = 3
SHORT_PAGE = 0.12


def too_much(
    variant: str, tree: Sequence[Part], problem: Problem, *, measure: Measure, wishes: Wishes
) -> Diagnostic:
    """Return how many millimetres the blocks that must be kept are too high, and the biggest."""
    pinned = frozenset(index for index, node in enumerate(problem.nodes) if node.pinned)
    kept = with_needed(problem, measure, frozenset(), pinned)
    if not allowed(problem, kept):
        return _against_a_limit(variant, tree, problem, kept=kept, wishes=wishes)
    missing = overflow(problem, measure, kept) * MILLIMETRES
    pages = "1 page" if problem.pages == 1 else f"{problem.pages} pages"
    by = f"{missing:.1f} mm more" if missing > 0 else "more, since blocks are not broken,"
    biggest = sorted(pinned, key=lambda i: (-measure.heights[i], i))[:BIGGEST]
    named = ", ".join(
        f'"{short(label(tree[i]))}" ({measure.heights[i] * MILLIMETRES:.1f} mm)' for i in biggest
    )
    return Diagnostic(
        "too-many-pages",
        f'what "{variant}" must keep needs {by} than {pages}'
        f' at the density "{wishes.densities[-1]}"' + (f"; the biggest: {named}" if named else ""),
        wishes.place,
        'take "keep: always" from some, raise "pages", or allow a closer "fit: {floor: …}"',
    )


def short_last_page(variant: str, number: int, share: float) -> tuple[Diagnostic, ...]:
    """Return a warning when page ``number`` is the last and holds a few lines alone.

    ``share`` is what its text takes up of the height of a page.
    """
    if number == 1 or share >= SHORT_PAGE:
        return ()
    warning = Diagnostic(
        "short-last-page",
        f'page {number}, the last of "{variant}", is {share:.0%} full',
        hint=f'give it "pages: {number - 1}", or another "design: {{density: …}}"',
        severity=Severity.WARNING,
    )
    return (warning,)


def _against_a_limit(
    variant: str,
    tree: Sequence[Part],
    problem: Problem,
    *,
    kept: frozenset[int],
    wishes: Wishes,
) -> Diagnostic:
    """Return which limits do not allow what must be kept."""
    return Diagnostic(
        "limit-and-keep",
        f'"{variant}" must keep ' + "; ".join(_against_limits(tree, problem, kept)),
        wishes.place,
        'change its "limits", or take "keep: always" from some',
    )


def _against_limits(tree: Sequence[Part], problem: Problem, kept: frozenset[int]) -> Iterator[str]:
    children = Counter(above for index in kept for above in counted_for(problem.nodes, index))
    for index in sorted(kept):
        node, name, count = problem.nodes[index], short(label(tree[index])), children[index]
        if node.most is not None and count > node.most:
            parts = "1 part" if count == 1 else f"{count} parts"
            yield f'{parts} of "{name}", its limit is {node.most}'
        elif count < node.fewest:
            yield f'{node.fewest} parts of "{name}", which has {count}'


def too_little(variant: str, pages: int, *, wishes: Wishes) -> Diagnostic:
    """Return that all there is does not reach the last page."""
    filled = "1 page" if pages == 1 else f"{pages} pages"
    return Diagnostic(
        "too-few-pages",
        f'all that "{variant}" may show fills {filled}, not the {wishes.pages} asked for',
        wishes.place,
        f'set "pages: {pages}", or show more',
    )
