"""Names as styles order them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvforge.bibliography.csl.names import OTHERS, NameForm, Person, initials

FORM = NameForm(
    form="long",
    delimiter=", ",
    and_term="and",
    et_al="et al.",
    et_al_min=0,
    et_al_use_first=1,
    et_al_use_last=False,
    delimiter_precedes_et_al="contextual",
    delimiter_precedes_last="contextual",
    initialize=True,
    initialize_with=None,
    initialize_with_hyphen=True,
    name_as_sort_order=None,
    sort_separator=", ",
    demote="display-and-sort",
    given_part=lambda text: text,
    family_part=lambda text: text,
)
ADA, BO, CLEO, DORA = (Person(family=name) for name in ("Ada", "Bo", "Cleo", "Dora"))


@pytest.mark.parametrize(
    ("given", "mark", "expected"),
    [
        ("Ada Maria", ". ", "A. M."),
        ("Ada Maria", ".", "A.M."),
        ("Ada Maria", "", "AM"),
        ("A. M.", ". ", "A. M."),
        ("A.M.", ". ", "A. M."),
        ("Jean-Pierre", ". ", "J.-P."),
        ("J.-P.", ".", "J.-P."),
        ("JP", ". ", "J. P."),
        ("Ada de Maria", ". ", "A. de M."),
        ("Élodie", ". ", "É."),
        ("Ольга", ". ", "О."),
        ("靖", ". ", "靖"),
        ("", ". ", ""),
    ],
)
def test_given_names_become_initials(given: str, mark: str, expected: str) -> None:
    assert initials(given, mark, hyphen=True, names_too=True) == expected


@pytest.mark.parametrize(
    ("given", "expected"), [("Ada M", "Ada M."), ("AM", "A. M."), ("Jean-Pierre", "Jean-Pierre")]
)
def test_whole_names_may_stay(given: str, expected: str) -> None:
    assert initials(given, ". ", hyphen=True, names_too=False) == expected


def test_a_hyphen_may_vanish() -> None:
    assert initials("Jean-Pierre", "", hyphen=False, names_too=True) == "JP"


@pytest.mark.parametrize(
    ("people", "changed", "expected"),
    [
        ([ADA], {}, "Ada"),
        ([ADA, BO], {}, "Ada and Bo"),
        ([ADA, BO, CLEO], {}, "Ada, Bo, and Cleo"),
        ([ADA, BO, CLEO], {"delimiter_precedes_last": "never"}, "Ada, Bo and Cleo"),
        ([ADA, BO], {"delimiter_precedes_last": "always"}, "Ada, and Bo"),
        ([ADA, BO, CLEO], {"and_term": None, "delimiter": "; "}, "Ada; Bo; Cleo"),
        ([ADA, OTHERS], {}, "Ada et al."),
        ([ADA, BO, OTHERS], {}, "Ada, Bo, et al."),
        ([ADA, BO, OTHERS], {"et_al_min": 3}, "Ada et al."),
        ([ADA, BO, CLEO], {"et_al_min": 3}, "Ada et al."),
        ([ADA, BO, CLEO], {"et_al_min": 3, "delimiter_precedes_et_al": "always"}, "Ada, et al."),
        ([ADA, BO, CLEO], {"et_al_min": 4}, "Ada, Bo, and Cleo"),
        ([ADA, BO, CLEO, DORA], {"et_al_min": 4, "et_al_use_last": True}, "Ada, … Dora"),
        ([ADA, BO], {"et_al_min": 2, "et_al_use_last": True}, "Ada et al."),
        ([ADA, BO, OTHERS], {"et_al_min": 2, "et_al_use_last": True}, "Ada et al."),
    ],
)
def test_a_list_is_joined_and_cut(
    people: list[Person], *, changed: dict[str, object], expected: str
) -> None:
    assert replace(FORM, **changed).listed(people) == expected  # type: ignore[arg-type]  # a table


VAN = Person(given="Cleo", particle="van der", family="Beek", suffix="Jr")


@pytest.mark.parametrize(
    ("person", "changed", "expected"),
    [
        (VAN, {}, "Cleo van der Beek Jr"),
        (VAN, {"name_as_sort_order": "all"}, "Beek, Cleo van der, Jr"),
        (VAN, {"name_as_sort_order": "all", "demote": "never"}, "van der Beek, Cleo, Jr"),
        (VAN, {"name_as_sort_order": "all", "demote": "sort-only"}, "van der Beek, Cleo, Jr"),
        (VAN, {"form": "short"}, "van der Beek"),
        (Person(given="靖", family="许"), {"initialize_with": ". "}, "许靖"),
        (Person(given="ANNA", family="RUNE"), {"initialize_with": ". "}, "A. RUNE"),
        (Person(body="The Quill Group"), {"name_as_sort_order": "all"}, "The Quill Group"),
    ],
)
def test_the_parts_of_a_name_have_their_order(
    person: Person, *, changed: dict[str, object], expected: str
) -> None:
    assert replace(FORM, **changed).listed([person]) == expected  # type: ignore[arg-type]  # a table
