"""Writes a text in the one form in which it is set and compared: composed, with two spaces."""

from __future__ import annotations

import unicodedata

from cvforge.characters.rules import UNUSUAL, rule_of

_REWRITTEN = {
    code: rule.becomes
    for code in (0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
    for rule in (rule_of(chr(code)),)
}


def normalised(text: str) -> str:
    """Return ``text`` as it is set: letters and marks composed (NFC), and two kinds of space.

    A character alone is never replaced by another, as NFC does with Han compatibility
    ideographs, whose forms differ. Spaces of other widths become U+0020, or U+00A0 where they
    forbid a break.

    Source: Unicode Standard Annex 15.
    """
    if UNUSUAL.search(text) is None:
        return text
    spaced = text.translate(_REWRITTEN)
    if unicodedata.is_normalized("NFC", spaced):
        return spaced
    pieces = []
    start = 0
    for index in range(len(spaced)):
        if _is_alone(spaced, index):
            pieces += [unicodedata.normalize("NFC", spaced[start:index]), spaced[index]]
            start = index + 1
    return "".join([*pieces, unicodedata.normalize("NFC", spaced[start:])])


def _is_alone(text: str, index: int) -> bool:
    """Say whether NFC would replace this character without marks by one other."""
    other = unicodedata.decomposition(text[index])
    following = text[index + 1 : index + 2]
    is_single = other != "" and " " not in other and not unicodedata.combining(text[index])
    return is_single and not (following and unicodedata.combining(following))
