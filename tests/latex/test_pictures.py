"""Pictures of several characters have a glyph beside them, where readers see no more for it."""

from __future__ import annotations

import pytest

from cvforge.latex.nodes import Source
from cvforge.latex.pictures import anchored

ANCHOR = r"\CvComposed{" + "\u200c}"


def written(text: str, around: tuple[str, str]) -> str:
    node = anchored(Source("."), text, around=around)
    return str(node.dumps())  # type: ignore[no-untyped-call]  # pylatex is untyped


@pytest.mark.parametrize("text", ["🇩🇪", "👩\u200d💻", "1\ufe0f\u20e3", "🚀🇩🇪"])
@pytest.mark.parametrize(
    ("around", "expected"),
    [
        ((" ", "x"), f"{ANCHOR}."),
        ((" ", " "), f"{ANCHOR}."),
        (("", "x"), f"{ANCHOR}."),
        (("", ""), f"{ANCHOR}."),
        (("", " "), f".{ANCHOR}"),
        (("(", " "), f".{ANCHOR}"),
        (("(", ""), f".{ANCHOR}"),
        (("(", ")"), "."),
    ],
)
def test_a_picture_has_a_space_beside_another_one_or_at_an_end(
    text: str, around: tuple[str, str], expected: str
) -> None:
    assert written(text, around) == expected


@pytest.mark.parametrize("text", ["🚀", "❤\ufe0f", "क्\u200dष", "Ω", "🇽"])
def test_other_text_is_as_it_was(text: str) -> None:
    assert written(text, (" ", " ")) == "."
