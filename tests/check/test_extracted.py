"""The one form in which texts are compared."""

from __future__ import annotations

import pytest

from cvforge.check.extracted import joined, normal, normal_lines

ENGLISH = ("", " of ", "")
CHINESE = ("第 ", " 页，共 ", " 页")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("two  spaces", "two spaces"),
        ("no\u00a0break\u2009thin\n line", "no break thin line"),
        ("soft\u00adhyphen", "softhyphen"),
        ("Ru\u0308hle", "R\u00fchle"),
        ("\u03bcP\u00b2 \ufb01", "\u03bcP\u00b2 \ufb01"),  # neither superscripts nor ligatures
    ],
)
def test_spaces_soft_hyphens_and_composition_are_no_difference(text: str, same: str) -> None:
    assert normal(text) == same


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("one \r\n two", "one\ntwo"),
        ("ty\ufffeping", "ty-\nping"),
        ("ty\x02ping", "ty-\nping"),
        ("ty\u00ad\nping", "ty-\nping"),
        ("ty-\n  ping", "ty-\nping"),
        ("a\n\n\nb", "a\nb"),
    ],
)
def test_ends_of_lines_and_broken_words_have_one_form(text: str, same: str) -> None:
    assert normal_lines(text) == same


@pytest.mark.parametrize(
    ("pages", "words", "text"),
    [
        (["a\r\nAda Quill 1 of 2", "b\r\nAda Quill 2 of 2"], ENGLISH, "a\nb"),
        (["a\nAda Quill\n1 of 2", "Ada Quill 2 of 2\nb"], ENGLISH, "a\nb"),
        (["a\nAda Quill 第 1 页，共 1 页"], CHINESE, "a"),
        (["a\nAda Quill 第1页，共1页"], CHINESE, "a"),
        (["a\nAda Quill 1 of 2", "b"], ENGLISH, "a\nb"),
        (["a\nAda Quill 2 of 1"], ENGLISH, "a\nAda Quill 2 of 1"),
        (["a\nAda Quill"], ENGLISH, "a\nAda Quill"),
        (["With Ada Quill 1 of 1"], ENGLISH, "With Ada Quill 1 of 1"),
    ],
)
def test_the_running_foot_is_left_out(
    pages: list[str], words: tuple[str, str, str], text: str
) -> None:
    source = joined(pages, name="Ada Quill", foot=words)
    assert source.text == text
    assert source.flat == text.replace("\n", " ")
