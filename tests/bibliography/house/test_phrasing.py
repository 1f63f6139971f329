"""Parts of a line put together."""

from __future__ import annotations

import pytest

from cvforge.bibliography.house.phrasing import distinct, enclosed, joined, split, text, worded
from cvforge.inline import Emphasis, Inline, Text, plain

SHORT = Emphasis((Text("short"),))


def test_only_what_is_given_is_joined() -> None:
    assert joined([text("a"), (), (SHORT,), text("b")], "; ") == (
        Text("a; "), SHORT, Text("; b"),
    )  # fmt: skip
    assert joined([(), ()], ", ") == ()


def test_parentheses_stand_around_something() -> None:
    assert plain(enclosed([text("a"), (), text("b")])) == "(a; b)"
    assert enclosed([(), ()]) == ()


def test_words_stand_around_something() -> None:
    assert worded("{} 訳", (SHORT,)) == (SHORT, Text(" 訳"))
    assert worded("pp. {}", ()) == ()


def test_what_reads_the_same_is_there_once() -> None:
    parts = [text("Guild"), (), text("guild"), (Emphasis(text("Guild")),), text("B")]
    assert list(distinct(parts)) == [text("Guild"), text("B")]
    assert list(distinct(parts, ["GUILD"])) == [text("B")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (text("a; b"), [text("a"), text("b")]),
        (text(";a;;"), [text("a")]),
        ((Text("a "), SHORT, Text(" b;c")), [(Text("a "), SHORT, Text(" b")), text("c")]),
        ((), []),
    ],
)
def test_a_text_is_split_and_markup_is_not(content: Inline, expected: list[Inline]) -> None:
    assert list(split(content, ";")) == expected
