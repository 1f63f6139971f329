"""The table of what becomes of each character of Unicode: every one falls under one rule."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping


class Fate(Enum):
    """What becomes of a character."""

    KEPT = "kept"
    REWRITTEN = "rewritten"
    PLACED = "kept where it has a meaning, refused elsewhere"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of some characters; ``reason`` follows the character's name in a message.

    ``code`` is the stable name of its findings; ``becomes`` is what is written instead.
    """

    code: str
    fate: Fate = Fate.REFUSED
    reason: str = ""
    hint: str = "remove it"
    becomes: str = ""


Ranges: TypeAlias = tuple[tuple[int, int], ...]

VISIBLE = Rule("visible", Fate.KEPT)
WHITE = Rule("white", Fate.KEPT)  # line feeds and tabs, which print as spaces
SPACE = Rule("space", Fate.REWRITTEN, becomes=" ")
FIXED_SPACE = Rule("fixed-space", Fate.REWRITTEN, becomes="\u00a0")
MARK = Rule(
    "combining-mark",
    Fate.PLACED,
    "has no letter before it to stand on",
    "type the letter that it belongs to before it",
)
JOINER = Rule(
    "joiner", Fate.PLACED, "joins or parts nothing here; it belongs to some scripts and emoji"
)
PART = Rule("word-part", Fate.PLACED, "parts no words here; it belongs to scripts without spaces")
SOFT_HYPHEN = Rule("soft-hyphen", Fate.PLACED, "is not between two letters")
SELECTOR = Rule("variation-selector", Fate.PLACED, "follows no character that has such a form")
BIDI_MARK = Rule("bidi-mark", Fate.PLACED, "stands in a text without right-to-left letters")
CONTROL = Rule("control-character", reason="is a control character")
LINE = Rule(
    "line-separator",
    reason="breaks a line where most programs show none",
    hint="remove it, or break the line with the Enter key",
)
BIDI = Rule(
    "bidi-control",
    reason="makes a text read in another order than it is written",
    hint="remove it: the order follows from the letters",
)
INVISIBLE = Rule("invisible-character", reason="cannot be seen")
TAG = Rule("tag-character", reason="cannot be seen, and spells a hidden text")
PRIVATE = Rule(
    "private-character",
    reason="is a private-use character: only the font that it comes from knows what it is",
    hint="type the character or the word that is meant",
)
LOST = Rule(
    "lost-character",
    reason="stands where something was lost before it came here",
    hint="type what is meant",
)
HALF = Rule("surrogate", reason="is half of a character", hint="type the whole character")
NO_CHARACTER = Rule("noncharacter", reason="is no character, and never will be")
UNASSIGNED = Rule(
    "unassigned-character",
    reason=f"is no character in Unicode {unicodedata.unidata_version}, the version known here",
    hint="type it again; a newer Python knows newer characters",
)

# What Unicode's general category says, where no range below says more.
BY_CATEGORY: Mapping[str, Rule] = {
    **dict.fromkeys(("Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No"), VISIBLE),
    **dict.fromkeys(("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"), VISIBLE),
    **dict.fromkeys(("Sm", "Sc", "Sk", "So"), VISIBLE),
    **dict.fromkeys(("Mn", "Mc", "Me"), MARK),
    "Cf": VISIBLE,  # signs that span digits; what cannot be seen is below
    "Zs": SPACE,
    **dict.fromkeys(("Zl", "Zp"), LINE),
    "Cc": CONTROL,
    "Cs": HALF,
    "Co": PRIVATE,
    "Cn": UNASSIGNED,
}

# Source: Unicode 15.1, DerivedCoreProperties (Default_Ignorable_Code_Point), PropList
# (Bidi_Control, Variation_Selector, Noncharacter_Code_Point); 23.8 (specials) and 24.1 (blanks).
BY_RANGE: Mapping[Rule, Ranges] = {
    WHITE: ((0x09, 0x0A), (0x20, 0x20), (0xA0, 0xA0)),
    FIXED_SPACE: ((0x2007, 0x2007), (0x202F, 0x202F)),
    SOFT_HYPHEN: ((0xAD, 0xAD),),
    BIDI_MARK: ((0x061C, 0x061C), (0x200E, 0x200F)),
    BIDI: ((0x202A, 0x202E), (0x2066, 0x2069)),
    PART: ((0x200B, 0x200B),),
    JOINER: ((0x200C, 0x200D),),
    SELECTOR: ((0x180B, 0x180D), (0x180F, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF)),
    TAG: ((0xE0000, 0xE00FF), (0xE01F0, 0xE0FFF)),
    INVISIBLE: (
        *((0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180E, 0x180E)),
        *((0x2060, 0x2065), (0x206A, 0x206F), (0x2800, 0x2800), (0x3164, 0x3164)),
        *((0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB)),
        *((0x1BCA0, 0x1BCA3), (0x1D159, 0x1D159), (0x1D173, 0x1D17A)),
    ),
    LOST: ((0xFFFC, 0xFFFD),),
    NO_CHARACTER: (
        (0xFDD0, 0xFDEF),
        *((plane | 0xFFFE, plane | 0xFFFF) for plane in range(0, 0x110000, 0x10000)),
    ),
}
_SPANS = sorted((*span, rule) for rule, spans in BY_RANGE.items() for span in spans)
_STARTS = [first for first, _, _ in _SPANS]

# What may be other than visible or white; most texts have nothing of it.
UNUSUAL = pattern(
    r"[^\t\n -~\xa0-\xac\xae-\u02ff\u0391-\u03a1\u03a3-\u0482\u2010-\u2027\u2030-\u205e"
    r"\u3001-\u3029\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9ffc\uac00-\ud7a3]"
)
_CONTROL_NAMES = {
    0x00: "NULL",
    0x07: "BELL",
    0x08: "BACKSPACE",
    0x0C: "FORM FEED",
    0x0D: "CARRIAGE RETURN",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
    0x85: "NEXT LINE",
}


@lru_cache(maxsize=4096)
def rule_of(character: str) -> Rule:
    """Return the one rule that a character falls under."""
    code = ord(character)
    number = bisect_right(_STARTS, code) - 1
    if number >= 0 and code <= _SPANS[number][1]:
        return _SPANS[number][2]
    return BY_CATEGORY[unicodedata.category(character)]


def described(character: str) -> str:
    """Return a character's code point and, where it has one, its name."""
    code = ord(character)
    name = unicodedata.name(character, _CONTROL_NAMES.get(code, ""))
    return f"U+{code:04X} {name}".rstrip()
