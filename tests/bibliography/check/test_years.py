"""Years that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.diagnostics import Diagnostic

    Check = Callable[..., list[Diagnostic]]

ENTRY = "@misc{q, title = {Type}, author = {Quill, Ada}, %s}"
ARXIV = "eprinttype = {arxiv}, eprint = "


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("year = 2020, booktitle = {Proceedings of Type 2019}", '2020, but "booktitle" says 2019'),
        ("date = {2020-03}, eventtitle = {ICTT '21}", '2020, but "eventtitle" says 2021'),
        ("year = 2020, series = {ICTT ’19}", '2020, but "series" says 2019'),
        ("year = 2020, booktitle = {Type}, eventdate = {2021}", "2020, but the event was in 2021"),
        ("year = 2024, booktitle = {Type}, eventdate = {2021}", "2024, but the event was in 2021"),
        ("date = {2021-05}, year = 2020", '2021, but "year" says 2020'),
        (f"year = 2024, {ARXIV}{{1901.00001}}", "2024, but its arXiv number is of 2019"),
        (f"year = 2017, {ARXIV}{{1901.00001}}", "2017, but its arXiv number is of 2019"),
        (f"year = 2018, {ARXIV}{{1902.00001}}", "2018, but its arXiv number is of 2019"),
        ("year = 2024, doi = {10.48550/arXiv.1901.00001}", "2024, but its arXiv number is of 2019"),
        (f"year = 1999, {ARXIV}{{math/9801001}}", "1999, but its arXiv number is of 1998"),
        ("year = 2024, howpublished = {Type}, doi = {10.1000/cvtt.2019.0001}",
         "2024, but its DOI says 2019"),
    ],
)  # fmt: skip
def test_a_contradiction_is_told(fields: str, told: str, found: Check) -> None:
    (finding,) = found(ENTRY % fields)
    assert finding.code == "year-mismatch"
    assert finding.message == f'the year of "q" is {told}'


@pytest.mark.parametrize(
    "fields",
    [
        "year = 2019, booktitle = {Proceedings of Type 2019}",
        "year = 2019, booktitle = {Type 2018--2019}",
        "year = 2019, booktitle = {The 2500th Meeting at Room 1234}",
        "year = 2020, booktitle = {Type 2019}, eventdate = {2019-12-01/2019-12-03}",
        "year = 2019, booktitle = {Type '19}",
        "booktitle = {Type 2019}",
        f"year = 2024, booktitle = {{Type}}, {ARXIV}{{1901.00001}}",
        f"year = 2018, {ARXIV}{{1901.00001}}",
        f"year = 2021, {ARXIV}{{1905.00001v3}}",
        "year = 2020, howpublished = {Type}, doi = {10.1000/cvtt.2019.0001}",
        "year = 2024, howpublished = {Type}, doi = {10.1000/2019}",
    ],
)
def test_what_agrees_is_silent(fields: str, found: Check) -> None:
    assert found(ENTRY % fields) == []


def test_the_place_is_the_year(found: Check) -> None:
    (finding,) = found(ENTRY % "booktitle = {Type 2019},\n  year = {2020}")
    assert finding.place is not None
    assert (finding.place.line, finding.place.column, finding.place.length) == (2, 11, 4)
