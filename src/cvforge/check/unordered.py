"""Compares what readers do not extract in its order: lines with text that runs from right to left.

PDFium guesses the direction of a line by its words, and turns it around; pdfminer gives what is
seen from left to right, and letters of Indic scripts where they stand. So of such lines only the
letters count, wherever they are: by NFKC, without spaces, punctuation and what cannot be seen.
Their order is judged by the places of the glyphs, in ``seen``.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from cvforge.check.chain import gaps, in_order, moved, occurrences
from cvforge.check.differences import Difference, Kind, clipped, differences
from cvforge.check.expected import Formula
from cvforge.check.extracted import Extracted
from cvforge.latex.bidi import is_leftward_language, runs_leftward

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvforge.check.expected import Expected, Leaf

# Joiners, selectors and marks of direction, which shape and order what is seen; the stroke that
# Arabic fonts draw between letters; and the one of fractions, which PDFium makes another.
_UNSEEN = frozenset("\u061c\u0640\u200b\u200c\u200d\u200e\u200f\u2044\ufe0e\ufe0f")
_COMPOSING = ("\u200d", "\ufe0e", "\ufe0f")
_COUNTED = frozenset({"L", "N", "M"})
_SIGNS = frozenset({"Sc", "Sm", "So"})


def compared(
    expected: Expected, leaves: Sequence[Leaf], source: Extracted, *, pages: int, has_order: bool
) -> list[Difference]:
    """Return every difference between the leaves and what one reader extracted of ``pages``.

    ``has_order`` says that the reader gives letters with marks in the order of the writing.
    """
    odd = [leaf for leaf in leaves if _is_odd(leaf.plain, has_order=has_order)]
    if not odd:
        return differences(leaves, source)
    lines = source.text.split("\n")
    others = [line for line in lines if not _is_odd(line, has_order=has_order)]
    left = [line for line in lines if _is_odd(line, has_order=has_order)]
    plain = [leaf for leaf in leaves if leaf not in odd]
    found, lost, between = _followed(plain, Extracted.of("\n".join(others)))
    is_mirrored = is_leftward_language(expected.language)
    return [
        *([] if is_mirrored else found),
        *_uneven([*odd, *lost], "".join([*left, *between]), _furniture(expected, leaves, pages)),
    ]


def letters(text: str) -> Counter[str]:
    """Return how often each letter, digit and sign is in a text."""
    return Counter(_letters(text))


def is_odd(text: str) -> bool:
    """Say whether readers may give the letters of a text in another order than it is written."""
    return _is_odd(text, has_order=False)


def _is_odd(text: str, *, has_order: bool) -> bool:
    if runs_leftward(text) or any(character in text for character in _COMPOSING):
        return True
    return not has_order and any(unicodedata.category(c)[0] == "M" for c in text)


def _letters(text: str) -> Iterator[str]:
    for character in unicodedata.normalize("NFKC", text):
        category = unicodedata.category(character)
        if character not in _UNSEEN and (category[0] in _COUNTED or category in _SIGNS):
            yield character


def _followed(
    leaves: Sequence[Leaf], source: Extracted
) -> tuple[list[Difference], list[Leaf], list[str]]:
    """Return what is out of order, what leaves are not there, and what is between the others."""
    places = occurrences(leaves, source)
    chain = in_order(places)
    strays = moved(places, chain)
    there = {found.leaf for found in (*chain, *strays)}
    lost = [leaf for number, leaf in enumerate(leaves) if number not in there]
    between = [source.text[a:b] for a, b in gaps((*chain, *strays), len(source.flat))]
    out = [leaves[found.leaf] for found in strays]
    moves = [Difference(Kind.MOVED, clipped(leaf.plain), "", leaf) for leaf in out]
    return moves, lost, between


def _furniture(expected: Expected, leaves: Sequence[Leaf], pages: int) -> Counter[str]:
    """Return what a template may print beside the texts: running feet, and labels."""
    numbers = "".join(f"{number}{pages}" for number in range(1, pages + 1))
    foot = (expected.name + "".join(expected.foot)) * pages + numbers
    return letters(foot + "".join(label for leaf in leaves for label in leaf.labels))


def _uneven(leaves: Sequence[Leaf], text: str, furniture: Counter[str]) -> Iterator[Difference]:
    """Yield the texts that hold letters which are not there, and letters that no text holds."""
    wanted = letters("".join(map(_said, leaves)))
    found = letters(text)
    lacking = wanted - found
    flat = "".join(_letters(text))
    for leaf in leaves if lacking else ():
        words = ["".join(_letters(word)) for word in _said(leaf).split()]
        gone = [w for w in words if lacking & Counter(w) and w not in flat and w[::-1] not in flat]
        if gone:
            lacking -= Counter("".join(gone))
            yield Difference(Kind.LOST, clipped(" ".join(gone)), "", leaf)
    if lacking:
        yield Difference(Kind.LOST, clipped("".join(lacking.elements())))
    if extra := found - wanted - furniture:
        yield Difference(Kind.INVENTED, "", clipped("".join(extra.elements())))


def _said(leaf: Leaf) -> str:
    """Return the characters of a leaf as they are printed."""
    return " ".join(
        part.letters + part.accents if isinstance(part, Formula) else part for part in leaf.parts
    )
