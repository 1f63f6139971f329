"""How an extracted text differs from what a CV says: what is lost, changed, moved or invented."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from cvforge.check.chain import Found, gaps, in_order, moved, occurrences
from cvforge.check.extracted import Extracted
from cvforge.check.matching import MARKS, ends, is_whole
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvforge.check.expected import Leaf

LIKE_ENOUGH = 0.6
MOST_COMPARED = 40  # texts that are looked for among what is left over
MOST_WORDS = 300  # of what is left over at one place, for texts with no word in common
SHORT, LONG = 3, 12  # words
SLACK = 2
SHOWN = 60
AROUND = 30


class Kind(StrEnum):
    """What happened to a text; the value is the code of its finding."""

    LOST = "text-lost"
    CHANGED = "text-changed"
    SPACED = "text-spaced"  # but for its spaces it is the same: readers guess them by distances
    MOVED = "text-moved"
    TURNED = "text-turned"  # its words or letters stand on the page in another order
    INVENTED = "text-invented"


@dataclass(frozen=True, slots=True)
class Difference:
    """One text that did not arrive, or did not come from the CV.

    ``text`` is what the CV says, ``became`` what stands in the PDF; for a moved text, what stands
    before it there.
    """

    kind: Kind
    text: str
    became: str = ""
    leaf: Leaf | None = None


def differences(leaves: Sequence[Leaf], source: Extracted) -> list[Difference]:
    """Return every difference, in the order of the CV; what was invented comes last."""
    found = ends(leaves, source)
    if is_whole(leaves, source, found):
        return []
    sure = max(len(found) - 1, 0)  # the last may be the beginning of another word
    at = found[sure - 1] if sure else 0
    rest = Extracted.of(source.text[at:])
    before = leaves[sure - 1].plain if sure else ""
    return _differences(leaves[sure:], rest, before) or [_unexplained(leaves, source, found)]


def _differences(leaves: Sequence[Leaf], source: Extracted, before: str) -> list[Difference]:
    places = occurrences(leaves, source)
    chain = in_order(places)
    strays = moved(places, chain)
    left = _Leftovers(leaves, source, chain, strays)
    return [*_moved(leaves, chain, strays, before), *left.changed_or_lost(), *left.invented()]


def _moved(
    leaves: Sequence[Leaf], chain: Sequence[Found], strays: Sequence[Found], before: str
) -> Iterator[Difference]:
    for stray in strays:
        last = max((f for f in chain if f.end <= stray.start), default=None)
        after = before if last is None else leaves[last.leaf].plain
        leaf = leaves[stray.leaf]
        yield Difference(Kind.MOVED, clipped(leaf.plain), clipped(after), leaf)


def _unexplained(leaves: Sequence[Leaf], source: Extracted, found: Sequence[int]) -> Difference:
    """Return what is said when each text is there, and something small stands between two."""
    at = found[-1] if found else 0
    leaf = leaves[min(len(found), len(leaves) - 1)] if leaves else None
    return Difference(Kind.INVENTED, "", source.flat[max(at - AROUND, 0) : at + AROUND], leaf)


class _Leftovers:
    """What of the text is no leaf, by the leaf of the chain that it follows."""

    def __init__(
        self,
        leaves: Sequence[Leaf],
        source: Extracted,
        chain: Sequence[Found],
        strays: Sequence[Found],
    ) -> None:
        self._leaves = leaves
        self._chain = chain
        self._lost = sorted(set(range(len(leaves))) - {found.leaf for found in (*chain, *strays)})
        self._words: dict[int, list[str]] = defaultdict(list)
        furniture = _furniture(leaves)
        for start, end in gaps((*chain, *strays), len(source.flat)):
            words = _joined(source.text[start:end], furniture)
            self._words[self._gap_at(start)] += words

    def _gap_at(self, start: int) -> int:
        """Return the number of links of the chain that end before ``start``."""
        return sum(found.end <= start for found in self._chain)

    def changed_or_lost(self) -> Iterator[Difference]:
        gap_of = {number: sum(f.leaf < number for f in self._chain) for number in self._lost}
        for count, number in enumerate(self._lost):
            leaf = self._leaves[number]
            words = self._words[gap_of[number]] if count < MOST_COMPARED else []
            like = _most_like(leaf.plain.split(" "), words)
            if like is None:
                yield Difference(Kind.LOST, clipped(leaf.plain), "", leaf)
            else:
                start, end = like
                is_spaced = "".join(words[start:end]) == leaf.plain.replace(" ", "")
                text, became = _shortened(leaf.plain.split(" "), words[start:end])
                del words[start:end]
                kind = Kind.SPACED if is_spaced else Kind.CHANGED
                yield Difference(kind, text, became, leaf)

    def invented(self) -> Iterator[Difference]:
        for _, words in sorted(self._words.items()):
            if words:
                yield Difference(Kind.INVENTED, "", clipped(" ".join(words)))


def _furniture(leaves: Sequence[Leaf]) -> frozenset[str]:
    """Return the words that a template prints beside the texts."""
    labels = {word for leaf in leaves for label in leaf.labels for word in label.split(" ")}
    return frozenset({*MARKS, ".", *labels})


def _joined(text: str, furniture: frozenset[str]) -> list[str]:
    words = re.sub(r"(?<=[^\W\d_])-\n(?=[^\W\d_])", "", text).split()
    return [word for word in words if word not in furniture]


def _most_like(wanted: list[str], words: list[str]) -> tuple[int, int] | None:
    """Return from where to where ``words`` are most like ``wanted``, if they are like it at all."""
    best, most = None, LIKE_ENOUGH
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    matcher.set_seq2(_comparable(wanted, wanted))
    for start, end in _windows(wanted, words):
        matcher.set_seq1(_comparable(words[start:end], wanted))
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < most:
            continue
        if (ratio := matcher.ratio()) > most or (best is None and ratio == most):
            best, most = (start, end), ratio
    return best


def _comparable(words: list[str], wanted: list[str]) -> Sequence[str]:
    """Return a long text by its words, a short one by its characters."""
    return words if len(wanted) > LONG else " ".join(words)


def _windows(wanted: list[str], words: list[str]) -> Iterator[tuple[int, int]]:
    """Yield stretches around the longest run of words that both have; without one, all."""
    size = len(wanted)
    run = SequenceMatcher(None, wanted, words, autojunk=False).find_longest_match()
    if run.size == 0 and size > LONG:
        return
    if run.size == 0 or size < SHORT:
        starts = range(min(len(words), MOST_WORDS))
    else:
        starts = range(run.b - run.a - SLACK, run.b - run.a + SLACK + 1)
    for start in starts:
        for end in range(start + max(size - SLACK, 1), start + size + SLACK + 1):
            if 0 <= start < end <= len(words):
                yield start, end


def _shortened(before: list[str], after: list[str]) -> tuple[str, str]:
    """Return two texts without the words that both begin and end with, at least one word each."""
    while len(before) > 1 and len(after) > 1 and before[0] == after[0]:
        before, after = before[1:], after[1:]
    while len(before) > 1 and len(after) > 1 and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    return clipped(" ".join(before)), clipped(" ".join(after))


def clipped(text: str) -> str:
    """Return ``text``, or its beginning where it is too long for a message."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"
