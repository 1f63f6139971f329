"""Publications as a numbered list in plain text or Markdown, one line each."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from cvforge.bibliography.markdown import markdown
from cvforge.bibliography.spans import merged
from cvforge.inline import Inline, Link, Text, links, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cvforge.cv import Publication

_ENDS = (".", "?", "!", "…", ".”", "?”", "!”")


class Form(StrEnum):
    """How a list is written."""

    TEXT = "text"
    MARKDOWN = "markdown"


def formatted(publications: Iterable[Publication], form: Form, *, legend: Inline = ()) -> str:
    """Return the publications in their order, and what their marks mean where it is given."""
    write = markdown if form is Form.MARKDOWN else _text
    lines = [f"{number}. {write(_line(each))}" for number, each in enumerate(publications, 1)]
    if legend:
        lines += ["", write(legend)]
    return "\n".join(lines)


def _line(publication: Publication) -> Inline:
    """Return the whole of a publication: its citation, or its title, authors and venue."""
    if publication.citation:
        return publication.citation
    title = publication.title
    if publication.link is not None:
        title = (Link(title, publication.link),)
    sentences = [_sentence(part) for part in (title, publication.authors, publication.venue)]
    parts = [part for part in (*sentences, *((link,) for link in publication.links)) if part]
    return merged([span for part in parts for span in (Text(" "), *part)][1:])


def _sentence(part: Inline) -> Inline:
    return part if not part or plain(part).endswith(_ENDS) else (*part, Text("."))


def _text(content: Inline) -> str:
    """Return the characters of ``content``, and behind them the targets that do not show."""
    shown = plain(content)
    hidden = [link.target for link in links(content) if not _shows_target(link)]
    return " ".join([shown, *dict.fromkeys(hidden)])


def _shows_target(link: Link) -> bool:
    """Say whether a link is its own address, or the DOI that ends it."""
    text = plain(link.children)
    return "/" in text and link.target.endswith(text)  # "code" may end an address as well
