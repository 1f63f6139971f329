"""Lines whose order readers guess: their letters are compared, and nothing of them is forgiven."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.check.expected import Expected, Leaf
from cvforge.check.extracted import Extracted, normal_lines
from cvforge.check.unordered import compared, is_odd, letters

if TYPE_CHECKING:
    from cvforge.check.differences import Difference


def found(
    texts: list[str], page: str, *, language: str = "en", has_order: bool = True
) -> list[str]:
    leaves = tuple(Leaf((text,), text) for text in texts)
    foot = ("", " of ", "")
    expected = Expected(language, "Ada Quill", leaves, (), (), (), foot)
    source = Extracted.of(normal_lines(page))
    made = compared(expected, leaves, source, pages=1, has_order=has_order)
    return [said(difference) for difference in made]


def said(difference: Difference) -> str:
    return f"{difference.kind.name} {difference.text or difference.became}"


HEBREW = "a line שלום עולם, 2019 (b)"


@pytest.mark.parametrize(
    "page",
    [
        "One\na line שלום עולם, 2019 (b)\nTwo",
        "One\n(b) 2019 ,שלום עולם line a\nTwo",  # as PDFium may turn it around
        "One\na line 2019 ,םלוע םולש (b)\nTwo",  # as it is seen
        "One\na line של ום עולם, 2019 (b)\nTwo",  # spaces are guessed
    ],
)
def test_the_order_of_a_line_with_leftward_letters_is_the_reader_s(page: str) -> None:
    assert found(["One", HEBREW, "Two"], page) == []


@pytest.mark.parametrize(
    ("page", "finding"),
    [
        ("One\na line שלום, 2019 (b)\nTwo", "LOST עולם"),
        ("One\na line שלום עולם, 2091 (c)\nTwo", "LOST b"),
        ("One\na line שלום עולם, 2019 (b) ☎\nTwo", "INVENTED ☎"),
        ("Two\na line שלום עולם, 2019 (b)\nOne", "MOVED"),
        ("One\na line שלום עולם, 2019 (b)", "LOST Two"),
    ],
)
def test_what_is_lost_changed_moved_or_invented_is_found(page: str, finding: str) -> None:
    made = found(["One", HEBREW, "Two"], page)
    assert any(each.startswith(finding) for each in made), made


def test_without_such_lines_every_character_counts() -> None:
    assert found(["One, two"], "One, two") == []
    assert found(["One, two"], "One. two") != []


def test_in_a_leftward_document_lines_of_other_texts_may_be_turned_around_too() -> None:
    assert found(["On kerning", "2020", "אב"], "2020 On kerning\nאב", language="he") == []


def test_letters_with_marks_have_their_order_where_a_reader_keeps_it() -> None:
    assert found(["हिन्दी"], "िहन्दी", has_order=False) == []
    assert found(["हिन्दी"], "िहन्दी", has_order=True) != []


@pytest.mark.parametrize(
    ("text", "same"),
    [("ﻣﺮﺣﺒﺎ", "مرحبا"), ("مـرحبا", "مرحبا"), ("1\ufe0f\u20e3", "1\u20e3"), ("a, b.", "ab")],
)
def test_forms_strokes_and_what_cannot_be_seen_do_not_count(text: str, same: str) -> None:
    assert letters(text) == letters(same)


@pytest.mark.parametrize(
    ("text", "odd"),
    [("abc é", False), ("אב", True), ("हि", True), ("👩\u200d💻", True), ("骨", False)],
)
def test_what_is_odd(text: str, odd: bool) -> None:  # noqa: FBT001  a table
    assert is_odd(text) is odd
