"""Texts that follow each other, and what may stand between them."""

from __future__ import annotations

import pytest

from cvforge.check.expected import Formula, Leaf, Part
from cvforge.check.extracted import Extracted, normal_lines
from cvforge.check.matching import ends, is_whole

LONG = "0123456789" * 5


def leaf(*parts: Part, labels: tuple[str, ...] = (), may_stop: bool = False) -> Leaf:
    return Leaf(parts, str(parts[0]), None, frozenset(labels), may_stop)


def fault(leaves: list[Leaf], text: str) -> int | None:
    """Return the number of the first leaf that does not follow, or None when all is well."""
    source = Extracted.of(normal_lines(text))
    found = ends(leaves, source)
    return None if is_whole(leaves, source, found) else len(found)


@pytest.mark.parametrize(
    "text",
    [
        "One two\nthree",
        "One\ntwo three",
        "• One two\n· three",
        "One two   three",
        "One two\n•   three",
    ],
)
def test_between_two_texts_there_is_space_and_at_most_a_mark(text: str) -> None:
    assert fault([leaf("One two"), leaf("three")], text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("One", 0),
        ("Onetwo three", 0),
        ("One twothree", 1),
        ("three One two", 0),
        ("One two. three", 1),
        ("One two x three", 1),
        ("One two • • three", 1),
        ("One two 1. three", 1),
        ("x One two three", 0),
        ("One two three x", 2),
        ("One two three.", 2),
        ("One two three •", 2),
        ("One two threes", 2),
    ],
)
def test_anything_else_is_a_fault(text: str, number: int) -> None:
    assert fault([leaf("One two"), leaf("three")], text) == number


def test_a_publication_has_its_label_and_its_full_stops() -> None:
    leaves = [leaf("Title", labels=("[J 2]",), may_stop=True), leaf("Ada Quill", may_stop=True)]
    assert fault(leaves, "[J 2] Title. Ada Quill.") is None
    assert fault(leaves, "Title Ada Quill") is None
    assert fault(leaves, "[J 3] Title. Ada Quill.") == 0
    assert fault(leaves, "[J 2] Title.Ada Quill.") == 1
    assert fault(leaves, "[J 2] Title.. Ada Quill.") == 1


def test_a_text_may_begin_with_what_is_a_mark_elsewhere() -> None:
    assert fault([leaf("a", may_stop=True), leaf(".NET"), leaf("• b")], "a. .NET\n• • b") is None
    assert fault([leaf("•"), leaf("骨"), leaf("• • b")], "• • • 骨 • • • b") is None
    assert fault([leaf("1."), leaf("a", labels=("1.",))], "1. 1. a") is None


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("interested", "in-\nterested"),
        ("interested", "in\ufffeterested"),
        ("pre-training", "pre-\ntraining"),
        ("a/b.example", "a/\nb.example"),
        ("许靖在此", "许靖\n在此"),
        (LONG, LONG[:30] + "\n" + LONG[30:]),
        ("Fußgänger", "Fuß-\ngänger"),
        ("zero\u200bwidth", "zerowidth"),
        ("zero\u200bwidth", "zero\nwidth"),
    ],
)
def test_a_word_may_be_broken_at_the_end_of_a_line(word: str, text: str) -> None:
    assert fault([leaf(f"x {word} y")], f"x {text} y") is None


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("interested", "in\nterested"),
        ("interested", "in- terested"),
        ("interested", "in terested"),
        ("interested", "in-terested"),
        ("2021", "20-\n21"),
        ("2021", "20\n21"),
        ("efficient", "e\ufb03cient"),
        ("efficient", "eflcient"),
        ("\u03bcP\u00b2", "\u03bcP2"),
        ("pre-training", "pretraining"),
    ],
)
def test_a_word_that_is_broken_or_spelt_otherwise_is_a_fault(word: str, text: str) -> None:
    assert fault([leaf(f"x {word} y")], f"x {text} y") == 0


@pytest.mark.parametrize("text", ["in 𝑂(𝑛 log 𝑛) and", "in O(nlogn)and", "in\n𝑂(𝑛\nlog 𝑛) and"])
def test_in_and_around_a_formula_spaces_do_not_count(text: str) -> None:
    assert fault([leaf("in", Formula("O(nlogn)"), "and")], text) is None


@pytest.mark.parametrize(
    "text", ["in 𝑂(𝑛 lag 𝑛) and", "in 𝑂(𝑛 log 𝑛", "in O(nlogn)) and", "in and"]
)
def test_another_formula_is_a_fault(text: str) -> None:
    assert fault([leaf("in", Formula("O(nlogn)"), "and")], text) == 0


@pytest.mark.parametrize("text", ["\u0302𝜃 f", "𝜃\u0302 f", "𝜃\u0302f"])
def test_an_accent_of_a_formula_may_stand_on_either_side(text: str) -> None:
    assert fault([leaf(Formula("\u03b8f", "\u0302"))], text) is None
    assert fault([leaf(Formula("\u03b8f", "\u0304"))], text) == 0
    assert fault([leaf(Formula("\u03b8f"))], text) == 0
    assert fault([leaf(Formula("\u03b8f", "\u0302\u0302"))], text) == 0
