"""Which text has to be said to readers of a PDF, since its glyphs do not say it."""

from __future__ import annotations

import unicodedata

_SELECTORS = "\u200c\u200d\ufe0e\ufe0f"
_LAST, _KEYCAP = "\uffff", "\u20e3"


def is_spelled(characters: str) -> bool:
    """Say whether glyphs may stand for other than one character each, in its order.

    PDFium drops characters beyond U+FFFF that are said so. The picture of a key is one glyph, of
    which its font says all characters but the selector.
    """
    return max(characters) <= _LAST and _KEYCAP not in characters and any(map(_is_odd, characters))


def _is_odd(character: str) -> bool:
    return character in _SELECTORS or unicodedata.category(character)[0] == "M"
