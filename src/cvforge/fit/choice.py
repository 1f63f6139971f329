"""What of a CV is shown when not all may be: by the author's priorities and limits."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, TypeVar

from cvforge.cv import Block, Cv, Entry, Keep, PublicationGroup, Role, Section
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

AnyBlock = TypeVar("AnyBlock", bound=Block)


@dataclass(frozen=True, slots=True)
class SectionLimit:
    """How many items of a section, and bullets of each of its entries, are shown at most.

    ``at_least`` items are shown when the section is; it counts only where pages are fitted.
    """

    items: int | None = None
    bullets: int | None = None
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What a variant says about choosing; ``limits`` are by section id."""

    minimum_priority: int = 0
    limits: Mapping[str, SectionLimit] = field(default_factory=dict)


def choose(cv: Cv, rules: Rules) -> Cv:
    """Return the CV with what the rules leave, in its order.

    A block is shown when its priority reaches the minimum. Of more blocks than a limit allows,
    those of the highest priority stay; among equals the earlier one does. ``keep: always``
    overrides the minimum, and comes first under a limit; ``keep: never`` is left out. A section
    without items is dropped.
    """
    sections = (_section(section, rules) for section in _best(cv.sections, rules))
    return replace(cv, sections=tuple(section for section in sections if section.items))


def _section(section: Section, rules: Rules) -> Section:
    limit = rules.limits.get(section.id, SectionLimit())
    if any(isinstance(item, PublicationGroup) for item in section.items):
        return replace(section, items=tuple(_groups(section, rules, limit)))
    items = [
        _entry(item, rules, limit) if isinstance(item, Entry) else item
        for item in _best(section.items, rules, limit.items)
    ]
    return replace(section, items=tuple(items))


def _groups(section: Section, rules: Rules, limit: SectionLimit) -> Iterator[PublicationGroup]:
    """Yield the groups with the best of all publications, whichever group they are in."""
    best = {paper.key for paper in _best(tuple(section.publications), rules, limit.items)}
    for group in section.items:
        if isinstance(group, PublicationGroup):
            papers = tuple(paper for paper in group.items if paper.key in best)
            if papers:
                yield replace(group, items=papers)


def _entry(entry: Entry, rules: Rules, limit: SectionLimit) -> Entry:
    roles = (_role(role, rules, limit) for role in _best(entry.roles, rules))
    return replace(
        entry, bullets=tuple(_best(entry.bullets, rules, limit.bullets)), roles=tuple(roles)
    )


def _role(role: Role, rules: Rules, limit: SectionLimit) -> Role:
    return replace(role, bullets=tuple(_best(role.bullets, rules, limit.bullets)))


def _best(blocks: Sequence[AnyBlock], rules: Rules, limit: int | None = None) -> Iterator[AnyBlock]:
    wanted = [index for index, block in enumerate(blocks) if _is_wanted(block, rules)]
    wanted.sort(key=lambda index: (*_order(blocks[index]), index))
    return (blocks[index] for index in sorted(wanted[:limit]))


def _is_wanted(block: Block, rules: Rules) -> bool:
    if block.rank.keep is Keep.AUTO:
        return block.rank.priority >= rules.minimum_priority
    return block.rank.keep is Keep.ALWAYS


def _order(block: Block) -> tuple[bool, int]:
    return (block.rank.keep is not Keep.ALWAYS, -block.rank.priority)
