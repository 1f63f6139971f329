"""What YAML would change or swallow in a scalar without a word: refused, with the way out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cvforge.characters.refusals import refusals
from cvforge.characters.rules import UNUSUAL
from cvforge.diagnostics import Diagnostic
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.diagnostics import Place
    from cvforge.profile.source_lines import SourceLines

# After two spaces or a tab it is clearly a comment.
_COMMENT = pattern(" #.*")
_COMMENT_FOR_VALUE = pattern(r"[ \t]+#[^ \t#].*")
_ESCAPE = pattern(r"\\(.)", re.DOTALL)
_SINGLE_QUOTES = 'in double quotes "\\" begins an escape; use single quotes'
_MEANT = {"t": "a tab", "_": "a no-break space", "n": "the end of a line"}


def scalar_findings(event: Any, place: Place, lines: SourceLines) -> Iterator[Diagnostic]:
    """Yield what a reader of the file would not expect of a scalar of YAML's events."""
    if event.style == '"':
        written = lines.between(event.start_mark, event.end_mark)
        yield from _escape_findings(written, place)
        yield from character_findings(event.value, place, written=written)
    elif UNUSUAL.search(event.value):
        yield from character_findings(event.value, place)
    if not event.style:
        yield from _comment_findings(event, lines)
    if event.tag == "!":
        yield Diagnostic(
            "tag",
            'the "!" before this is no part of the text',
            place,
            'put a text that begins with "!" in quotes, or remove it',
        )


def character_findings(
    text: str, place: Place, *, written: str | None = None
) -> Iterator[Diagnostic]:
    """Yield a finding for each character that ``text`` at ``place`` may not hold.

    What is not in ``written``, where that is given, came from an escape.
    """
    found = {refusal.character: refusal for refusal in refusals(text)}
    for character, refusal in found.items():
        is_escape = written is not None and character not in written
        hint = _SINGLE_QUOTES if is_escape else refusal.hint
        yield Diagnostic(refusal.code, refusal.message, place.narrowed(character), hint)


def _comment_findings(event: Any, lines: SourceLines) -> Iterator[Diagnostic]:
    comment = _COMMENT if event.value else _COMMENT_FOR_VALUE
    place = lines.after(event.end_mark, comment)
    if place is not None:
        yield Diagnostic(
            "comment-in-text",
            'everything from the "#" on is a comment, and no part of the value',
            place,
            "put the whole text in quotes; or leave two spaces before a comment",
        )


def _escape_findings(written: str, place: Place) -> Iterator[Diagnostic]:
    r"""Yield the escapes that are seldom meant, as in ``"$\nu$"`` and ``"a\_b"``."""
    for escape in dict.fromkeys(_ESCAPE.findall(written)):
        is_line = escape == "n" and not ("$" in written and re.search(r"\\n[A-Za-z]", written))
        if escape in _MEANT and not is_line:
            yield Diagnostic(
                "escape",
                f'"\\{escape}" in double quotes is {_MEANT[escape]}',
                place.narrowed(f"\\{escape}"),
                _SINGLE_QUOTES,
            )
