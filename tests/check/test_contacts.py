"""What a simple reader finds in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.check.contacts import Reading, read, reading_findings
from cvforge.check.expected import expect
from cvforge.diagnostics import Severity

if TYPE_CHECKING:
    from cvforge.cv import Cv

LINES = (
    "Ada Quill 奎爱达",
    "Type designer",
    "Tel (+86) 10 5555 0100 · ada.quill@example.org · quill.example.org · https://code.example/a",
    "Experience",
    "Example Press Apr 2023 – present",
    "Designer 2019.9 – 2022.6",
    "Set 12,000 pages in 2018.",
    "Education",
    "Academy 2015–2018",
)


def test_all_that_a_reader_asks_for_is_found() -> None:
    assert read(LINES) == Reading(
        name="Ada Quill 奎爱达",
        emails=("ada.quill@example.org",),
        phones=("(+86) 10 5555 0100",),
        links=("quill.example.org", "https://code.example/a"),
        headings=("Experience", "Education"),
        dates=("Apr 2023 – present", "2019.9 – 2022.6", "2018", "2015–2018"),
    )


@pytest.mark.parametrize(
    "number",
    ["+1 555 0100", "(+44) 20 7946 0000", "+49-30-5550100", "(020) 7946 0000", "555-0100-22"],
)
def test_telephone_numbers_are_found_as_written(number: str) -> None:
    assert read(["Ada", f"Tel {number} · x"]).phones == (number,)


@pytest.mark.parametrize(
    "text", ["2015-2018", "0000-0000-0000-0000", "arXiv:2601.00000", "12345", "a.b/1234567"]
)
def test_other_numbers_are_no_telephone_numbers(text: str) -> None:
    assert read(["Ada", text]).phones == ()


@pytest.mark.parametrize("text", ["e.g. this", "Ph.D. in B.S.", "ada@example.org", "1.1 of 2.0"])
def test_what_only_looks_like_a_link_is_none(text: str) -> None:
    assert read(["Ada", text]).links == ()


@pytest.mark.parametrize("line", ["Education and more of it, of course", "education", "Skills:"])
def test_a_heading_is_a_short_line(line: str) -> None:
    assert read(["Ada", line]).headings == ()


def test_an_empty_text_has_nothing() -> None:
    assert read([]) == Reading("", (), (), (), (), ())


def test_what_the_cv_says_and_no_reader_finds_is_a_warning(small_cv: Cv) -> None:
    found = list(reading_findings(read(["Curriculum", "tel 15550100"]), expect(small_cv)))
    assert {each.severity for each in found} == {Severity.WARNING}
    messages = "\n".join(each.message for each in found)
    assert 'the name "Ada Quill"' in messages
    assert '"+15550100" is not found' in messages  # the plus counts
    assert '"ada@example.org" is not found' in messages
    assert 'the heading "Skills"' in messages
    assert '"2019 – 2024" is not found' in messages
