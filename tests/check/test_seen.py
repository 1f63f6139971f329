"""The order of texts that run leftward, by the places of their glyphs."""

from __future__ import annotations

import pytest

from cvforge.check.expected import Expected, Formula, Leaf
from cvforge.check.seen import order_differences

NOTHING: list[str] = []


def found(texts: list[str], rows: list[str], *, language: str = "he") -> list[str]:
    leaves = tuple(Leaf((text,), text) for text in texts)
    return judged(leaves, rows, language=language)


def judged(leaves: tuple[Leaf, ...], rows: list[str], *, language: str = "he") -> list[str]:
    expected = Expected(language, "Ada Quill", leaves, (), (), (), ("", " of ", ""))
    made = order_differences(expected, rows)
    return [f"{each.kind.name} {each.text}" for each in made]


TWO_LINES = "אבג דהו זחט יכל"


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        (["לכי טחז והד גבא"], NOTHING),
        (["והד גבא", "לכי טחז"], NOTHING),
        (["2021   והד גבא", "לכי טחז", " •"], NOTHING),
        (["והד גבא •", "•", "לכי טחז"], NOTHING),
        (["והד גבא", "•", "•", "•", "לכי טחז"], [f"TURNED {TWO_LINES}"]),
        (["לכי והד טחז גבא"], [f"TURNED {TWO_LINES}"]),
        (["אבג דהו זחט יכל"], [f"TURNED {TWO_LINES}"]),
        (["לכי טחז", "והד גבא"], [f"TURNED {TWO_LINES}"]),
        (["והד גבא", "2021   לכי טחז   מן"], [f"TURNED {TWO_LINES}"]),
    ],
)
def test_the_words_of_a_text_stand_one_after_the_other(
    rows: list[str], findings: list[str]
) -> None:
    assert found([TWO_LINES], rows) == findings


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        (["Python 3.11 בא"], NOTHING),
        (["3.11 Python בא"], ["TURNED אב Python 3.11"]),
        (["בא Python 3.11"], ["TURNED אב Python 3.11"]),
        (["Python בא", "3.11"], NOTHING),
        (["Pyt- בא", "hon 3.11"], NOTHING),
    ],
)
def test_what_runs_rightward_within_keeps_its_order(rows: list[str], findings: list[str]) -> None:
    assert found(["אב Python 3.11"], rows) == findings


def test_texts_stand_in_the_order_of_the_cv() -> None:
    texts = ["אבג", "On kerning", "2020", "דהו"]
    assert found(texts, ["גבא", "2020 On kerning •", "והד"]) == NOTHING
    assert found(texts, ["2020 On kerning •", "גבא", "והד"]) == ["MOVED אבג"]
    assert found(["2015 – 2019"], ["2015 – 2019"]) == ["TURNED 2015 – 2019"]


def test_of_other_documents_only_what_runs_leftward_is_judged() -> None:
    texts = ["One two", "a line שלום עולם b"]
    assert found(texts, ["two One", "a line םלוע םולש b"], language="en") == NOTHING
    assert found(texts, ["a line םולש םלוע b"], language="en") == ["TURNED a line שלום עולם b"]
    assert found(["One", "Two"], [], language="en") == NOTHING


@pytest.mark.parametrize(("row", "count"), [("גב x2 א", 0), ("ב x2 גא", 1)])
def test_formulas_are_passed_over(row: str, count: int) -> None:
    leaf = Leaf(("א", Formula("x2"), "בג"), "א x2 בג")
    assert len(judged((leaf,), [row])) == count


def test_a_long_text_that_is_not_there_is_given_up_soon() -> None:
    assert len(found(["אבד " * 700], ["דבא" * 20] * 30)) == 1
