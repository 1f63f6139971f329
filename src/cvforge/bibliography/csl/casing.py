"""Capitals as a style asks for them, which never make small what the author wrote as a capital.

Source: the CSL 1.0.2 specification, "Text-case".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WORD = pattern(r"\S+")
_MARK = pattern("[\U000f0000-\U000fffff]")
_FIRST = pattern(r"[^\W_]")
_ADDRESS = pattern(r"[/@\\]|\w\.\w")
_ENDS = (":", ".", "?", "!", "—")
# Source: the same, "Title case conversion".
_SMALL = frozenset(
    (
        *("a", "an", "and", "as", "at", "but", "by", "down", "for", "from", "in", "into", "nor"),
        *("of", "on", "onto", "or", "over", "so", "the", "till", "to", "up", "via", "with", "yet"),
    )
)
_AROUND = "\u201c\u201d\u2018\u2019\"'()[],"


def cased(text: str, case: str | None, *, is_english: bool) -> str:
    """Return ``text`` in the style's ``text-case``; titles have capitals in English alone."""
    if case == "title" and not is_english:
        return text
    return _CASES[case](text) if case in _CASES else text


def _title(text: str) -> str:
    words = list(_WORD.finditer(text))
    made, at, after = "", 0, ":"
    for word in words:
        bare = _MARK.sub("", word[0])
        begins = after.endswith(_ENDS) and not after.endswith("..")
        is_inner = word is not words[-1] and not begins
        small = is_inner and bare.strip(_AROUND) in _SMALL
        made += text[at : word.start()] + (word[0] if small else _capital(word[0]))
        at, after = word.end(), bare
    return made + text[at:]


def _capital(word: str) -> str:
    """Return a word of small letters with a capital; others ("iPhone", "2nd") as they are."""
    bare = _MARK.sub("", word)
    first = _FIRST.search(word)
    if first is None or not bare.islower() or _ADDRESS.search(bare):
        return word
    return word[: first.start()] + first[0].upper() + word[first.end() :]


def _first(text: str) -> str:
    return _WORD.sub(lambda word: _capital(word[0]), text, count=1)


def _sentence(text: str) -> str:
    several = len(text.split()) > 1
    return _first(text.lower()) if several and text.isupper() else _first(text)


_CASES: Mapping[str | None, Callable[[str], str]] = {
    "lowercase": str.lower,
    "uppercase": str.upper,
    "capitalize-first": _first,
    "capitalize-all": lambda text: _WORD.sub(lambda word: _capital(word[0]), text),
    "title": _title,
    "sentence": _sentence,
}
