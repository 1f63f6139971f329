"""One sentence about a list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.house.summary import summarize
from cvforge.bibliography.owner import Owner, owner_positions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cvforge.bibliography.reference import Reference

    Read = Callable[[str], dict[str, Reference]]

MINE = partial(owner_positions, owner=Owner(("Ada Quill",)))
FIRST = "author={Ada Quill and Bo Rune}"
EQUAL = "author={Bo Rune and Ada Quill}, author+an={1=equal; 2=equal}"
LAST = "author={Bo Rune and Ada Quill}"


def summary(read: Read, entries: Iterable[str], language: str = "en") -> str:
    text = "".join(f"@misc{{k{n}, title={{T}}, {entry}}}\n" for n, entry in enumerate(entries))
    return summarize(list(read(text).values()), MINE, language=language)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], ""),
        ([LAST], "1 publication"),
        ([FIRST], "1 publication, 1 as first author"),
        ([EQUAL], "1 publication, 1 as first or equal-first author"),
        ([FIRST, EQUAL, LAST], "3 publications, 2 as first or equal-first author"),
    ],
)
def test_how_many_there_are_and_how_many_are_led(
    read: Read, entries: list[str], expected: str
) -> None:
    assert summary(read, entries) == expected


def test_venues_are_counted_by_their_short_names(read: Read) -> None:
    series = ["COLT 2024", "Neurips 2023", "ICML 2025", "NeurIPS 2024", "ICML 2024", "LNCS"]
    entries = [f"{LAST}, series={{{each}}}" for each in series]
    assert summary(read, entries) == "6 publications; Neurips 2, ICML 2, COLT 1"
    entries += [f"{FIRST}, booktitle={{NeurIPS 2022}}", f"{FIRST}, howpublished={{Talk}}"]
    expected = "8 publications, 2 as first author; NeurIPS 3, ICML 2, COLT 1"
    assert summary(read, entries) == expected


def test_of_many_venues_the_first_six_are_named(read: Read) -> None:
    entries = [f"{LAST}, series={{{each}ON 2024}}" for each in "ABCDEFGH"]
    assert summary(read, entries).endswith("; AON 1, BON 1, CON 1, DON 1, EON 1, FON 1")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "2 Publikationen, davon 2 in (geteilter) Erstautorschaft; CON 1"),
        ("fr", "2 publications, dont 2 comme premier ou co-premier auteur\u00a0; CON 1"),
        ("pl", "2 publikacje, 2 jako pierwszy lub równorzędny pierwszy autor; CON 1"),
        ("zh", "2篇论文，其中2篇为第一作者或共同第一作者；CON 1"),
    ],
)
def test_the_sentence_is_worded(read: Read, language: str, expected: str) -> None:
    assert summary(read, [f"{FIRST}, series={{CON 2024}}", EQUAL], language) == expected
