"""What follows from where a node stands in its tree, and which groups bind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cvforge.fit.problem import counted_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvforge.fit.problem import Measure, Problem


class Spot(NamedTuple):
    """A node's place.

    Attributes:
        depth: How many ancestors it has.
        after: The first node after it and all that is below it.
        depth_after: How many ancestors that one has; 0 at the end.
        section: The node at the top of its tree.
        needed: It is kept in every selection: pinned, or bound to a pinned node.
        fewest: How many kept children it must have if it is kept.
        most: How many it may have.
        counted: How far its kept children are worth counting.
        closing: Depth and ``fewest`` of the ancestors that end with this node's tree.
    """

    depth: int
    after: int
    depth_after: int
    section: int
    needed: bool
    fewest: int
    most: int
    counted: int
    closing: tuple[tuple[int, int], ...]


def spots(problem: Problem) -> list[Spot]:
    """Return the place of each node."""
    depths, sections = _depths(problem)
    afters = _afters(problem)
    needed = _needed(problem)
    limits = _limits(problem)
    return [
        Spot(
            depth=depths[index],
            after=after,
            depth_after=depths[after],
            section=sections[index],
            needed=index in needed,
            fewest=limits[index][0],
            most=limits[index][1],
            counted=limits[index][2],
            closing=tuple(_closing(problem, index, depths=depths, until=depths[after])),
        )
        for index, after in enumerate(afters)
    ]


def charged_sections(
    problem: Problem, measure: Measure, *, spots: Sequence[Spot]
) -> dict[int, int]:
    """Return the surcharge of each section that has one and a node that may bring it, in sp."""
    marked = {spot.section for spot, node in zip(spots, problem.nodes, strict=True) if node.marked}
    surcharges = ((section, measure.surcharges.get(section, 0)) for section in marked)
    return {section: surcharge for section, surcharge in surcharges if surcharge > 0}


def groups(problem: Problem, *, spots: Sequence[Spot]) -> list[list[int]]:
    """Return the members of each group that leaves a choice and has at least two."""
    members: dict[str, list[int]] = {}
    for index, node in enumerate(problem.nodes):
        if node.group is not None and not spots[index].needed:
            members.setdefault(node.group, []).append(index)
    return [group for group in members.values() if len(group) > 1]


def _depths(problem: Problem) -> tuple[list[int], list[int]]:
    """Return how deep each node is, with a 0 for the end, and the section of each."""
    depths: list[int] = []
    sections: list[int] = []
    for index, node in enumerate(problem.nodes):
        depths.append(0 if node.parent is None else depths[node.parent] + 1)
        sections.append(index if node.parent is None else sections[node.parent])
    return [*depths, 0], sections


def _afters(problem: Problem) -> list[int]:
    afters = list(range(1, len(problem.nodes) + 1))
    for index in reversed(range(len(afters))):
        parent = problem.nodes[index].parent
        if parent is not None:
            afters[parent] = max(afters[parent], afters[index])
    return afters


def _needed(problem: Problem) -> set[int]:
    """Return the pinned nodes with their ancestors and groups, and theirs in turn."""
    nodes = problem.nodes
    mates: dict[str | None, list[int]] = {}
    for index, node in enumerate(nodes):
        mates.setdefault(node.group, []).append(index)
    needed: set[int] = set()
    waiting = [index for index, node in enumerate(nodes) if node.pinned]
    while waiting:
        index = waiting.pop()
        if index not in needed:
            needed.add(index)
            waiting += _bound(nodes[index].parent, mates, group=nodes[index].group)
    return needed


def _bound(
    parent: int | None, mates: dict[str | None, list[int]], *, group: str | None
) -> Iterator[int]:
    if parent is not None:
        yield parent
    if group is not None:
        yield from mates[group]


def _limits(problem: Problem) -> list[tuple[int, int, int]]:
    """Return the fewest and the most children of each node, and how far they are counted."""
    nodes = problem.nodes
    children = [0] * len(nodes)
    for index in range(len(nodes)):
        for above in counted_for(nodes, index):
            children[above] += 1
    limits = []
    for node, count in zip(nodes, children, strict=True):
        fewest = max(node.fewest, int(node.needs_child))
        bounded = node.most is not None and node.most < count
        most = node.most if node.most is not None and bounded else count
        limits.append((fewest, most, most if bounded else fewest))
    return limits


def _closing(
    problem: Problem, index: int, *, depths: Sequence[int], until: int
) -> Iterator[tuple[int, int]]:
    above = problem.nodes[index].parent
    while above is not None and depths[above] >= until:
        node = problem.nodes[above]
        fewest = max(node.fewest, int(node.needs_child))
        if fewest > 0:
            yield depths[above], fewest
        above = node.parent
