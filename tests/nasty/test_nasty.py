"""The nasty strings: each printed and read by machines as it was typed, or refused by name."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from corpus import as_code, corpus, escaped
from trial import SHORT, as_it_is, as_link, changed, findings, made_of, unread, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cvforge.engine.texlive import TexLive


def test_the_corpus_is_large_and_nothing_in_it_stands_twice() -> None:
    texts = [nasty.text for nasty in corpus()]
    assert len(texts) == len(set(texts))
    assert len(texts) >= 520


def test_what_must_be_refused_is_refused_by_name_at_its_place() -> None:
    for nasty in corpus():
        if nasty.fate != "refused":
            continue
        found = findings(nasty.text)
        assert nasty.code in {"", *(f.code for f in found)}, ascii(nasty.text)
        for finding in found:
            names = {f"U+{ord(character):04X}" for character in nasty.text}
            assert finding.message.split()[0] in names, ascii(nasty.text)
            assert finding.place is not None
            assert finding.hint


WAYS = {
    "as text": (escaped,),
    "as code and links": (as_code, as_link),
    "as it is": (as_it_is,),
}


@pytest.mark.parametrize("ways", WAYS.values(), ids=WAYS)
def test_what_must_print_is_read_as_it_was_typed(
    ways: tuple[Callable[[str], str], ...], tex: TexLive, tmp_path: Path
) -> None:
    strings = written([n.text for n in corpus() if n.must_print], *ways)
    made = made_of(strings, tex, tmp_path)
    assert [ascii(each.markdown) for each in made.refused if each.way is not as_it_is] == []
    assert changed(made) == []
    assert unread(made, tmp_path) == []


def test_long_words_are_read_whole(tex: TexLive, tmp_path: Path) -> None:
    """Every line break is undone by pdfium, in the build; poppler takes away typed hyphens."""
    long = {n.text: n.must_print for n in corpus() if len(n.text) > SHORT}
    made = made_of(written(long, escaped, most=20_000), tex, tmp_path)
    assert [ascii(each.text)[:80] for each in made.refused if long[each.text]] == []
    assert changed(made) == []


@pytest.mark.parametrize("right_to_left", [False, True])
def test_all_others_are_read_as_they_were_typed_or_refused_by_name(
    *, right_to_left: bool, tex: TexLive, tmp_path: Path
) -> None:
    """By name means: by the rule of its characters, or for its look, at its place."""
    others = [n.text for n in corpus() if not n.must_print]
    others = [text for text in others if is_right_to_left(text) == right_to_left]
    others.append("Plain words, so that something is left")
    made = made_of(written(others, escaped, as_code, as_link, as_it_is), tex, tmp_path)
    assert changed(made) == []
    assert unread(made, tmp_path) == []
    assert right_to_left or len(made.strings) > len(made.refused)


def is_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(c) in {"R", "AL", "AN"} for c in text)
