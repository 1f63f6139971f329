"""What the choice is given: droppable blocks, their rules, and their measures at one density."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One droppable block.

    Nodes stand in page order, a parent before its children, whole subtrees together (preorder).

    Attributes:
        kind: What the gaps are declared for, e.g. ``section`` or ``bullet``.
        parent: Index of the parent; None for a section.
        value: What keeping it is worth, >= 0.
        pinned: It must be kept, and so must its ancestors.
        group: The nodes of one group are all kept, or none is.
        needs_child: It is kept only with at least one kept child.
        fewest: How many children it has at least if it is kept itself.
        most: How many children it has at most.
        marked: Keeping it brings its section the surcharge, once.
        transparent: Its children count as its parent's too, and it does not: a heading between.
    """

    kind: str
    parent: int | None
    value: int
    pinned: bool = False
    group: str | None = None
    needs_child: bool = False
    fewest: int = 0
    most: int | None = None
    marked: bool = False
    transparent: bool = False


def counted_for(nodes: Sequence[Node], index: int) -> Iterator[int]:
    """Yield the nodes among whose children a node counts, the nearest first."""
    if nodes[index].transparent:
        return
    parent = nodes[index].parent
    while parent is not None:
        yield parent
        parent = nodes[parent].parent if nodes[parent].transparent else None


class Gap(NamedTuple):
    """The space between two neighbours: ``height`` in sp, and whether a page may end there."""

    height: int
    may_break: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Lengths at one density in scaled points (65,536 sp are one TeX pt), none below 0.

    Attributes:
        heights: By node.
        surcharges: By section: what is added to its height when a marked descendant is kept.
        gaps: From the kinds above and below to what is between them, for the header above and
            any two kinds of nodes, also such as never meet.
        head: Height of the fixed header that begins page 1; 0 for none.
        head_kind: The header's kind, for the gap below it.
        page: Height of a page.
    """

    heights: tuple[int, ...]
    surcharges: Mapping[int, int]
    gaps: Callable[[str, str], Gap]
    head: int
    head_kind: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What may be chosen from, and how many pages there are at most."""

    nodes: tuple[Node, ...]
    pages: int
