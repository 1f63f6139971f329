"""The types of entries, put into the few families whose lines differ, and what each leaves out.

A line is made of the same parts in the same order for all; a family names the parts that
its readers do not look for where the entry names its journal or book.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Family(StrEnum):
    """What an entry is, as far as its line differs."""

    ARTICLE = "article"
    PAPER = "paper"
    PART = "part"
    WORK = "work"
    THESIS = "thesis"
    REPORT = "report"
    PATENT = "patent"
    OTHER = "other"


_KINDS: Mapping[Family, tuple[str, ...]] = MappingProxyType(
    {
        Family.ARTICLE: ("article", "periodical", "review", "suppperiodical"),
        Family.PAPER: ("conference", "inproceedings"),
        Family.PART: (
            *("bookinbook", "inbook", "incollection", "inreference", "suppbook"),
            "suppcollection",
        ),
        Family.WORK: (
            *("book", "booklet", "collection", "commentary", "mvbook", "mvcollection"),
            *("mvproceedings", "mvreference", "proceedings", "reference"),
        ),
        Family.THESIS: ("mastersthesis", "phdthesis", "thesis"),
        Family.REPORT: ("report", "techreport"),
        Family.PATENT: ("patent",),
    }
)
_FAMILIES = MappingProxyType({kind: family for family, kinds in _KINDS.items() for kind in kinds})

# Parts of the line (`venue.PARTS`) that are left out where the journal or book is named.
_OF_THE_VOLUME = frozenset({"body", "editors", "edition", "chapter", "volumes"})
OMITTED: Mapping[Family, frozenset[str]] = MappingProxyType(
    {
        Family.ARTICLE: _OF_THE_VOLUME | {"publisher", "location"},
        Family.PAPER: _OF_THE_VOLUME | {"publisher", "location"},
        Family.PART: frozenset({"body"}),
    }
)


def family(kind: str) -> Family:
    """Return the family of an entry type; types that are not known are "other"."""
    return _FAMILIES.get(kind, Family.OTHER)
