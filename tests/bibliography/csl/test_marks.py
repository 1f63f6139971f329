"""Spans as marks in strings, and back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvforge.bibliography.csl.marks import QUOTE_CLOSE, QUOTE_OPEN, Marks, wrapped
from cvforge.bibliography.csl.punctuation import tidied
from cvforge.inline import Code, Emphasis, Inline, Link, Math, Owner, Strong, Text, plain

A = (Text("a"),)
QUOTES = ("«", "»")


@pytest.mark.parametrize(
    "content",
    [
        (Text("<i>a</i> & <!-- ]]> &amp; \\ {"),),
        (Text("a "), Math("O(n)"), Text(" b")),
        (Emphasis((Text("x "), Strong(A))), Code("a.b")),
        (Link((Math("n"), Text(" a")), "https://example.org/%20"), Owner(A)),
        (Text("wait... what?! a\u00a0b"),),
        (Text("\U000f0000\U000f0010\U000f8000\U000f8001\U000f8100 are characters"),),
    ],
)
def test_what_is_marked_comes_back(content: Inline) -> None:
    marks = Marks()
    back = marks.decoded(tidied(marks.encoded(content), in_quotes=True), quotes=QUOTES)
    assert plain(back) == plain(content)
    assert [type(span) for span in back if not isinstance(span, Text)] == [
        type(span) for span in content if not isinstance(span, Text)
    ]


@settings(deadline=None)  # the machine may be busy
@given(st.text(st.sampled_from("ab .,;:!?…()[]\u00a0\U000f0000\U000f8000\U000f8200“”")))
def test_any_text_comes_back_with_single_spaces(text: str) -> None:
    marks = Marks()
    back = plain(marks.decoded(tidied(marks.text(f"x{text}x"), in_quotes=True), quotes=QUOTES))
    assert back == re.sub(" +", " ", f"x{text}x")


@pytest.mark.parametrize(
    ("text", "in_quotes", "expected"),
    [
        ("a.. b", False, "a. b"),
        (wrapped(Emphasis, "a.") + ".", False, "a."),
        (wrapped(Emphasis, "a?") + ". b", False, "a? b"),
        ("a,. b", False, "a. b"),
        ("a  b , c ( d )", False, "a b, c (d)"),
        (", . a", False, "a"),
        (f"{QUOTE_OPEN}a{QUOTE_CLOSE}, b", True, "«a,» b"),
        (f"{QUOTE_OPEN}a?{QUOTE_CLOSE}. b", True, "«a?» b"),
        (f"{QUOTE_OPEN}{wrapped(Strong, 'a')}{QUOTE_CLOSE}. b", True, "«a.» b"),
        (f"{QUOTE_OPEN}a{QUOTE_CLOSE}, b", False, "«a», b"),
    ],
)
def test_signs_that_meet_become_one(text: str, *, in_quotes: bool, expected: str) -> None:
    assert plain(Marks().decoded(tidied(text, in_quotes=in_quotes), quotes=QUOTES)) == expected


def test_a_resolver_belongs_to_its_link() -> None:
    marks = Marks()
    text = "https://doi.org/" + marks.linked("10.1/a", "https://doi.org/10.1/a") + "."
    assert marks.decoded(tidied(text, in_quotes=False), quotes=QUOTES) == (
        Link((Text("https://doi.org/10.1/a"),), "https://doi.org/10.1/a"),
        Text("."),
    )


def test_ends_without_beginnings_are_passed_over() -> None:
    assert Marks().decoded("a\U000f0011\U000f0002 \U000f0012b", quotes=QUOTES) == (
        Text("a "),
        Strong((Text("b"),)),
    )
