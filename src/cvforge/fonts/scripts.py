"""Splits text into what is printed as one (UAX #29), and says its script (UAX #24)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from cvforge.fonts.properties import script, script_extension

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SYMBOLS, MATHS, EMOJI = "Zsym", "Zmth", "Zsye"
COMMON = "Zyyy"
_SHARED = (COMMON, "Zinh", "Zzzz")
# Of what serves several scripts, the one it is taken for where no neighbour tells.
_FIRST = ("Latn", "Hani", "Arab", "Deva")
_KANA = ("Hira", "Kana")
_FIRST_MARK = "\u0300"
_JOINER = "\u200d"
_KEYCAP, _EMOJI_FORM = "\u20e3", "\ufe0f"
_SIGNS_LIKE_EMOJI = "\u203c\u2049\u3030\u303d"  # punctuation that has a form as emoji
# Source: Unicode 15.1, GraphemeBreakProperty: what extends without being a mark; Prepend.
_EXTENDING = (
    *((0x0E33, 0x0E33), (0x0EB3, 0x0EB3), (0x200C, 0x200D), (0xFF9E, 0xFF9F)),
    *((0x1F3FB, 0x1F3FF), (0xE0020, 0xE007F)),
)
_PREPENDED = (
    *((0x0600, 0x0605), (0x06DD, 0x06DD), (0x070F, 0x070F), (0x0890, 0x0891), (0x08E2, 0x08E2)),
    *((0x0D4E, 0x0D4E), (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x111C2, 0x111C3)),
)
_FLAGS = ((0x1F1E6, 0x1F1FF),)
_EMOJI = ((0x1F000, 0x1FAFF),)
_MATHS = ((0x1D400, 0x1D7FF),)
_LEADING = ((0x1100, 0x115F), (0xA960, 0xA97C))
_VOWELS = ((0x1160, 0x11A7), (0xD7B0, 0xD7C6))
_TRAILING = ((0x11A8, 0x11FF), (0xD7CB, 0xD7FB))
_SYLLABLES = ((0xAC00, 0xD7A3),)
_FINALS = 28  # forms of a syllable, the first of which has no final consonant
_INDIC = ((0x0900, 0x0D7F),)
_VIRAMA = 9  # its combining class


def clusters(text: str) -> list[str]:
    """Return the grapheme clusters of ``text``: marks, sequences, flags and keycaps whole.

    Which symbols take part in sequences of emoji is judged broadly: every symbol may.
    """
    if max(text, default="") < _FIRST_MARK:
        return list(text)
    made: list[str] = []
    for character in text:
        if made and _joins(made[-1], character):
            made[-1] += character
        else:
            made.append(character)
    return made


def _joins(cluster: str, character: str) -> bool:
    """Say whether a character belongs to the cluster before it."""
    last = cluster[-1]
    if _is_control(last) or _is_control(character):
        return False
    return (
        _is_extending(character)
        or _is_in(last, _PREPENDED)
        or (last == _JOINER and is_sign(cluster[0]) and is_sign(character))
        or (len(cluster) == 1 and _is_in(last, _FLAGS) and _is_in(character, _FLAGS))
        or _continues_syllable(last, character)
        or _continues_conjunct(cluster, character)
    )


def _is_control(character: str) -> bool:
    if unicodedata.category(character) == "Cf":
        return not (_is_in(character, _EXTENDING) or _is_in(character, _PREPENDED))
    return unicodedata.category(character) in ("Cc", "Zl", "Zp")


def _is_extending(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or _is_in(character, _EXTENDING)


def is_sign(character: str) -> bool:
    """Say whether a character may take part in a sequence of emoji."""
    return unicodedata.category(character)[0] == "S" or character in _SIGNS_LIKE_EMOJI


def _continues_syllable(last: str, character: str) -> bool:
    """Say whether a letter of Hangul stands in the syllable before it (UAX #29, GB6 to GB8)."""
    has_final = _is_in(last, _SYLLABLES) and (ord(last) - _SYLLABLES[0][0]) % _FINALS != 0
    if _is_in(last, _LEADING):
        return any(_is_in(character, kind) for kind in (_LEADING, _VOWELS, _SYLLABLES))
    if has_final or _is_in(last, _TRAILING):
        return _is_in(character, _TRAILING)
    if _is_in(last, _SYLLABLES) or _is_in(last, _VOWELS):
        return _is_in(character, _VOWELS) or _is_in(character, _TRAILING)
    return False


def _continues_conjunct(cluster: str, character: str) -> bool:
    """Say whether a consonant of an Indic script is tied to the one before it (GB9c)."""
    if not _is_in(character, _INDIC) or unicodedata.category(character) != "Lo":
        return False
    return unicodedata.combining(cluster.rstrip(_JOINER)[-1:] or cluster[0]) == _VIRAMA


def scripts(parts: Sequence[str]) -> list[str]:
    """Return the script of each grapheme cluster, by ISO 15924.

    Common and inherited characters take that of their neighbours: the one before, else the one
    after. Symbols, mathematical signs and emoji keep "Zsym", "Zmth" and "Zsye".
    """
    uses = [_uses(part) for part in parts]
    after = _next_scripts(uses)
    made: list[str] = []
    before = ""
    for number, use in enumerate(uses):
        near = (code for code in (before, after[number]) if code and _fits(code, use))
        made.append(_only(use) or next(near, _alone(use)))
        before = made[-1] if _is_sure(made[-1]) else before
    return made


def cjk_language(text: str, *, language: str) -> str:
    """Return the language by which Han characters of ``text`` get their form.

    ``language`` when it is Chinese, Japanese or Korean; else what kana or Hangul in the text
    say; else simplified Chinese.
    """
    if language.lower().split("-")[0] in ("zh", "ja", "ko", "yue"):
        return language
    used = {script(character) for character in text}
    if used.intersection(_KANA):
        return "ja"
    return "ko" if "Hang" in used else "zh-Hans"


@lru_cache(maxsize=4096)
def _uses(cluster: str) -> frozenset[str]:
    """Return the scripts that a cluster serves; COMMON alone for all of them."""
    sign = _sign(cluster)
    if sign is not None:
        return frozenset({sign})
    own = (script(character) for character in cluster)
    if (first := next((used for used in own if used not in _SHARED), None)) is not None:
        return frozenset({first})
    served = [script_extension(character) - set(_SHARED) for character in cluster]
    return frozenset(next((found for found in served if found), {COMMON}))


def _sign(cluster: str) -> str | None:
    """Return the kind of a symbol, None for what is none."""
    first = cluster[0]
    is_emoji = _is_in(first, _EMOJI) or _KEYCAP in cluster
    if is_emoji or (_EMOJI_FORM in cluster and not first.isalpha()):
        return EMOJI
    category = unicodedata.category(first)
    if category == "Sm" or _is_in(first, _MATHS):
        return None if first.isascii() else MATHS
    is_shared = category in ("Sc", "So", "No") and script(first) == COMMON
    return SYMBOLS if is_shared and not first.isascii() else None


def _only(use: frozenset[str]) -> str | None:
    """Return the one script of a cluster, None where its neighbours decide."""
    return next(iter(use)) if len(use) == 1 and COMMON not in use else None


def _fits(code: str, use: frozenset[str]) -> bool:
    return COMMON in use or code in use


def _is_sure(code: str) -> bool:
    return code not in (SYMBOLS, MATHS, EMOJI, COMMON)


def _next_scripts(uses: Sequence[frozenset[str]]) -> list[str]:
    """Return for each cluster the first script from there on, "" where none follows."""
    made: list[str] = []
    following = ""
    for use in reversed(uses):
        code = _only(use) or COMMON
        following = code if _is_sure(code) else following
        made.append(following)
    return made[::-1]


def _alone(use: frozenset[str]) -> str:
    """Return the script of what no neighbour decides."""
    return next((code for code in _FIRST if code in use), min(use))


def _is_in(character: str, ranges: Iterable[tuple[int, int]]) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in ranges)
