"""Names that are written in several ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.diagnostics import Diagnostic

    Check = Callable[..., list[Diagnostic]]


def entries(*names: str) -> str:
    """Return a line with an entry for each author."""
    return "\n".join(
        f"@misc{{k{number}, title = {{Work number {number}}}, author = {{{name}}}}}"
        for number, name in enumerate(names)
    )


@pytest.mark.parametrize(
    "names",
    [
        ("Quill, Ada", "Quill, A."),
        ("Quill, Ada M.", "Ada Quill"),
        ("Quill, Ada Mary", "Quill, A. M.", "Quill, A."),
        ("Quill, Ada Mary", "Quill, AM"),
        ("Müller, Eva", "Muller, Eva"),
        ("Müller, Eva", "Mueller, Eva"),
        ("Mueller, Eva", r'M{\"u}ller, E.'),
        ("Sørby, Eva", "Sorby, Eva"),
        ("Quill, Ada", "QUILL, ADA"),
        ("Rune, Jing-Zhao", "Rune, Jingzhao", "Rune, Jing Zhao"),
        ("van der Rune, Bo", "Van der Rune, Bo"),
        ("MacRune, Bo", "Mac Rune, Bo"),
    ],
)  # fmt: skip
def test_one_person_in_several_ways_is_told_once(names: tuple[str, ...], found: Check) -> None:
    (finding,) = found(entries(*names))
    assert finding.code == "name-spellings"
    assert f"in {len(names)} ways" in finding.message


@pytest.mark.parametrize(
    "names",
    [
        ("Quill, Ada", "Quill, Bo"),
        ("Quill, Ada", "Rune, Ada"),
        ("Quill, Ada", "Quill, Anna", "Quill, A."),
        ("Quill, Ada Mary", "Quill, Ada"),
        ("Quill, Ada M.", "Quill, Ada B."),
        ("Quill, A.M.", "Quill, A. M.", "Quill, A M"),
        ("Bauer, Eva", "Baur, Eva"),
        ("Quill, Ada", "Quill, Jr, Ada"),
        ("李, 明", "李, 明华"),
        ("{Type Society}", "{type society}"),
        ("Quill, Ada", "Quill, Ada"),
    ],
)
def test_who_may_be_several_people_is_left_alone(names: tuple[str, ...], found: Check) -> None:
    assert found(entries(*names)) == []


def test_the_finding_counts_and_places_the_spellings(found: Check) -> None:
    names = ("Rune, Bo and Quill, Ada", "Quill, Ada", "Vale, Cy and Quill, A.", "Quill, A. M.")
    (finding,) = found(entries(*names))
    assert finding.message == (
        'one person may be written in 3 ways: "Quill, Ada" (2), "Quill, A." (1), "Quill, A. M." (1)'
    )
    assert finding.hint == (
        'choose one of them: "Quill, Ada" is first in a.bib, line 1; '
        '"Quill, A. M." is first in a.bib, line 4'
    )
    assert finding.place is not None
    line = entries(*names).split("\n")[2]
    assert (finding.place.line, finding.place.column) == (3, line.index("Quill") + 1)


def test_a_swapped_order_is_told(found: Check) -> None:
    (finding,) = found(entries("Quill, Ada", "Quill, Ada", "Ada, Quill"))
    assert finding.code == "name-order"
    assert finding.message == '"Ada, Quill" (1) may be "Quill, Ada" (2), swapped'
    assert finding.place is not None
    assert finding.place.line == 3


def test_an_inherited_name_counts_once(found: Check) -> None:
    text = (
        "@incollection{a, title = {One}, author = {Vale, Cy}, crossref = {c}}\n"
        "@incollection{b, title = {Two}, author = {Vale, Cy}, crossref = {c}}\n"
        "@collection{c, title = {C}, editor = {Quill, A.}, publisher = {P}, year = 2021}\n"
    )
    (finding,) = found(text + entries("Quill, Ada"))
    assert '"Quill, A." (1), "Quill, Ada" (1)' in finding.message
