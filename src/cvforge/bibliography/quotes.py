"""Where a single quotation that began ends: apostrophes and Markdown's backticks are none."""

from __future__ import annotations

import re

from cvforge.patterns import pattern

_MARK = pattern(r"\\(?:[A-Za-z]+|.)|``|'(?=''(?!'))|''|['`{}$]", re.DOTALL)


def closing_quote(text: str, opening: int) -> int | None:
    """Return where the ' stands that closes the ` at ``opening``, None where none does.

    It stands outside of the groups and formulas in between, behind a word and not within one.
    """
    if text[opening - 1 : opening].isalnum() or not text[opening + 1 : opening + 2].strip():
        return None
    depth, is_formula = 0, False
    for mark in _MARK.finditer(text, opening + 1):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        is_formula ^= mark[0] == "$"
        if depth < 0:
            return None
        if depth or is_formula:
            continue
        if mark[0] == "`":
            return None
        if mark[0] == "'" and _ends(text, mark.start()):
            return mark.start()
    return None


def _ends(text: str, at: int) -> bool:
    return not text[at - 1].isspace() and not text[at + 1 : at + 2].isalnum()
