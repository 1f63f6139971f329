"""Follows the texts of a CV through an extracted text, one after the other and nothing between."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from cvforge.check.expected import Formula, unaccented
from cvforge.latex.escape import unspaced_language
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvforge.check.expected import Leaf, Part
    from cvforge.check.extracted import Extracted

MARKS = "•·"
ZERO_WIDTH_SPACE = "\u200b"
_LONG_WORD = pattern(r"\S{40}")  # it may be broken anywhere, without a hyphen


def ends(leaves: Sequence[Leaf], source: Extracted) -> list[int]:
    """Return where the leaves end that follow one another from the start of the text.

    Between two leaves there are a space and at most a full stop, a bullet or separator, and the
    label of a publication.
    """
    made: list[int] = []
    previous = None
    for leaf in leaves:
        end = _follow(leaf, previous, source, made[-1] if made else 0)
        if end is None:
            break
        made.append(end)
        previous = leaf
    return made


def is_whole(leaves: Sequence[Leaf], source: Extracted, found: Sequence[int]) -> bool:
    """Say whether all leaves were ``found`` and nothing follows them."""
    rest = source.flat[found[-1] if found else 0 :].strip()
    may_stop = bool(leaves) and leaves[-1].may_stop
    return len(found) == len(leaves) and (rest == "" or (rest == "." and may_stop))


def _follow(leaf: Leaf, previous: Leaf | None, source: Extracted, at: int) -> int | None:
    for start in _starts(leaf, previous, source.flat, at):
        if (end := end_of(leaf.parts, source, start)) is not None:
            return end
    return None


def _starts(leaf: Leaf, previous: Leaf | None, flat: str, at: int) -> Iterator[int]:
    """Yield where a leaf may start after ``at``, where the one before it has ended."""
    if previous is not None and previous.ends_in_formula and flat.startswith(" .", at):
        at += 1  # readers see a space after a letter that leans
    if previous is not None and not flat.startswith(" ", at):
        if not (previous.may_stop and flat.startswith(". ", at)):
            return
        at += 1
    at = unmarked = _past_space(flat, at)
    if flat.startswith(tuple(MARKS), at):
        at = _past_space(flat, at + 1)
        yield at
    yield unmarked  # last: a text may begin with what is a mark elsewhere
    for label in leaf.labels:
        if flat.startswith(f"{label} ", at):
            yield at + len(label) + 1


def _past_space(flat: str, at: int) -> int:
    return at + 1 if flat.startswith(" ", at) else at


def end_of(parts: Sequence[Part], source: Extracted, start: int) -> int | None:
    """Return where a leaf that starts at ``start`` ends, or None where it is something else.

    Inside and around formulas spaces do not count.
    """
    at: int | None = start
    for number, part in enumerate(parts):
        if number > 0:
            at = _past_space(source.flat, at or 0)
        if isinstance(part, Formula):
            at = _formula_end(part, source.flat, at or 0)
        else:
            at = _text_end(part, source, at or 0)
        if at is None:
            return None
    return at


def _formula_end(formula: Formula, flat: str, at: int) -> int | None:
    """Return where a formula ends; where its accents stand among its letters does not count."""
    done = 0
    marks = ""
    while at < len(flat):
        letters, accents = unaccented(flat[at])
        if not formula.letters.startswith(letters, done) or (
            done == len(formula.letters) and not accents
        ):
            break
        done, marks, at = done + len(letters), marks + accents, at + 1
    is_complete = done == len(formula.letters) and sorted(marks) == sorted(formula.accents)
    return at if is_complete else None


def _text_end(text: str, source: Extracted, at: int) -> int | None:
    if source.flat.startswith(text, at):
        return at + len(text)
    previous = ""
    has_long_word = _LONG_WORD.search(text) is not None
    for character in text:
        if character == ZERO_WIDTH_SPACE:  # words may part there, or not
            at += source.flat.startswith((character, " "), at)
            continue
        if not source.flat.startswith(character, at):
            at += _break(source.text, at, previous, character, is_free=has_long_word)
            if not source.flat.startswith(character, at):
                return None
        at += 1
        previous = character
    return at


def _break(text: str, at: int, previous: str, character: str, *, is_free: bool) -> int:
    """Return the length of the break of a word between two characters, 0 where there is none."""
    if text.startswith("-\n", at) and _is_letter(previous) and _is_letter(character):
        return 2
    if text.startswith("\n", at) and (is_free or _may_break(previous, character)):
        return 1
    return 0


def _is_letter(character: str) -> bool:
    return character != "" and unicodedata.category(character)[0] in "LM"


def _may_break(previous: str, character: str) -> bool:
    """Say whether a line may end here without a hyphen, as in a URL and in Chinese."""
    is_inside = previous != "" and character != " "
    is_unspaced = unspaced_language(previous or " ") is not None
    return is_inside and (
        not previous.isalnum() or is_wide(previous) or is_wide(character) or is_unspaced
    )


def is_wide(character: str) -> bool:
    """Say whether words of this script are written without spaces."""
    return unicodedata.east_asian_width(character) in "WF"
