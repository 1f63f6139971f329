"""A style applied to a bibliography that stands in a test, as a line that shows its spans."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import pytest

from cvforge.bibliography.csl import CitationStyle, load_style
from cvforge.bibliography.reading.reader import read_bibliography
from cvforge.inline import Code, Emphasis, Inline, Link, Math, Owner, Span, Strong, Text

if TYPE_CHECKING:
    from cvforge.bibliography.reference import Reference

Print: TypeAlias = Callable[..., str]


def line(content: Inline) -> str:
    """Return ``content`` with ``_italic_``, ``*bold*``, ``<owner>``, ``[link]``, ``$math$``."""
    return "".join(map(_span, content))


def _span(span: Span) -> str:
    match span:
        case Text(text) | Code(text):
            return text
        case Math(source):
            return f"${source}$"
        case Emphasis(children):
            return f"_{line(children)}_"
        case Strong(children):
            return f"*{line(children)}*"
        case Owner(children):
            return f"<{line(children)}>"
        case Link(children, _):
            return f"[{line(children)}]"


def quill(reference: Reference) -> frozenset[int]:
    """Return where Ada Quill stands among the authors."""
    found = enumerate(reference.authors)
    return frozenset(position for position, name in found if name.family == "Quill")


@pytest.fixture(scope="session")
def loaded() -> Callable[..., CitationStyle]:
    """Load a style of the package, each one once for all tests."""
    styles: dict[tuple[str, str], CitationStyle] = {}

    def load(name: str, language: str = "en") -> CitationStyle:
        if (name, language) not in styles:
            styles[name, language] = load_style(name, folder=None, language=language)
        return styles[name, language]

    return load


@pytest.fixture(scope="session")
def cited(loaded: Callable[..., CitationStyle]) -> Print:
    """Print the first entry of a file's text in a style of the package."""

    def cite(style: str, text: str, language: str = "en") -> str:
        entry = next(iter(read_bibliography([("ada.bib", text.encode())]).references.values()))
        (content,) = loaded(style, language).cite([entry], owner=quill)
        return line(content)

    return cite
