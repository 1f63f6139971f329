"""Capitals of titles: all of them capitals, or such as styles would lower without braces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvforge.bibliography.check.entry import Entry, warning
from cvforge.inline import plain
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvforge.diagnostics import Diagnostic

MAX_WORDS_SHOWN = 3
# A title of fewer words in capitals may consist of names: "BERT", "GNU TeX".
MIN_SHOUTED_WORDS = 3
MIN_SHOUTED_LETTERS = 15

_WORD = pattern(r"[^\W_]+")
_MARK = pattern(r"\\[A-Za-z]+|\\.|[{}$]", re.DOTALL)


def lost_capitals(entries: Sequence[Entry]) -> Iterator[Diagnostic]:
    """Yield a finding for each title in capitals, or with capitals that braces do not protect."""
    for entry in entries:
        if "title" not in entry.written or entry.reference.is_parent:
            continue
        if _is_shouted(plain(entry.reference.title)):
            yield warning(
                "title-in-capitals",
                f'the title of "{entry.key}" is all in capitals',
                entry.place("title"),
                "write it as a sentence, and in {braces} what keeps its capitals",
            )
        else:
            yield from _unprotected_words(entry)


def _is_shouted(title: str) -> bool:
    words = [word for word in _WORD.findall(title) if word.lower() != word.upper()]
    letters = sum(map(len, words))
    long_enough = len(words) >= MIN_SHOUTED_WORDS and letters >= MIN_SHOUTED_LETTERS
    return long_enough and all(word == word.upper() for word in words)


def _unprotected_words(entry: Entry) -> Iterator[Diagnostic]:
    """Yield one finding for the words with a capital behind their first letter: DNA, iPhone.

    Styles lower what is not in braces; a capital at the beginning of a word may be meant for that.
    """
    value = entry.written["title"]
    found = [word for word in _WORD.finditer(_unbraced(value.text)) if _has_inner_capital(word[0])]
    words = list(dict.fromkeys(word[0] for word in found))
    if words:
        more = " …" if len(words) > MAX_WORDS_SHOWN else ""
        shown = words[:MAX_WORDS_SHOWN]
        yield warning(
            "unprotected-capitals",
            "styles would lower the capitals of " + ", ".join(f'"{w}"' for w in shown) + more,
            value.place(found[0].start(), len(found[0][0])),
            "write " + ", ".join(f"{{{word}}}" for word in shown) + more,
        )


def _has_inner_capital(word: str) -> bool:
    return any(letter.isupper() for letter in word[1:])


def _unbraced(text: str) -> str:
    """Return ``text`` with blanks for what is in braces, in formulas or a macro's name."""
    pieces: list[str] = []
    depth, math, start = 0, False, 0
    for mark in (*_MARK.finditer(text), None):
        end = len(text) if mark is None else mark.start()
        piece = text[start:end]
        pieces.append(" " * len(piece) if depth or math else piece)
        if mark is None:
            break
        depth = max(0, depth + (mark[0] == "{") - (mark[0] == "}"))
        math ^= mark[0] == "$"
        pieces.append(" " * len(mark[0]))
        start = mark.end()
    return "".join(pieces)
