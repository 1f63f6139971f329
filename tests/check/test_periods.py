"""Dates and periods in extracted texts, in any language and whatever way a line was read."""

from __future__ import annotations

import pytest

from cvforge.check.periods import periods, undated


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (
            "en",
            "Apr 2023 – present, 2019.9 – 2022.6 in 2018",
            "Apr 2023 – present|2019.9 – 2022.6|2018",
        ),
        ("en", "3 Mar 2019 – 4 Jun 2020", "3 Mar 2019 – 4 Jun 2020"),
        ("en", "Mar 3, 2019 – Jun 4, 2020", "Mar 3, 2019 – Jun 4, 2020"),
        ("ja", "2019年3月 – 2023年6月", "2019年3月 – 2023年6月"),
        ("ko", "2019년 3월 – 현재", "2019년 3월 – 현재"),
        ("hu", "2019. márc. – 2020. ápr.", "2019. márc. – 2020. ápr."),
        ("pt-BR", "mar. de 2019 – jun. de 2023", "mar. de 2019 – jun. de 2023"),
        ("he", "מרץ 2019 – יוני 2023", "מרץ 2019 – יוני 2023"),
        ("ar", "مارس 2019 – يونيو 2023", "مارس 2019 – يونيو 2023"),
        ("", "12.2019-3.2020", "12.2019-3.2020"),
        ("x-none", "2019", "2019"),
    ],
)
def test_months_are_known_by_the_names_of_the_language(
    language: str, text: str, found: str
) -> None:
    assert "|".join(periods(text, language=language)) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("he", "2019 – 2015 Example Press", ["2015 – 2019"]),
        ("en", "2019 – 2015", ["2019 – 2015"]),
        ("ar", "2015 – 2019", ["2015 – 2019"]),
        ("he", "2019.9 – 2019.3", ["2019.3 – 2019.9"]),
        ("ar", "2019 فبراير – 2015 يناير Example Press", ["يناير 2015 – فبراير 2019"]),
        ("ar", "2015 – present", ["2015 – present"]),
    ],
)
def test_a_period_that_was_read_from_its_end_is_turned_where_the_language_runs_leftward(
    language: str, text: str, found: list[str]
) -> None:
    assert list(periods(text, language=language)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in 2019 –\n2020 and", ["2019 – 2020"]),
        ("ends 2021\n2020 begins", ["2021", "2020"]),
        ("of 2021\n– 2020", ["2021", "2020"]),
    ],
)
def test_a_period_is_of_one_line_or_goes_on_after_its_dash(text: str, found: list[str]) -> None:
    assert list(periods(text, language="en")) == found


@pytest.mark.parametrize(
    ("wanted", "found", "lacking"),
    [
        ("2015 – 2019", ["2015 – 2019"], []),
        ("2015 – 2019", ["2019 – 2015"], ["2015 – 2019"]),
        ("2015 – 2019", ["2015", "2019"], ["2015 – 2019"]),
        ("2015, 2019", ["2015", "2019"], []),
        ("since 2015", ["2016"], ["since 2015"]),
        ("some day", [], []),
    ],
)
def test_a_period_must_be_found_whole(wanted: str, found: list[str], lacking: list[str]) -> None:
    assert list(undated([wanted], found, language="en")) == lacking
