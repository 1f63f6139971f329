"""What a value must be to reach a page: of characters that may stand there, and not endless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.bibliography.reading.source import UNREADABLE
from cvforge.characters.refusals import refusals

if TYPE_CHECKING:
    from cvforge.bibliography.reading.findings import Findings
    from cvforge.bibliography.reading.values import Value

ZERO_WIDTH_SPACE = "\u200b"  # many files have it where an address may break
MOST_CHARACTERS = 20_000  # as in a text of a profile


def check_text(name: str, value: Value, findings: Findings, *, is_list: bool = False) -> None:
    """Note each character of the field ``name`` that no text may hold, once, or too many of them.

    Of what ``is_list``, such as authors, each word is measured and not the whole.
    """
    known = {ZERO_WIDTH_SPACE}
    for refusal in refusals(value.text):
        if refusal.character not in known and not UNREADABLE.match(refusal.character):
            place = value.place(refusal.index)
            findings.add(refusal.code, refusal.message, place, refusal.hint)
        known.add(refusal.character)
    length = max(map(len, value.text.split())) if is_list else len(value.text)
    if length > MOST_CHARACTERS:
        findings.add(
            "value-too-long",
            f'"{name}" has {length:,} characters' + (" without a space" if is_list else ""),
            value.place(),
            f"a text may have {MOST_CHARACTERS:,}",
        )
