"""Characters that only have a meaning beside others, and where they are refused."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.characters.refusals import MOST_MARKS, MOST_SHARED_MARKS, refusals
from cvforge.characters.rules import Fate, rule_of


def refused(text: str) -> list[tuple[int, str]]:
    return [(refusal.index, refusal.code) for refusal in refusals(text)]


@pytest.mark.parametrize(
    "text",
    [
        *("", "plain", "tab\tand\nline", "non\u00a0break", "naïve", "e\u0301", "ệ"),
        *("co\u00adop", "Über\u00ad*stehen*"),
        *("می\u200cخواهم", "**می**\u200cخواهم", "ه\u200d.ش.", "क्\u200dष", "র\u200d্য", "ශ්\u200dරී"),
        *("👨\u200d👩\u200d👧", "👩🏽\u200d⚕\ufe0f", "❤\ufe0f\u200d🔥", "🙂\u200d↔\ufe0f"),
        *("1\ufe0f\u20e3", "☎\ufe0e", "骨\U000e0100", "∅\ufe00", "ᠠ\u180b"),
        *("ภาษา\u200bไทย", "ភាសា\u200bខ្មែរ"),
        *("שלום\u200e!", "\u200fشكرا", "שָׁלוֹם", "ཧྐྵྨླྺྼྻྂ", "လွှို့", "ṍ\u031e\u0324"),
        *("x" + "\u0301" * MOST_SHARED_MARKS, "א" + "\u05b0" * MOST_MARKS),
    ],
)
def test_what_writing_needs_is_kept(text: str) -> None:
    assert refused(text) == []


@pytest.mark.parametrize(
    ("text", "index", "code"),
    [
        ("\u00adx", 0, "soft-hyphen"),
        ("x\u00ad", 1, "soft-hyphen"),
        ("1\u00ad2", 1, "soft-hyphen"),
        ("a\u200cb", 1, "joiner"),
        ("\u200dक", 0, "joiner"),
        ("क\u200d\u200d", 2, "joiner"),
        ("👍\u200da", 1, "joiner"),
        ("👍\u200c👍", 1, "joiner"),
        ("a\ufe0f", 1, "variation-selector"),
        ("☎\ufe0f\ufe0f", 2, "variation-selector"),
        ("a\U000e0100", 1, "variation-selector"),
        ("\ufe0f", 0, "variation-selector"),
        ("a\u200bb", 1, "word-part"),
        ("ไทย\u200ba", 3, "word-part"),
        ("a\u200eb", 1, "bidi-mark"),
        ("שלום\u202e", 4, "bidi-control"),
        ("\u0301a", 0, "combining-mark"),
        ("a \u0301", 2, "combining-mark"),
        ("a\n\u0301", 2, "combining-mark"),
        ("x" + "\u0301" * (MOST_SHARED_MARKS + 1), MOST_SHARED_MARKS + 1, "combining-mark"),
        ("א" + "\u05b0" * (MOST_MARKS + 1), MOST_MARKS + 1, "combining-mark"),
        ("x" + "\u0301" * 5000, MOST_SHARED_MARKS + 1, "combining-mark"),
        ("resume\U000e0041\U000e0042", 6, "tag-character"),
        ("a\u200b\u200bb", 1, "word-part"),
    ],
)
def test_what_means_nothing_there_is_refused_once_at_its_index(
    text: str, index: int, code: str
) -> None:
    assert refused(text) == [(index, code)]


def test_a_refusal_says_what_is_wrong_and_what_to_do() -> None:
    (lone,) = refusals("\u0301")
    assert lone.message == "U+0301 COMBINING ACUTE ACCENT has no letter before it to stand on"
    assert lone.hint == "type the letter that it belongs to before it"
    (stacked,) = refusals("a" + "\u0301" * 9)
    assert stacked.message == "U+0301 COMBINING ACUTE ACCENT is one mark too many on its letter"


@given(st.text())
def test_every_character_that_is_always_refused_is_found_in_order(text: str) -> None:
    found = [refusal.index for refusal in refusals(text)]
    assert found == sorted(set(found))
    rules = [rule_of(character) for character in text]
    always = {i for i, rule in enumerate(rules) if rule.fate is Fate.REFUSED}
    following = {i for i in always if i > 0 and rules[i - 1] is rules[i]}
    assert always - following <= set(found)
    assert {rule_of(text[i]).fate for i in found} <= {Fate.REFUSED, Fate.PLACED}


@pytest.mark.parametrize(
    "unit", ["a\u0301", "\u0301", "\u202e", "\u200e", "a\u200c", "क\u200d", "👍\u200d", "\ufe0f"]
)
def test_the_longest_file_is_looked_through_in_seconds(unit: str) -> None:
    text = unit * (1024 * 1024 // len(unit.encode()))
    started = time.process_time()
    assert sum(1 for _ in refusals(text)) >= 0
    assert time.process_time() - started < 10
