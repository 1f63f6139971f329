"""Findings: their order, their places and the names that they suggest."""

from __future__ import annotations

import pytest

from cvforge.diagnostics import Diagnostic, Place, Severity, did_you_mean, nearest
from cvforge.errors import CvforgeError, ProfileError

LINE = Place("ada.yaml", 3, 7, 20, "text: one two one")


@pytest.mark.parametrize(
    ("fragment", "column", "length"),
    [
        ("one", 7, 3),
        ("two", 11, 3),
        ("two one", 11, 7),
        ("text", 7, 20),
        ("three", 7, 20),
        ("", 7, 20),
    ],
)
def test_a_place_is_narrowed_to_a_fragment_that_follows(
    fragment: str, column: int, length: int
) -> None:
    narrowed = LINE.narrowed(fragment)
    assert (narrowed.line, narrowed.column, narrowed.length) == (3, column, length)


def test_places_are_ordered_by_file_line_and_column() -> None:
    places = [Place("b", 1, 1), Place("a", 10, 1), Place("a", 2, 9), Place("a", 2, 1)]
    assert sorted(places) == list(reversed(places))


def test_places_are_the_same_where_they_begin_at_the_same_character() -> None:
    assert Place("a", 1, 2, 3, "text") == Place("a", 1, 2)
    assert Place("a", 1, 2) != Place("a", 1, 3)


def test_an_error_orders_its_findings_and_begins_with_those_without_a_place() -> None:
    late, early, nowhere = (
        Diagnostic("late", "late", Place("a", 9, 1)),
        Diagnostic("early", "early", Place("a", 1, 1)),
        Diagnostic("nowhere", "nowhere"),
    )
    error = ProfileError([late, early, nowhere])
    assert error.diagnostics == (nowhere, early, late)
    assert str(error) == "nowhere; early; late"


def test_a_finding_is_an_error_unless_it_is_said_to_be_a_warning() -> None:
    assert Diagnostic("a", "b").severity is Severity.ERROR


def test_one_finding_makes_an_error_of_its_class() -> None:
    error = ProfileError.one("empty", "the file is empty", place=LINE, hint="write it")
    assert isinstance(error, ProfileError)
    assert error.diagnostics == (Diagnostic("empty", "the file is empty", LINE, "write it"),)


def test_every_error_has_an_exit_status_of_its_own() -> None:
    kinds = CvforgeError.__subclasses__()
    statuses = {kind.exit_status for kind in kinds}
    assert len(kinds) >= 8
    assert len(statuses) == len(kinds)
    assert not statuses & {0, 1, 2}


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("tittle", ["title", "tags"], "title"),
        ("Title", ["title", "tags"], "title"),
        ("alpah", ["Alpha", "alpha"], "alpha"),
        ("Alpah", ["Alpha", "alpha"], "Alpha"),
        ("PI", ["Pi", "pI"], "Pi"),
        ("colour", ["title", "tags"], None),
        ("title", [], None),
        ("", ["title"], None),
    ],
)
def test_the_nearest_name_is_found_whatever_its_capitals(
    name: str, known: list[str], near: str | None
) -> None:
    assert nearest(name, known) == near
    assert nearest(name, reversed(known)) == near


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("tittle", ["title", "tags"], 'did you mean "title"?'),
        ("colour", ["title", "tags"], "known here: tags, title"),
        ("colour", [], "nothing is known here"),
    ],
)
def test_a_hint_names_the_nearest_or_all(name: str, known: list[str], hint: str) -> None:
    assert did_you_mean(name, iter(known)) == hint
