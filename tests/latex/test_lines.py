"""The lines of a .tex: none too long for TeX, and what they say does not change."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.latex import escape
from cvforge.latex.lines import LONGEST, in_lines

PIECES = [r"\CvBreak{}", r"\%", r"\{", r"\}", "{", "}", " ", "  ", "ab", "A0", r"\textbackslash{}"]


def as_tex_reads(source: str) -> str:
    """Return source without the ends of lines that a comment takes away, and their indents."""
    return re.sub(r"(?<!\\)%\n *", "", source)


def test_comments_without_words_are_left_out() -> None:
    assert in_lines("a\n%\nb\n\n") == "a\nb\n\n\n"


@pytest.mark.parametrize(
    "line",
    [
        escape.text("a" * 20_000),
        escape.text("%" * 20_000),
        escape.text("word " * 4_000),
        escape.ideographs("骨" * 20_000),
        escape.pdf_string("骨" * 20_000),
        r"\CvBullet{" + escape.text("a\\ " * 5_000) + "}%",
    ],
    ids=lambda line: line[:12],
)
def test_a_long_line_is_broken_and_means_the_same(line: str) -> None:
    made = in_lines(line)
    assert max(map(len, made.split("\n"))) <= LONGEST + 1
    assert as_tex_reads(made) == as_tex_reads(line + "\n")


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=60))
def test_no_break_takes_anything_away(pieces: list[str]) -> None:
    line = "".join(pieces) * (LONGEST // len("".join(pieces)) + 2)
    assert as_tex_reads(in_lines(line)) == line + "\n"


def test_a_line_with_a_comment_stays_as_it_is() -> None:
    line = r"\CvOpen{bullet}{1}% " + "ada quill} " * 2_000
    assert in_lines(line) == line + "\n"
