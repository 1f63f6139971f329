"""Author text: markup, languages, links; and that reading it cannot be made to take forever."""

from __future__ import annotations

import time

import pytest
from pydantic import TypeAdapter, ValidationError

from cvforge.diagnostics import Place
from cvforge.profile.source import SourceText
from cvforge.profile.text import MAX_CHARACTERS, Text, is_by_language

ADAPTER = TypeAdapter(Text)


def text(value: object) -> Text:
    made = ADAPTER.validate_python(value)
    assert isinstance(made, Text)
    return made


def error(value: object) -> tuple[str, str]:
    with pytest.raises(ValidationError) as raised:
        text(value)
    found = raised.value.errors()[0]
    return found["type"], found["msg"]


def test_a_text_given_once_serves_every_language() -> None:
    assert text("**Ada**").in_language("zh").plain == "Ada"
    assert text("Ada").languages() == frozenset()


def test_a_text_by_language_serves_its_own() -> None:
    made = text({"en": "One", "zh": "一"})
    assert made.languages() == {"en", "zh"}
    assert made.in_language("zh").plain == "一"
    with pytest.raises(KeyError):
        made.in_language("pt")


def test_the_place_is_that_of_each_scalar() -> None:
    first, second = Place("ada.yaml", 1, 2), Place("ada.yaml", 3, 4)
    made = text({"en": SourceText("same", first), "zh": SourceText("same", second)})
    assert made.in_language("en").place == first
    assert made.in_language("zh").place == second


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        (" \n", "text_empty", "empty"),
        ("x" * (MAX_CHARACTERS + 1), "text_long", "20001"),
        ("a\x07", "control-character", "U+0007"),
        ("a\udc80", "surrogate", "U+DC80"),
        ("a\u202eb", "bidi-control", "RIGHT-TO-LEFT OVERRIDE"),
        ("a\u200bb", "word-part", "U+200B"),
        ("Z" + "\u0301" * 9, "combining-mark", "too many"),
        ("**\u0301**", "combining-mark", "no letter"),
        ("a[\u0301](https://example.org)", "combining-mark", "no letter"),
        ("` `", "text_empty", "markup"),
        ("see [](https://example.org)", "link_text", "https://example.org"),
        (["a"], "text", "a list"),
        ({}, "text", "an empty mapping"),
        ({"EN": "a"}, "text_language", '"EN"'),
        ({"en": ["a"]}, "text", '"en"'),
        ({"en": "a", "zh": ""}, "text_empty", "empty"),
        ("[a](javascript:x)", "dangerous_scheme", "javascript"),
        ("[a](javascript&colon;x)", "dangerous_scheme", "javascript"),
        ("[a](JaVaScRiPt:x)", "dangerous_scheme", "javascript"),
        ("**[a](<file:///x>)**", "dangerous_scheme", "file"),
        ("[a](ftp://x)", "unknown_scheme", "ftp://x"),
        ("[a](x.html)", "link_scheme", "x.html"),
        ("$\\input{x}$", "math", "input"),
    ],
)
def test_what_is_no_text_is_refused_in_our_words(value: object, code: str, words: str) -> None:
    found, message = error(value)
    assert found == code
    assert words in message
    assert "{" not in message


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("cafe\u0301", "café"),
        ("1\u202f234\u2009%", "1\u00a0234 %"),
        ("co\u00adop", "co\u00adop"),
        ("&#x202e; &amp; \\u202e", "&#x202e; &amp; \\u202e"),
    ],
)
def test_a_text_is_composed_and_has_two_kinds_of_space(value: str, plain: str) -> None:
    assert text(value).in_language("en").plain == plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"en": "a", "pt-BR": "b"}, True),
        ({}, False),
        ({"text": "a"}, False),
        ({"en": ["a"]}, False),
        ("en", False),
    ],
)
def test_a_mapping_is_by_language_when_all_of_it_is(value: object, *, expected: bool) -> None:
    assert is_by_language(value) is expected


@pytest.mark.parametrize("unit", ["**a** `b` ", "*a **b ", "[", "`a", "$a ", "<a", "[a]("])
def test_the_longest_text_is_read_in_a_second_and_only_once(unit: str) -> None:
    value = (unit * MAX_CHARACTERS)[: MAX_CHARACTERS - 1]
    started = time.process_time()
    for number in range(500):
        text(SourceText(value, Place("ada.yaml", number, 1)))
    assert time.process_time() - started < 5
