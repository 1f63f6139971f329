"""The headings of parts of a list that the profile does not word itself."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from cvforge.bibliography.house.words import word
from cvforge.bibliography.select import REST

if TYPE_CHECKING:
    from collections.abc import Mapping

# The keys of the words, by type.
_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "article": "articles",
        "inproceedings": "papers",
        **dict.fromkeys(("incollection", "inbook", "bookinbook"), "chapters"),
        **dict.fromkeys(("book", "mvbook"), "books"),
        **dict.fromkeys(("collection", "proceedings"), "edited"),
        "thesis": "theses",
        "report": "reports",
        **dict.fromkeys(("misc", "online", "unpublished"), "preprints"),
        "patent": "patents",
        "software": "programs",
        "dataset": "datasets",
    }
)


def heading(name: str, *, by: str, language: str) -> str:
    """Return the heading of the part ``name`` of a list: the name itself, but for types."""
    if name == REST:
        return word("undated" if by == "year" else "rest", language)
    return word(_PARTS.get(name, "rest"), language) if by == "type" else name
