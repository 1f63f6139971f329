"""Finds the characters of a text that may not stand where they do."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING

from cvforge.characters.rules import (
    BIDI_MARK,
    JOINER,
    MARK,
    PART,
    SELECTOR,
    SOFT_HYPHEN,
    UNUSUAL,
    Fate,
    Rule,
    described,
    rule_of,
)
from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# No writing stacks more on one letter; of the marks that serve all scripts, fewer still.
MOST_MARKS = 8
MOST_SHARED_MARKS = 4
_SHARED = pattern("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_FAR = 2 * MOST_MARKS  # how far before a mark its letter is looked for

# The first words of the names of characters that join, or whose marks build conjuncts.
_JOINING = frozenset(
    {
        *("ADLAM", "ARABIC", "BALINESE", "BENGALI", "DEVANAGARI", "GRANTHA", "GUJARATI"),
        *("GURMUKHI", "JAVANESE", "KANNADA", "KHMER", "MALAYALAM", "MANDAIC", "MONGOLIAN"),
        *("MYANMAR", "NKO", "ORIYA", "PHAGS", "SINHALA", "SYRIAC", "TAMIL", "TELUGU", "TIBETAN"),
        "VEDIC",
    }
)
# The same of scripts without spaces between words, which only a dictionary could part.
_UNSPACED = frozenset({"JAVANESE", "KHMER", "LAO", "MYANMAR", "NEW", "TAI", "THAI"})
_SELECTED = frozenset({"CJK", "MONGOLIAN", "MYANMAR", "PHAGS"})
_FIRST_WORD = pattern("[A-Z]*")
_EMOJI_PARTS = pattern("[\ufe0f\U0001f3fb-\U0001f3ff]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A character that may not stand at ``index`` of its text."""

    index: int
    character: str
    code: str
    message: str
    hint: str


def refusals(text: str) -> Iterator[Refusal]:
    """Yield the characters of ``text`` that are refused, in order; the first where several follow.

    What only matters beside others is judged by what stands around it, passing over Markdown's
    stars and underscores.
    """
    if UNUSUAL.search(text) is None:
        return
    around = _Surroundings(text)
    last: tuple[Rule, int] | None = None
    for found in UNUSUAL.finditer(text):
        rule, index = rule_of(found[0]), found.start()
        follows = last == (rule, index - 1)
        if (follows and rule is MARK) or not _may_stand(rule, around, index):
            if not follows:
                yield _refusal(around, index, rule)
            last = (rule, index)


def _may_stand(rule: Rule, around: _Surroundings, index: int) -> bool:
    if rule.fate is Fate.PLACED:
        return _PLACES[rule](around, index)
    return rule.fate is not Fate.REFUSED


def _refusal(around: _Surroundings, index: int, rule: Rule) -> Refusal:
    character = around.text[index]
    reason, hint = rule.reason, rule.hint
    if rule is MARK and around.base(index):
        reason, hint = "is one mark too many on its letter", "remove the marks that mean nothing"
    return Refusal(index, character, rule.code, f"{described(character)} {reason}", hint)


class _Surroundings:
    """A text, and what stands around its characters; a character that is not there is ""."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def is_right_to_left(self) -> bool:
        """Whether a letter is read from right to left."""
        return any(unicodedata.bidirectional(c) in {"R", "AL"} for c in self.text)

    def before(self, index: int) -> str:
        """Return the character before, passing over markup."""
        while index > 0 and self.text[index - 1] in "*_":
            index -= 1
        return self.text[index - 1] if index > 0 else ""

    def after(self, index: int) -> str:
        """Return the next character, passing over markup."""
        index += 1
        while index < len(self.text) and self.text[index] in "*_":
            index += 1
        return self.text[index : index + 1]

    def stack(self, index: int) -> str:
        """Return the marks up to ``index`` that stand on one letter, as far as is looked."""
        start = index
        while start > max(0, index - _FAR) and _is_attached(self.text[start - 1]):
            start -= 1
        return self.text[start : index + 1]

    def base(self, index: int) -> str:
        """Return what the mark at ``index`` stands on, "" where that is nothing visible."""
        start = index + 1 - len(self.stack(index))
        base = self.text[start - 1] if start > 0 else ""
        return base if base and unicodedata.category(base)[0] in "LNPSM" else ""


def _is_attached(character: str) -> bool:
    return rule_of(character) in (MARK, SELECTOR, JOINER)


def _is_of(character: str, scripts: frozenset[str]) -> bool:
    """Say whether a letter or mark belongs to one of the scripts, by the first word of its name."""
    return (
        character != "" and unicodedata.name(character, "").split("-")[0].split(" ")[0] in scripts
    )


def _is_letter(character: str) -> bool:
    return character != "" and unicodedata.category(character)[0] in "LM"


def _is_symbol(character: str) -> bool:
    return character != "" and unicodedata.category(character)[0] == "S"


def _may_stack(around: _Surroundings, index: int) -> bool:
    stack = around.stack(index)
    shared = len(_SHARED.findall(stack))
    return around.base(index) != "" and len(stack) <= MOST_MARKS and shared <= MOST_SHARED_MARKS


def _may_join(around: _Surroundings, index: int) -> bool:
    """Say whether a joiner follows a letter of a script that joins, or ties two emoji."""
    before = around.before(index)
    if _is_of(before, _JOINING):
        return True
    tied = _EMOJI_PARTS.sub("", around.text[max(0, index - 3) : index])[-1:]
    is_tie = around.text[index] == "\u200d"
    return is_tie and _is_symbol(tied) and _is_symbol(around.after(index))


def _may_part(around: _Surroundings, index: int) -> bool:
    return _is_of(around.before(index), _UNSPACED) and _is_of(around.after(index), _UNSPACED)


def _may_hyphenate(around: _Surroundings, index: int) -> bool:
    return _is_letter(around.before(index)) and _is_letter(around.after(index))


def _may_select(around: _Surroundings, index: int) -> bool:
    """Say whether a selector follows a symbol, a digit or a letter of a script with forms."""
    before = around.text[index - 1] if index > 0 else ""
    if before == "":
        return False
    is_sign = unicodedata.category(before)[0] in "SN" or before in "#*‼⁉〰〽"
    return is_sign or (_is_letter(before) and _is_of(before, _SELECTED))


_PLACES: Mapping[Rule, Callable[[_Surroundings, int], bool]] = {
    MARK: _may_stack,
    JOINER: _may_join,
    PART: _may_part,
    SOFT_HYPHEN: _may_hyphenate,
    SELECTOR: _may_select,
    BIDI_MARK: lambda around, _index: around.is_right_to_left,
}
