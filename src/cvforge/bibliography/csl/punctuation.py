"""What stands where a style's parts meet: signs that meet their like, spaces, and quotations.

Signs inside of the author's own text stand apart from each other (``marks.WALL``) and stay.
"""

from __future__ import annotations

import re

from cvforge.bibliography.csl.marks import FIRST_END, LAST_END, QUOTE_CLOSE
from cvforge.patterns import pattern

_ENDS = f"([{chr(FIRST_END)}-{chr(LAST_END)}]*)"
_OUTER_ENDS = f"([{chr(FIRST_END)}-{chr(LAST_END)}]*?)"
_LINK_OPEN = f"[{chr(FIRST_END + 0x100)}-{chr(LAST_END)}]"
_SPACES = pattern(f" {_ENDS} ")
_BEFORE_SIGN = pattern(f" {_ENDS}(?=[.,](?:$|[ {chr(FIRST_END)}-{chr(LAST_END)}]))")
_IN_BRACKETS = pattern(rf"([(\[]){_ENDS} | {_ENDS}([)\]])")
_LEADING = pattern(rf"^{_ENDS}[ ,.;:]+ ")
_TWICE = pattern(rf"([.,;:]){_ENDS}\1")
_AFTER_MARK = pattern(rf"([?!…]){_ENDS}\.")
_BEFORE_POINT = pattern(rf",{_ENDS}\.")
_QUOTED = pattern(f"{QUOTE_CLOSE}{_OUTER_ENDS}([.,])")
_RESOLVER = pattern(f"(https?://(?:dx\\.)?doi\\.org/)({_LINK_OPEN})")


def tidied(text: str, *, in_quotes: bool) -> str:
    """Return a marked string with one sign where two of a kind, or two ends, met.

    ``in_quotes`` puts points and commas before the closing quotation mark, as American English has
    them. A resolver before a DOI becomes part of the link.
    """
    text = _joined(re.sub(r"[\t\n\r]", " ", text))
    if in_quotes:
        text = _joined(_QUOTED.sub(rf"\2{QUOTE_CLOSE}\1", text))
    return _LEADING.sub(r"\1", _RESOLVER.sub(r"\2\1", text)).strip(" ")


def _joined(text: str) -> str:
    """Apply every rule until none finds anything; each one makes the text shorter."""
    before = ""
    while before != text:
        before = text
        for rule, result in _RULES:
            text = rule.sub(result, text)
    return text


_RULES = (
    (_SPACES, r" \1"),
    (_BEFORE_SIGN, r"\1"),
    (_IN_BRACKETS, r"\1\2\3\4"),
    (_TWICE, r"\1\2"),
    (_AFTER_MARK, r"\1\2"),
    (_BEFORE_POINT, r"\1."),
)
