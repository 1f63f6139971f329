"""Short names of journals and conferences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.house.short_names import series_is_short, short_name, without_year

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference

    Read = Callable[[str], dict[str, Reference]]


def entry(read: Read, fields: str) -> Reference:
    return read(f"@misc{{a, title={{T}}, author={{Ada Quill}}, {fields}}}")["a"]


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        ("ICML 2025", True),
        ("Neurips 2024", True),
        ("KDD '24", True),
        ("CHI’24", True),
        ("SIAM SODA 2024", True),
        ("TTODLer-FM", True),
        ("COLT", True),
        ("LNCS", False),
        ("CEUR-WS", False),
        ("Invented Series", False),
        ("Proceedings of Invented Research 2024", False),
        ("Studies", False),
        ("2", False),
        ("2024", False),
    ],
)
def test_a_series_may_be_the_name_of_the_conference(
    read: Read, series: str, *, expected: bool
) -> None:
    assert series_is_short(entry(read, f"series={{{series}}}")) is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("journal={Journal of Invented Results}, shortjournal={JIR}", "JIR"),
        ("booktitle={Third Conference}, shortbooktitle={CON}, series={CON 2024}", "CON"),
        ("booktitle={Third Conference}, series={CON 2024}", "CON 2024"),
        ("booktitle={Third Conference}, series={LNCS}", ""),
        ("booktitle={NeurIPS 2024}", "NeurIPS 2024"),
        ("journal={Nature}", "Nature"),
        ("journal={Invented Results}", ""),
        ("howpublished={Talk}", ""),
    ],
)
def test_the_short_name_of_where_it_came_out(read: Read, fields: str, expected: str) -> None:
    assert short_name(entry(read, fields)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("ICML 2025", "ICML"), ("ICML'25", "ICML"), ("2025 ICML", "ICML"), ("KDD ’24", "KDD"),
     ("CON-2024", "CON"), ("ICML 2025 Workshop", "ICML Workshop"), ("Web3", "Web3")],
)  # fmt: skip
def test_a_name_without_its_year(name: str, expected: str) -> None:
    assert without_year(name) == expected
