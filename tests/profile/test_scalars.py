"""What YAML would change or swallow in a text without a word."""

from __future__ import annotations

import pytest

from cvforge.errors import ProfileError
from cvforge.profile.source import read_tree

FILE = "ada.yaml"


@pytest.mark.parametrize(
    ("text", "code", "column", "length"),
    [
        ("a: Wrote C # and F#", "comment-in-text", 12, 8),
        ("a: - # x", "syntax", 4, 1),
        ("a: 80 # per cent", "comment-in-text", 7, 10),
        ("a: 许靖 # and others", "comment-in-text", 7, 12),
        ("a: [C # F", "syntax", 4, 1),
        ("a: [C # F\n  ]", "comment-in-text", 7, 3),
        ("a: #1 in the world", "comment-in-text", 4, 15),
        ("- #1 in the world", "comment-in-text", 3, 15),
        ("a: &more text", "unused-anchor", 4, 5),
        ("a: ! important", "tag", 4, 11),
        ('a: "C:\\table"', "escape", 7, 2),
        ('a: "a\\_b"', "escape", 6, 2),
        ('a: "$\\nu$-SVM"', "escape", 6, 2),
        ('a: "x\\u202ey"', "bidi-control", 4, 10),
        ('a: "x\\Ly"', "line-separator", 4, 6),
        ("a: '\u0301x'", "combining-mark", 5, 1),
    ],
)
def test_what_would_be_lost_or_changed_is_refused_at_its_place(
    text: str, code: str, column: int, length: int
) -> None:
    with pytest.raises(ProfileError) as refused:
        read_tree(f"{text}\n", file=FILE)
    (finding,) = refused.value.diagnostics
    assert finding.place is not None
    assert (finding.code, finding.place.column) == (code, column)
    assert code == "syntax" or finding.place.length == length
    assert finding.hint


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: C  # a comment", "C"),
        ("a: C\t# a comment", "C"),
        ("a: C#", "C#"),
        ("a: C# and F#", "C# and F#"),
        ("a: 'C # and F#' # a comment", "C # and F#"),
        ('a: "C # and F#" # a comment', "C # and F#"),
        ("a: # a comment", ""),
        ("a: >-\n  C # and F#", "C # and F#"),
        ("a:\n  one\n  two  # a comment", "one two"),
        ("a: 'C:\\table $\\nu$ a\\_b'", "C:\\table $\\nu$ a\\_b"),
        ('a: "C:\\\\table"', "C:\\table"),
        ('a: "one\\ntwo"', "one\ntwo"),
        ('a: "caf\\u00e9"', "café"),
        ("a: R&D", "R&D"),
        ("a: wow!", "wow!"),
        ("a: '! & # %'", "! & # %"),
    ],
)
def test_a_comment_is_told_from_a_text_and_quotes_keep_everything(text: str, value: str) -> None:
    assert read_tree(f"{text}\n", file=FILE) == {"a": value}


def test_an_anchor_that_is_repeated_is_no_text() -> None:
    assert read_tree("a: &x text\nb: *x\n", file=FILE) == {"a": "text", "b": "text"}
    assert read_tree("a: &x {b: c}\n", file=FILE) == {"a": {"b": "c"}}
    with pytest.raises(ProfileError) as refused:
        read_tree("a: &x one\nb: &x two\nc: *x\n", file=FILE)
    assert [f.place.line for f in refused.value.diagnostics if f.place] == [1]
