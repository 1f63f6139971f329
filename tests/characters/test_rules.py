"""The table of characters: every code point of Unicode falls under exactly one rule."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise

import pytest

from cvforge.characters.rules import (
    BIDI,
    BY_CATEGORY,
    BY_RANGE,
    CONTROL,
    FIXED_SPACE,
    HALF,
    INVISIBLE,
    JOINER,
    LINE,
    LOST,
    MARK,
    NO_CHARACTER,
    PRIVATE,
    SELECTOR,
    SOFT_HYPHEN,
    SPACE,
    TAG,
    UNASSIGNED,
    UNUSUAL,
    VISIBLE,
    WHITE,
    Fate,
    Rule,
    described,
    rule_of,
)

ALL = range(0x110000)
CATEGORIES = {
    *("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No"),
    *("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So"),
    *("Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn"),
}


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rule of each code point; without the cache of the table."""
    return tuple(rule_of.__wrapped__(chr(code)) for code in ALL)


def test_no_two_ranges_of_the_table_overlap_and_every_category_has_a_rule() -> None:
    spans = sorted(span for ranges in BY_RANGE.values() for span in ranges)
    assert all(first <= last for first, last in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    assert set(BY_CATEGORY) == CATEGORIES


def test_every_code_point_has_a_rule_and_every_rule_a_code_point() -> None:
    used = Counter(rules())
    assert used.total() == len(ALL)
    assert set(used) == {*BY_RANGE, *BY_CATEGORY.values()}
    assert len({rule.code for rule in used}) == len(used)


def test_what_is_refused_or_bound_to_a_place_says_why_and_what_to_do() -> None:
    for rule in set(rules()):
        is_told = rule.fate in {Fate.REFUSED, Fate.PLACED}
        assert is_told == bool(rule.reason), rule.code
        assert not is_told or rule.hint
        assert (rule.fate is Fate.REWRITTEN) == bool(rule.becomes)


# The fates that the characters of a category may have, whatever the version of Unicode.
FATES = {
    "L": {VISIBLE, INVISIBLE},
    "N": {VISIBLE},
    "P": {VISIBLE},
    "S": {VISIBLE, LOST, INVISIBLE},
    "Zs": {WHITE, SPACE, FIXED_SPACE},
    "Zl": {LINE},
    "Zp": {LINE},
    "Cc": {WHITE, CONTROL},
    "Cs": {HALF},
    "Co": {PRIVATE},
    "Cn": {UNASSIGNED, NO_CHARACTER, INVISIBLE, TAG},
    "M": {MARK, SELECTOR, INVISIBLE},
}


def test_a_category_is_treated_as_a_whole_but_for_known_exceptions() -> None:
    found: dict[str, set[Rule]] = defaultdict(set)
    for code in ALL:
        category = unicodedata.category(chr(code))
        found[category if category in FATES else category[0]].add(rules()[code])
    assert found.keys() - {"C"} == FATES.keys()
    assert {category for category, each in FATES.items() if not found[category] <= each} == set()


def test_of_the_format_characters_only_signs_that_are_seen_are_kept() -> None:
    kept = {c for c in ALL if unicodedata.category(chr(c)) == "Cf" and rules()[c] is VISIBLE}
    names = {unicodedata.name(chr(code)).split()[0] for code in kept}
    assert names == {"ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN"}


def test_no_private_character_half_or_noncharacter_is_let_in() -> None:
    for code in (*range(0xD800, 0xF900), *range(0xFDD0, 0xFDF0), *range(0xF0000, 0x110000)):
        assert rules()[code].fate is Fate.REFUSED


@pytest.mark.parametrize(
    ("characters", "rule"),
    [
        ("\t\n \u00a0", WHITE),
        ("\u2002\u2009\u3000\u1680\u205f", SPACE),
        ("\u202f\u2007", FIXED_SPACE),
        ("\u202a\u202e\u2066\u2069", BIDI),
        ("\u200c\u200d", JOINER),
        ("\u00ad", SOFT_HYPHEN),
        ("\ufeff\u2060\u115f\u3164\u2800\ufff9", INVISIBLE),
        ("\U000e0041\U000e007f", TAG),
        ("\ufe0f\U000e0100\u180b", SELECTOR),
        ("\u0301\u093f\u20dd", MARK),
        ("\r\x00\x1b\x7f\x85", CONTROL),
    ],
)
def test_well_known_characters_fall_under_their_rules(characters: str, rule: Rule) -> None:
    assert {rule_of(character) for character in characters} == {rule}


def test_what_is_passed_over_at_once_is_surely_kept() -> None:
    passed = [code for code in ALL if not UNUSUAL.match(chr(code))]
    assert {rules()[code] for code in passed} == {VISIBLE, WHITE}
    assert len(passed) > 30_000


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\x07", "U+0007 BELL"),
        ("\x01", "U+0001"),
        ("\ue000", "U+E000"),
        ("\U0010ffff", "U+10FFFF"),
    ],
)
def test_a_character_is_called_by_its_code_point_and_its_name(character: str, name: str) -> None:
    assert described(character) == name
