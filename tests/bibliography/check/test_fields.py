"""Fields that an entry must have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.diagnostics import Diagnostic

    Check = Callable[..., list[Diagnostic]]

WHO = "title = {Type}, author = {Quill, Ada}"


@pytest.mark.parametrize(
    ("entry", "lacking"),
    [
        ("@article{q, %s}", '"journal" and "year"'),
        ("@article{q, %s, journal = {J}}", '"year"'),
        ("@inproceedings{q, %s, year = 2021}", '"booktitle"'),
        ("@conference{q, %s, booktitle = {B}}", '"year"'),
        ("@book{q, %s, year = 2021}", '"publisher"'),
        ("@book{q, %s}", '"year" and "publisher"'),
        ("@inbook{q, %s, publisher = {P}, year = 2021}", '"booktitle"'),
        ("@incollection{q, %s, publisher = {P}, year = 2021}", '"booktitle"'),
        ("@collection{q, %s, date = 2021}", '"editor"'),
        ("@phdthesis{q, %s, year = 2021}", '"school"'),
        ("@phdthesis{q, title = {T}, editor = {Quill, Ada}, school = {S}, year = 1}", '"author"'),
        ("@techreport{q, %s, year = 2021}", '"school"'),
        ("@thesis{q, %s, school = {S}, date = 2021}", '"type"'),
        ("@online{q, %s, date = 2021}", '"url"'),
        ("@www{q, %s, url = {https://a.example}}", '"year"'),
        ("@patent{q, %s, year = 2021}", '"number"'),
        ("@unpublished{q, %s}", '"note"'),
    ],
)  # fmt: skip
def test_what_a_type_asks_for_is_missed(entry: str, lacking: str, found: Check) -> None:
    (finding,) = found(entry.replace("%s", WHO))
    assert finding.code == "missing-field"
    assert finding.message.endswith(f" lacks {lacking}")


@pytest.mark.parametrize(
    "entry",
    [
        "@article{q, %s, journaltitle = {J}, date = {2021-05}}",
        "@article{q, %s, note = {to appear}}",
        "@article{q, %s, pubstate = {submitted}}",
        "@book{q, %s, date = 2021}",
        "@book{q, title = {T}, editor = {Quill, Ada}, publisher = {P}, year = 2021}",
        "@inbook{q, %s, chapter = 3, publisher = {P}, year = 2021}",
        "@phdthesis{q, %s, institution = {S}, date = 2021}",
        "@misc{q, %s}",
        "@manual{q, %s}",
        "@software{q, %s}",
        "@online{q, %s, urldate = {2021-05-01}, url = {https://a.example}}",
        "@inproceedings{q, %s, crossref = {p}}\n@proceedings{p, title = {P}, year = 2021}",
        "@misc{q, %s, crossref = {p}} @proceedings{p, title = {P}}",
    ],
)
def test_alternatives_inherited_fields_and_what_is_not_out_yet_are_enough(
    entry: str, found: Check
) -> None:
    assert found(entry.replace("%s", WHO)) == []


def test_the_way_out_names_the_alternatives_and_the_place_is_the_key(found: Check) -> None:
    (finding,) = found(f"@article{{quill,\n {WHO}, eprint = {{2101.00001}}, journal = {{J}}}}")
    assert finding.place is not None
    assert (finding.place.line, finding.place.column, finding.place.length) == (1, 10, 5)
    assert finding.hint == (
        "add year = {…} or date = {…}; "
        "a preprint that stands nowhere else is @misc or @online"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "hint"),
    [("artcle", "did you mean @article?"), ("zz", "@misc is for what has no type of its own")],
)
def test_a_type_that_is_none_is_told(kind: str, hint: str, found: Check) -> None:
    (finding,) = found(f"@{kind}{{q, {WHO}}}")
    assert (finding.code, finding.hint) == ("unknown-type", hint)
