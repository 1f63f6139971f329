"""The headings of parts of a list that the profile does not word itself."""

from __future__ import annotations

import pytest

from cvforge.bibliography.house.headings import heading
from cvforge.bibliography.select import REST


@pytest.mark.parametrize(
    ("name", "by", "language", "expected"),
    [
        ("article", "type", "en", "Journal articles"),
        ("bookinbook", "type", "de-AT", "Buchkapitel"),
        ("proceedings", "type", "it", "Curatele"),
        ("software", "type", "pl", "Oprogramowanie"),
        ("thesis", "type", "tlh", "Theses"),
        ("performance", "type", "ja", "その他"),
        (REST, "type", "nl", "Overige"),
        (REST, "keyword", "en", "Other"),
        (REST, "year", "sv", "Utan årtal"),
        ("2024", "year", "de", "2024"),
        ("article", "keyword", "de", "article"),
    ],
)
def test_types_and_the_rest_are_worded_and_all_else_names_itself(
    name: str, by: str, language: str, expected: str
) -> None:
    assert heading(name, by=by, language=language) == expected
