"""Words that stay together in a line: what a typesetter ties by hand."""

from __future__ import annotations

from cvforge.inline import Inline, Text, plain
from cvforge.patterns import pattern

_NAME_AND_YEAR = pattern(r"(\([^\s()]+) (\d{4}\))")
# A text of so many characters takes more than a line; a word of so many is a runt by itself.
LONG, _SHORT_WORD = 90, 14


def tied(venue: Inline) -> Inline:
    """Keep a short name and its year in one line: "(ICML 2025)"."""
    return tuple(
        Text(_NAME_AND_YEAR.sub("\\1\N{NO-BREAK SPACE}\\2", span.text))
        if isinstance(span, Text)
        else span
        for span in venue
    )


def without_runt(content: Inline) -> Inline:
    """Tie a short last word of a long text to the one before, so that no line holds it alone."""
    last = content[-1] if content else None
    if not isinstance(last, Text) or len(plain(content)) < LONG:
        return content
    before, space, word = last.text.rpartition(" ")
    if not before or len(word) > _SHORT_WORD:
        return content
    return (*content[:-1], Text(before + space.replace(" ", "\N{NO-BREAK SPACE}") + word))
