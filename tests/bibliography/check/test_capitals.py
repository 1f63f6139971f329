"""Capitals of titles that lost their braces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.diagnostics import Diagnostic

    Check = Callable[..., list[Diagnostic]]

ENTRY = "@misc{q,\n  title = %s,\n  author = {Quill, Ada},\n}"


@pytest.mark.parametrize(
    "title", ["{DEEP LEARNING FOR TYPE}", '"{DEEP LEARNING FOR TYPE}"', "{ГЛУБОКОЕ ОБУЧЕНИЕ И МЫ}"]
)
def test_a_title_in_capitals_is_told(title: str, found: Check) -> None:
    (finding,) = found(ENTRY % title)
    assert (finding.code, finding.message) == (
        "title-in-capitals",
        'the title of "q" is all in capitals',
    )


@pytest.mark.parametrize(
    ("title", "words", "column"),
    [
        ("{Deep Learning for DNA}", ["DNA"], 30),
        ("{BERT and iPhone and BERT}", ["BERT", "iPhone"], 12),
        ("{{BERT} and mRNA: 3D or 2D or 1D}", ["mRNA", "3D", "2D"], 23),
        ('"Type " # "of TeX"', ["TeX"], 25),
        (r"{\'Etudes of {\'e}coles and AIs}", ["AIs"], 39),
    ],
)
def test_capitals_without_braces_are_told_once_an_entry(
    title: str, words: list[str], column: int, found: Check
) -> None:
    (finding,) = found(ENTRY % title)
    assert finding.code == "unprotected-capitals"
    assert [word for word in words if f'"{word}"' not in finding.message] == []
    assert finding.hint == "write " + ", ".join(f"{{{word}}}" for word in words) + (
        " …" if "1D" in title else ""
    )
    assert finding.place is not None
    assert (finding.place.line, finding.place.column) == (2, column)


@pytest.mark.parametrize(
    "title",
    [
        "{Deep Learning for {DNA}}",
        "{{Deep Learning for DNA}}",
        "{Learning by {GNU TeX}}",
        "{E-Commerce of Non-Linear (Re)Thinking by O'Neil}",
        "{Bounds of $O(NM)$ for $\\mathbb{R}^{AB}$}",
        r"{The \LaTeX\ Way and \OE uvres}",
        "{深度学习与 {DNA}}",
        "{Vitamin C}",
    ],
)
def test_a_clean_title_is_silent(title: str, found: Check) -> None:
    assert found(ENTRY % title) == []
