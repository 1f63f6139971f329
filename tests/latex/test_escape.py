"""Text made safe by context: what comes out prints what went in, and is never code."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.latex import escape

if TYPE_CHECKING:
    from collections.abc import Callable

SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "\u00a0": "~",
    "\u00ad": r"\-",
}
PRINTED = {source: character for character, source in SPECIALS.items()}
WRITTEN = re.compile("|".join(map(re.escape, sorted(PRINTED, key=len, reverse=True))))
INJECTIONS = (
    r"\input{/etc/passwd}",
    ">> /Launch << /F (x) >>",
    ") /AA (",
    "}\\end{document}",
    "%\n\\write18{x}",
    "\ufeff\u202e",
)


@pytest.mark.parametrize(("character", "source"), SPECIALS.items())
def test_a_special_of_tex_is_written_so_that_it_prints(character: str, source: str) -> None:
    assert escape.text(character) == source


@pytest.mark.parametrize("character", "\n\r\t")
def test_a_line_break_or_tab_is_a_space(character: str) -> None:
    assert escape.text(f"a{character}b") == "a b"


def test_other_characters_stay_as_they_are() -> None:
    plain = string.ascii_letters + string.digits + "!?`'\"<>|*+-=/.,:;()[]@ –—“”üμ²许"
    assert escape.text(" ".join(plain)) == " ".join(plain)


@given(st.text(st.sampled_from("f!?.°CF1\u2044)é a")))
def test_a_quick_look_misses_nothing_that_stands_apart(characters: str) -> None:
    parts = escape._APART.split(characters)  # noqa: SLF001  what the look stands for
    assert escape.text(characters) == r"\CvApart{}".join(map(escape.text, parts))


@given(st.text())
def test_no_special_of_tex_is_left_unescaped(characters: str) -> None:
    left = WRITTEN.sub("", without_hints(escape.text(characters)))
    assert not set(left) & set("\\{}$&#%_^~\n\r\t")


@given(st.text(st.characters(exclude_characters="\n\r\t", codec="utf-8")))
def test_the_source_reads_back_as_the_text(characters: str) -> None:
    source = without_hints(escape.text(characters))
    assert WRITTEN.sub(lambda match: PRINTED[match[0]], source) == characters


def test_a_url_may_break_after_its_punctuation_but_not_at_its_end() -> None:
    assert escape.breakable("a/b_c/") == r"a/\CvBreak{}b\_\CvBreak{}c/"


@given(st.text())
def test_breaks_change_nothing_else(characters: str) -> None:
    assert without_hints(escape.breakable(characters)) == without_hints(escape.text(characters))


def without_hints(source: str) -> str:
    return source.replace(r"\CvBreak{}", "").replace(r"\CvApart{}", "")


@given(st.text() | st.sampled_from(INJECTIONS))
def test_a_pdf_string_is_hexadecimal_digits_alone(characters: str) -> None:
    digits = escape.pdf_string(characters)
    assert set(digits) <= set("0123456789ABCDEF")
    assert bytes.fromhex(digits).decode("utf-16") == characters


@pytest.mark.parametrize("injection", INJECTIONS)
def test_a_uri_is_hexadecimal_digits_alone(injection: str) -> None:
    digits = escape.pdf_uri(f"https://example.org/{injection}")
    assert set(digits) <= set("0123456789ABCDEF")
    assert bytes.fromhex(digits).isascii()


def test_what_a_uri_has_encoded_already_is_not_encoded_again() -> None:
    target = "https://example.org/a_b%20c?x=1&y=(2)#f"
    assert bytes.fromhex(escape.pdf_uri(target)).decode() == target


def test_a_uri_is_percent_encoded_beyond_ascii() -> None:
    assert (
        bytes.fromhex(escape.pdf_uri("https://example.org/ü b"))
        == b"https://example.org/%C3%BC%20b"
    )


@given(st.text())
def test_a_comment_never_ends_its_line(characters: str) -> None:
    assert len(f"%{escape.comment(characters)}".splitlines()) == 1


def test_a_comment_keeps_what_can_be_printed() -> None:
    assert escape.comment("许 a\n\\input") == "许 a?\\input"


@pytest.mark.parametrize(
    ("characters", "source"),
    [
        ("许", "许"),
        ("许靖", r"许\CvBetween{}靖"),
        ("许，靖", r"许，\CvBetween{}靖"),
        ("（许）", "（许）"),
        ("한" * 41, "한" * 40 + r"\CvBreak{}한"),
        (("한" * 40 + " ") * 2, ("한" * 40 + " ") * 2),
        ("「" * 42, "「" * 40 + r"\CvBreak{}「" * 2),
        ("デザイナー", r"デ\CvBetween{}ザ\CvBetween{}イ\CvBetween{}ナー"),
        ("チェック", r"チェッ\CvBetween{}ク"),
        ("「か\u3099」", "「か\u3099」"),  # no mark is parted from its letter
        ("葛\U000e0100飾", "葛\U000e0100\\CvBetween{}飾"),
        ("한글과", "한글과"),  # Korean breaks between words
    ],
)
def test_ideographs_break_anywhere_but_beside_their_punctuation(
    characters: str, source: str
) -> None:
    assert escape.ideographs(characters) == source


@pytest.mark.parametrize(
    "characters",
    ["a...", "!!", "?!?", "20 °C", "1\u20442", "(staff)", "“staff”", "DiffTool", "Affäre"],
)
@pytest.mark.parametrize("written", [escape.text, escape.breakable])
def test_characters_that_a_face_would_make_one_stay_apart(
    characters: str, written: Callable[[str], str]
) -> None:
    made = written(characters).replace(r"\CvBreak{}", "")
    assert r"\CvApart{}" in made
    assert made.replace(r"\CvApart{}", "") == characters


def test_a_word_too_long_to_be_one_may_break_after_its_punctuation() -> None:
    url = "https://example.org/" + "path/" * 6
    assert escape.text(f"see {url} now").count(r"\CvBreak{}") > 6
    assert escape.text("see https://example.org now").count(r"\CvBreak{}") == 0


def test_no_break_parts_a_mark_from_its_letter() -> None:
    source = escape.text("e\u0331" * 60)
    assert source.count(r"\CvBreak{}") > 10
    assert "\\CvBreak{}\u0331" not in source


def test_a_break_that_the_author_typed_is_one() -> None:
    assert escape.text("ไทย\u200bไทย") == r"ไทย\CvBreak{}ไทย"


@pytest.mark.parametrize(
    ("characters", "language"), [("ไทย", "th"), ("ລາວ", "lo"), ("ខ្មែរ", "km"), ("abc", None)]
)
def test_scripts_without_spaces_have_words_of_a_language(
    characters: str, language: str | None
) -> None:
    assert escape.unspaced_language(characters) == language
    assert r"\CvBreak" not in escape.unbroken(characters * 30)


def test_a_word_without_punctuation_may_break_in_the_end() -> None:
    assert escape.text("a" * 100).count(r"\CvBreak{}") == 100 - escape.LONG


@pytest.mark.parametrize(
    ("before", "after", "is_break"),
    [
        ("と", "O", True),
        ("F", "と", True),
        ("は", "4", True),
        ("0", "年", False),
        ("(", "日", False),
        ("本", ")", False),
        ("本", ",", False),
        ("F", "」", False),
        ("「", "F", False),
        ("と", " ", False),
        (" ", "と", False),
        ("한", "a", False),
        ("a", "b", False),
    ],
)
def test_a_line_may_end_between_han_and_latin_but_for_what_belongs_together(
    before: str, after: str, *, is_break: bool
) -> None:
    assert escape.between(before, after) == (r"\CvBetween{}" if is_break else "")
