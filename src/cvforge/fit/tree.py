"""The droppable blocks of a CV in the order of the page, and what a choice of them leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from cvforge.cv import (
    Bullet,
    Cv,
    Entry,
    Item,
    Keep,
    Labelled,
    OneLiner,
    Paragraph,
    Publication,
    PublicationGroup,
    Rank,
    Role,
    Section,
)
from cvforge.fit.value import ABSTRACT_BELOW
from cvforge.frozen import dataclass
from cvforge.inline import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

AnyBlock: TypeAlias = Section | Item | Role

_KINDS: dict[type[AnyBlock], str] = {
    Section: "section",
    Paragraph: "paragraph",
    Bullet: "bullet",
    Entry: "entry",
    Role: "role",
    OneLiner: "oneliner",
    Labelled: "labelled",
    Publication: "publication",
    PublicationGroup: "group",
}
ABSTRACT = "abstract"


@dataclass(frozen=True, slots=True)
class Part:
    """One droppable block: its ``parent`` is an index, ``place`` counts siblings from 0."""

    kind: str
    block: AnyBlock
    rank: Rank
    parent: int | None
    place: int
    section: int


def parts(cv: Cv) -> tuple[Part, ...]:
    """Return the droppable blocks in the order of the page, a parent before its children."""
    found: list[Part] = []
    for place, section in enumerate(cv.sections):
        index = len(found)
        found.append(Part("section", section, section.rank, None, place, index))
        for item_place, item in enumerate(section.items):
            _add(found, item, (index, item_place, index))
    return tuple(found)


def label(part: Part) -> str:
    """Return the first words of a block, to name it by."""
    block = part.block
    match block:
        case Section(title=text) | Role(title=text) | Entry(heading=text) | Labelled(label=text):
            words = text.plain
        case PublicationGroup(title=text):
            words = text.plain
        case Publication(title=title):
            words = plain(title)
        case Paragraph(text=text) | Bullet(text=text) | OneLiner(text=text):
            words = text.plain
    return f"abstract of {words}" if part.kind == ABSTRACT else words


def short(words: str, most: int = 40) -> str:
    """Return the words, cut where there are more than ``most`` characters."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def keep(cv: Cv, kept: frozenset[int]) -> Cv:
    """Return the CV with those of its `parts` whose index is in ``kept``.

    An item of which nothing is left out stays the same object.
    """
    index = iter(range(len(parts(cv))))
    sections = [made for section in cv.sections if (made := _section(section, index, kept))]
    return replace(cv, sections=tuple(sections))


def _add(found: list[Part], block: Item | Role, at: tuple[int | None, int, int]) -> None:
    parent, place, section = at
    index = len(found)
    found.append(Part(_KINDS[type(block)], block, block.rank, parent, place, section))
    if isinstance(block, Publication) and block.abstract:
        rank = replace(block.rank, priority=max(0, block.rank.priority - ABSTRACT_BELOW))
        rank = replace(rank, keep=Keep.AUTO, group=None)
        found.append(Part(ABSTRACT, block, rank, index, 0, section))
    for child_place, child in enumerate(_children(block)):
        _add(found, child, (index, child_place, section))


def _children(block: Item | Role) -> tuple[Bullet | Role | Publication, ...]:
    match block:
        case PublicationGroup(items=items):
            return items
        case Entry(bullets=bullets, roles=roles):
            return (*bullets, *roles)
        case Role(bullets=bullets):
            return bullets
        case _:
            return ()


def _section(section: Section, index: Iterator[int], kept: frozenset[int]) -> Section | None:
    is_kept = next(index) in kept
    items = [made for item in section.items if (made := _item(item, index, kept))]
    return replace(section, items=tuple(items)) if is_kept else None


def _item(item: Item, index: Iterator[int], kept: frozenset[int]) -> Item | None:
    if isinstance(item, Publication):
        return _publication(item, index, kept)
    is_kept = next(index) in kept
    made: Item = item
    if isinstance(item, PublicationGroup):
        papers = [paper for each in item.items if (paper := _publication(each, index, kept))]
        made = replace(item, items=tuple(papers))
    if isinstance(item, Entry):
        bullets = tuple(bullet for bullet in item.bullets if next(index) in kept)
        roles = tuple(role for each in item.roles if (role := _role(each, index, kept)))
        if (bullets, roles) != (item.bullets, item.roles):
            made = replace(item, bullets=bullets, roles=roles)
    return made if is_kept else None


def _publication(
    paper: Publication, index: Iterator[int], kept: frozenset[int]
) -> Publication | None:
    is_kept = next(index) in kept
    if paper.abstract and next(index) not in kept:
        paper = replace(paper, abstract=())
    return paper if is_kept else None


def _role(role: Role, index: Iterator[int], kept: frozenset[int]) -> Role | None:
    is_kept = next(index) in kept
    bullets = tuple(bullet for bullet in role.bullets if next(index) in kept)
    return replace(role, bullets=bullets) if is_kept else None
