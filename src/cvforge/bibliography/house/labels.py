"""The links of a publication: where the title leads, and short labels such as "PDF" and "Code"."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from cvforge.bibliography.house.words import word
from cvforge.bibliography.links import (
    arxiv_target,
    doi_target,
    named_arxiv_target,
    title_target,
    web_target,
)
from cvforge.inline import Link, Text, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cvforge.bibliography.reference import Reference

TITLE = "title"
# What is written the same in every language.
_NAMES: Mapping[str, str] = MappingProxyType({"doi": "DOI", "arxiv": "arXiv"})
_ADDRESSES = (
    *("url", "pdf", "code", "slides", "video", "poster", "project", "website", "data", "demo"),
    *("talk", "blog", "supplement"),
)
# The names that a profile may ask for; but for the first and arXiv, each is a field of the entry.
LINKS: tuple[str, ...] = (TITLE, *_NAMES, *_ADDRESSES)


def title_link(reference: Reference, wanted: Sequence[str]) -> str | None:
    """Return where the title leads, None when it is not to be linked or there is nothing."""
    if TITLE not in wanted:
        return None
    return title_target(reference.raw) or _preprint(reference)


def labelled(reference: Reference, wanted: Sequence[str], *, language: str) -> tuple[Link, ...]:
    """Return the links of ``wanted`` that the entry has, in that order, each target once."""
    found: dict[str, Link] = {}
    for name in wanted:
        target = None if name == TITLE else _target(name, reference.raw)
        if name == "arxiv" and target is None:
            target = _preprint(reference)
        if target is not None:
            label = _NAMES.get(name) or word(name, language)
            found.setdefault(target, Link((Text(label),), target))
    return tuple(found.values())


def _preprint(reference: Reference) -> str | None:
    """Return the arXiv page that stands in the place of a journal."""
    fields = {name: plain(content) for name, content in reference.fields.items()}
    named = [fields.get(name, "") for name in ("journaltitle", "journal", "howpublished")]
    places = [*named, *(f"{name} {fields.get('volume', '')}" for name in named if name)]
    return next((target for target in map(named_arxiv_target, places) if target), None)


def _target(name: str, raw: Mapping[str, str]) -> str | None:
    """Return the URL of a link, None where there is none or the field holds something else.

    A path of a reference manager (``pdf = {Papers/a.pdf}``) is no link.
    """
    try:
        return _SPECIAL[name](raw) if name in _SPECIAL else web_target(raw[name])
    except (KeyError, ValueError):
        return None


_SPECIAL: Mapping[str, Callable[[Mapping[str, str]], str | None]] = MappingProxyType(
    {"doi": lambda raw: doi_target(raw["doi"]), "arxiv": arxiv_target}
)
