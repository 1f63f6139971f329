"""Chooses the references that a section shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.select import select
from cvforge.diagnostics import Place
from cvforge.errors import ProfileError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference

    Read = Callable[[str], dict[str, Reference]]

TEXT = """@proceedings{con2024, title={CON}}
@misc{quill2024, title={T}, author={Ada Quill}, crossref={con2024}}
@misc{quill2021, title={T}, author={Ada Quill}}
"""


def keys(references: list[Reference]) -> list[str]:
    return [reference.key for reference in references]


def test_without_keys_all_are_shown_in_the_order_of_the_files_but_mere_parents(read: Read) -> None:
    assert keys(select(read(TEXT), None)) == ["quill2024", "quill2021"]


def test_keys_choose_and_order(read: Read) -> None:
    chosen = select(read(TEXT), [("quill2021", None), ("con2024", None)])
    assert keys(chosen) == ["quill2021", "con2024"]


def test_no_keys_choose_nothing(read: Read) -> None:
    assert select(read(TEXT), []) == []


def test_every_unknown_key_is_refused_at_its_place(read: Read) -> None:
    places = [Place("ada.yaml", line, 9) for line in (1, 2, 3)]
    wanted = ["quill2042", "quill2021", "rune"]
    with pytest.raises(ProfileError) as refused:
        select(read(TEXT), list(zip(wanted, places, strict=True)))
    first, second = refused.value.diagnostics
    assert (first.code, first.place) == ("unknown-publication", places[0])
    assert first.hint == 'did you mean "quill2024"?'
    assert (second.code, second.place) == ("unknown-publication", places[2])
