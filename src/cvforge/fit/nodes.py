"""From the blocks of a CV and their measures to what the solver is given."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from cvforge.cv import HEADER_KINDS, NOTE, Entry, Keep, Publication, PublicationGroup, Section
from cvforge.fit.choice import SectionLimit
from cvforge.fit.measures import NO_BREAK, Ruler
from cvforge.fit.problem import Gap, Measure, Node
from cvforge.fit.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvforge.fit.tree import Part
    from cvforge.fit.wishes import Wishes


def nodes(tree: Sequence[Part], wishes: Wishes) -> tuple[Node, ...]:
    """Return the blocks of a CV as the solver knows them."""
    return tuple(_node(part, tree[part.section].block, wishes) for part in tree)


def measure(kinds: Sequence[str], ruler: Ruler) -> Measure:
    """Return the lengths of one ruler; ``kinds`` are those of all blocks that were measured."""
    head_kinds = [kind for kind in kinds if kind in HEADER_KINDS]
    head = sum(ruler.blocks[number].height for number in range(len(head_kinds)))
    head += sum(gap(ruler, above, below).height for above, below in itertools.pairwise(head_kinds))
    heights: list[int] = []
    surcharges: dict[int, int] = {}
    for number in range(len(head_kinds), len(kinds)):
        height = ruler.blocks[number].height
        if kinds[number] == NOTE:
            surcharges[len(heights) - 1] = height + _more_gaps(ruler, below=kinds[number + 1])
        else:
            heights.append(height)
    return Measure(
        heights=tuple(heights),
        surcharges=surcharges,
        gaps=lambda above, below: gap(ruler, above, below),
        head=head,
        head_kind=head_kinds[-1],
        page=ruler.text_height,
    )


def gap(ruler: Ruler, above: str, below: str) -> Gap:
    """Return the space between two kinds of blocks."""
    measured = ruler.gap(above, below)
    return Gap(measured.height, measured.penalty < NO_BREAK)


def _more_gaps(ruler: Ruler, below: str) -> int:
    """Return by how much the gaps grow when a legend stands between a heading and its list."""
    return (
        gap(ruler, "section", NOTE).height
        + gap(ruler, NOTE, below).height
        - gap(ruler, "section", below).height
    )


def _node(part: Part, section: object, wishes: Wishes) -> Node:
    section_id = section.id if isinstance(section, Section) else ""
    limit = wishes.limits.get(section_id, SectionLimit())
    is_section = part.parent is None
    block = part.block
    is_heading = isinstance(block, PublicationGroup)
    weight = wishes.weights.get(section_id, 1.0)
    return Node(
        kind=part.kind,
        parent=part.parent,
        value=0 if is_heading else value(part.rank.priority, place=part.place, weight=weight),
        pinned=part.rank.keep is Keep.ALWAYS,
        group=part.rank.group,
        needs_child=is_section or is_heading,
        fewest=limit.at_least if is_section else 0,
        most=_most(part, limit),
        marked=isinstance(block, Publication) and bool(block.marks),
        transparent=is_heading,
    )


def _most(part: Part, limit: SectionLimit) -> int | None:
    if part.parent is None:
        return limit.items
    if part.kind == "role" or (isinstance(part.block, Entry) and not part.block.roles):
        return limit.bullets
    return None
