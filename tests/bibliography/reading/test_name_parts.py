"""Names that are split without bibtexparser are split as it would."""

from __future__ import annotations

import sys

import pytest
from bibtexparser.middlewares.names import parse_single_name_into_parts
from hypothesis import given
from hypothesis import strategies as st

from cvforge.bibliography.reading.name_parts import split_name

words = st.from_regex(r"[A-Za-zÉéß.][A-Za-zéÉ.'’ß-]{0,6}", fullmatch=True)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)
written = names | st.tuples(names, names).map(", ".join)


@given(written)
def test_a_name_has_the_same_parts_in_both_ways(name: str) -> None:
    parts = parse_single_name_into_parts(name)
    if {"and", "others"}.isdisjoint((*parts.first, *parts.von, *parts.last, *parts.jr)):
        expected = (parts.first, parts.von, parts.last, parts.jr)
        assert split_name(name) == tuple(" ".join(part) for part in expected)


@pytest.mark.parametrize(
    "name", ["Ada Quill", "Quill, Ada M.-B.", "Quill", "Ada Brinch Quill", "Brinch Quill, Ada"]
)
def test_a_plain_name_asks_nobody(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bibtexparser.middlewares.names", None)
    assert split_name(name) is not None


@pytest.mark.parametrize(
    "name", ["Ada van Quill", "van Quill, Ada", "{Quill and Sons}", r"Bego\~na Quill", "É Quill"]
)
def test_another_name_does(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bibtexparser.middlewares.names", None)
    with pytest.raises(ImportError):
        split_name(name)
