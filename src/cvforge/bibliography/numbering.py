"""The labels of publications once it is known which are shown: "1.", "[J1]"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.cv import Item, Numbering, Publication, PublicationGroup, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def labelled(section: Section, above: Counter[str]) -> Section:
    """Return the section with its publications labelled.

    ``above`` counts the publications of each prefix in the sections before; those of this section
    are added to it.
    """
    if section.numbering is Numbering.NONE:
        return section
    start = above if section.numbering is Numbering.CONTINUED else Counter[str]()
    numbers = dict(_numbers(section, start))
    above.update(paper.prefix for paper in section.publications)
    items: list[Item] = []
    for item in section.items:
        if isinstance(item, PublicationGroup):
            papers = tuple(_labelled(paper, numbers) for paper in item.items)
            items.append(replace(item, items=papers))
        else:
            items.append(_labelled(item, numbers) if isinstance(item, Publication) else item)
    return replace(section, items=tuple(items))


def widest(sections: Iterable[Section]) -> tuple[str, ...]:
    """Return labels of which one is as wide as any: by prefix the longest, all digits alike."""
    longest: dict[str, str] = {}
    for section in sections:
        for paper in section.publications:
            if len(paper.label) > len(longest.get(paper.prefix, "")):
                start = len(paper.prefix) + bool(paper.prefix)  # after the bracket and the prefix
                digits = re.sub(r"\d", "0", paper.label[start:])
                longest[paper.prefix] = paper.label[:start] + digits
    return tuple(longest.values())


def _numbers(section: Section, start: Counter[str]) -> Iterator[tuple[str, int]]:
    """Yield the key and the number of each publication."""
    parts = [list(section.publications)]
    if section.numbering is Numbering.REVERSED:
        parts = [parts[0][::-1]]
    elif section.numbering is Numbering.BY_GROUP:
        groups = (item for item in section.items if isinstance(item, PublicationGroup))
        parts = [list(group.items) for group in groups] or parts
    for part in parts:
        counts = start.copy()
        for paper in part:
            counts[paper.prefix] += 1
            yield paper.key, counts[paper.prefix]


def _labelled(paper: Publication, numbers: Mapping[str, int]) -> Publication:
    number = numbers[paper.key]
    return replace(paper, label=f"[{paper.prefix}{number}]" if paper.prefix else f"{number}.")
