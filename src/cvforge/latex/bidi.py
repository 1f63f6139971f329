"""Embedding levels of a text that mixes directions (UAX #9), without explicit controls."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters of Hebrew, and of Arabic and its kin. Source: UAX #9, table 4.
_LEFTWARD = frozenset({"R", "AL"})
_STRONG = _LEFTWARD | {"L"}
_NEUTRAL = frozenset({"ON", "WS", "B", "S"})
# Rule X9: what takes no part. Isolates and embeddings are refused before, and so are neutral here.
_IGNORED = frozenset({"BN", "LRE", "RLE", "LRO", "RLO", "PDF"})
_ISOLATES = frozenset({"LRI", "RLI", "FSI", "PDI"})
_NUMBERS = frozenset({"EN", "AN"})
# Before the first letter that may run leftward: no text below it needs any of this.
FIRST_LEFTWARD = "\u0590"
_LEFTWARD_LANGUAGES = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_DEEPEST = 63  # brackets within brackets; rule BD16
# Opening brackets whose closing ones follow them. Source: Unicode 15.1, BidiBrackets.txt.
_BRACKET_SPANS = (
    *((0x28, 0x28), (0x0F3A, 0x0F3D), (0x169B, 0x169C), (0x2045, 0x2046), (0x207D, 0x207E)),
    *((0x208D, 0x208E), (0x2308, 0x230B), (0x2329, 0x232A), (0x2768, 0x2775), (0x27C5, 0x27C6)),
    *((0x27E6, 0x27EF), (0x2983, 0x298C), (0x2991, 0x2998), (0x29D8, 0x29DB), (0x29FC, 0x29FD)),
    *((0x2E22, 0x2E29), (0x2E55, 0x2E5C), (0x3008, 0x3011), (0x3014, 0x301B), (0xFE59, 0xFE5E)),
    *((0xFF08, 0xFF09), (0xFF5F, 0xFF60), (0xFF62, 0xFF63)),
)
_OTHER_BRACKETS = "[]{}\u298d\u2990\u298f\u298e\uff3b\uff3d\uff5b\uff5d"  # two by two
_SAME = {"\u2329": "\u3008", "\u232a": "\u3009"}  # canonically equivalent; rule BD16


def is_leftward(character: str) -> bool:
    """Say whether a letter runs from right to left."""
    return unicodedata.bidirectional(character) in _LEFTWARD


def runs_leftward(text: str) -> bool:
    """Say whether any letter of a text runs from right to left; cheap where none does."""
    return max(text, default="") >= FIRST_LEFTWARD and any(map(is_leftward, text))


def begins_leftward(text: str) -> bool:
    """Say whether a paragraph runs from right to left by its first letter."""
    return max(text, default="") >= FIRST_LEFTWARD and first_level(text) == 1


def is_leftward_language(language: str) -> bool:
    """Say whether the language of a tag (BCP 47) is written from right to left."""
    return language.partition("-")[0].lower() in _LEFTWARD_LANGUAGES


def first_level(text: str, *, otherwise: int = 0) -> int:
    """Return the level of a paragraph by its first strong character; rules P2 and P3."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in _STRONG:
            return int(kind in _LEFTWARD)
    return otherwise


def levels(text: str, *, base: int) -> list[int]:
    """Return the level of each character of a paragraph of level ``base``, 0 or 1.

    Characters of an odd level run from right to left. What takes no part has the level of what is
    before it.
    """
    kinds = [unicodedata.bidirectional(character) or "L" for character in text]
    kept = [index for index, kind in enumerate(kinds) if kind not in _IGNORED]
    characters = [text[index] for index in kept]
    original = ["ON" if kinds[index] in _ISOLATES else kinds[index] for index in kept]
    embedding = "R" if base else "L"
    resolved = _with_weak_resolved(original, embedding)
    _resolve_brackets(characters, original, resolved, embedding)
    _resolve_neutrals(resolved, embedding)
    implicit = [_implicit(kind, base) for kind in resolved]
    _reset_ends(original, implicit, base)
    return _spread(kept, implicit, length=len(text), base=base)


def _with_weak_resolved(original: list[str], embedding: str) -> list[str]:
    """Return the kinds by rules W1 to W7."""
    kinds = list(original)
    for index, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[index] = kinds[index - 1] if index > 0 else embedding
    kinds = _after_strong(kinds, embedding, number="EN", strong="AL", becomes="AN")
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    _join_separators(kinds)
    _join_terminators(kinds)
    kinds = ["ON" if kind in {"ES", "ET", "CS"} else kind for kind in kinds]
    return _after_strong(kinds, embedding, number="EN", strong="L", becomes="L")


def _after_strong(
    kinds: list[str], embedding: str, *, number: str, strong: str, becomes: str
) -> list[str]:
    """Change the numbers whose last strong character before them is of a kind; W2 and W7."""
    last = embedding
    made = []
    for kind in kinds:
        if kind in _STRONG:
            last = kind
        made.append(becomes if kind == number and last == strong else kind)
    return made


def _join_separators(kinds: list[str]) -> None:
    """Make one separator between two numbers of a kind part of them; W4."""
    for index in range(1, len(kinds) - 1):
        before, kind, after = kinds[index - 1 : index + 2]
        if before == after and (
            (kind == "ES" and before == "EN") or (kind == "CS" and before in _NUMBERS)
        ):
            kinds[index] = before


def _join_terminators(kinds: list[str]) -> None:
    """Make signs such as "%" beside a number part of it; W5."""
    index = 0
    while index < len(kinds):
        end = index
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if end > index and "EN" in (*kinds[index - 1 : index], *kinds[end : end + 1]):
            kinds[index:end] = ["EN"] * (end - index)
        index = max(end, index + 1)


def _direction(kind: str) -> str | None:
    """Return the direction of a kind for neutrals beside it, which numbers have as R has."""
    return "R" if kind == "R" or kind in _NUMBERS else "L" if kind == "L" else None


def _resolve_brackets(
    characters: list[str], original: list[str], kinds: list[str], embedding: str
) -> None:
    """Give both brackets of a pair the direction of what they hold; rule N0."""
    for start, end in _pairs(characters, kinds):
        inside = {_direction(kind) for kind in kinds[start + 1 : end]} - {None}
        if not inside:
            continue
        direction = embedding
        if embedding not in inside:
            before = (_direction(kind) for kind in reversed(kinds[:start]))
            context = next((found for found in before if found is not None), embedding)
            direction = context if context != embedding else embedding
        for index in (start, end):
            kinds[index] = direction
            following = index + 1
            while following < len(kinds) and original[following] == "NSM":
                kinds[following] = direction
                following += 1


def _pairs(characters: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    """Return the pairs of brackets by where they open; BD16."""
    closing = _closing()
    closers = frozenset(closing.values())
    stack: list[tuple[str, int]] = []
    found = []
    for index, character in enumerate(characters):
        bracket = _SAME.get(character, character)
        if kinds[index] != "ON":
            continue
        if bracket in closing:
            if len(stack) == _DEEPEST:
                break
            stack.append((closing[bracket], index))
        elif bracket in closers:
            match = next((n for n, (end, _) in enumerate(stack[::-1], 1) if end == bracket), 0)
            if match:
                found.append((stack[-match][1], index))
                del stack[-match:]
    return sorted(found)


@lru_cache(maxsize=1)
def _closing() -> dict[str, str]:
    """Return the closing bracket of each opening one."""
    firsts = [code for first, last in _BRACKET_SPANS for code in range(first, last + 1, 2)]
    others = zip(_OTHER_BRACKETS[::2], _OTHER_BRACKETS[1::2], strict=True)
    return {chr(code): chr(code + 1) for code in firsts} | dict(others)


def _resolve_neutrals(kinds: list[str], embedding: str) -> None:
    """Give neutrals the direction of both sides where they agree, else the paragraph's; N1, N2."""
    index = 0
    while index < len(kinds):
        end = index
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > index:
            before = _direction(kinds[index - 1]) if index > 0 else embedding
            after = _direction(kinds[end]) if end < len(kinds) else embedding
            direction = before if before is not None and before == after else embedding
            kinds[index:end] = [direction] * (end - index)
        index = max(end, index + 1)


def _implicit(kind: str, base: int) -> int:
    """Return the level of a resolved kind; rules I1 and I2."""
    if base:
        return 1 if kind == "R" else 2
    return {"L": 0, "R": 1}.get(kind, 2)


def _reset_ends(original: list[str], implicit: list[int], base: int) -> None:
    """Give separators, and spaces before them and at the end, the paragraph's level; L1."""
    at_end = True
    for index in range(len(original) - 1, -1, -1):
        if original[index] in {"B", "S"}:
            at_end = True
        elif original[index] != "WS":
            at_end = False
        if at_end:
            implicit[index] = base


def _spread(kept: list[int], implicit: list[int], *, length: int, base: int) -> list[int]:
    made = [-1] * length
    for index, level in zip(kept, implicit, strict=True):
        made[index] = level
    last = base
    for index, level in enumerate(made):
        last = made[index] = last if level < 0 else level
    return made
