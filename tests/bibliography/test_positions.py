"""Where the owner stands among the authors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.owner import Owner, owner_positions
from cvforge.bibliography.positions import is_corresponding, position

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference

    Read = Callable[[str], dict[str, Reference]]

MINE = partial(owner_positions, owner=Owner(("Ada Quill",)))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("author={Ada Quill}", "first"),
        ("author={Ada Quill and Bo Rune}", "first"),
        ("author={Ada Quill and Bo Rune}, author+an={1=equal; 2=equal}", "first"),
        ("author={Bo Rune and Ada Quill}, author+an={1=equal; 2=equal}", "equal-first"),
        ("author={Bo Rune and C. Vellum and Ada Quill}, author+an={1=equal; 2=equal; 3=equal}",
         "equal-first"),
        ("author={Bo Rune and C. Vellum and Ada Quill}, author+an={1=equal; 3=equal}", "last"),
        ("author={Bo Rune and Ada Quill and C. Vellum}, author+an={2=equal; 3=equal}", "middle"),
        ("author={Bo Rune and Ada Quill}", "last"),
        ("author={Bo Rune and Ada Quill and others}", "middle"),
        ("author={Bo Rune}", ""),
        ("editor={Ada Quill}", ""),
    ],
)  # fmt: skip
def test_the_position_of_the_owner(read: Read, fields: str, expected: str) -> None:
    assert position(read(f"@book{{a, title={{T}}, {fields}}}")["a"], MINE) == expected


@pytest.mark.parametrize(
    ("annotations", "expected"),
    [("2=corresponding", True), ("2={corresponding, equal}", True), ("1=corresponding", False)],
)
def test_the_owner_may_be_the_corresponding_author(
    read: Read, annotations: str, *, expected: bool
) -> None:
    text = "@misc{a, title={T}, author={Bo Rune and Ada Quill}, author+an={%s}}"
    text %= annotations.replace("{", "").replace("}", "")
    assert is_corresponding(read(text)["a"], MINE) is expected
