"""Entries that are probably one work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.diagnostics import Diagnostic

    Check = Callable[..., list[Diagnostic]]

FIRST = "@misc{a, title = {The Grid of Letters}, author = {Quill, Ada and Rune, Bo}, year = 2021%s}"
SECOND = "@misc{b, title = {%s}, author = {%s}, year = %s%s}"


def pair(
    title: str = "Other",
    who: str = "Vale, Cy",
    year: str = "2021",
    *,
    first: str = "",
    second: str = "",
) -> str:
    return FIRST % first + "\n" + SECOND % (title, who, year, second)


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        (
            pair(first=", doi = {10.1000/Ab}", second=", doi = {https://doi.org/10.1000/aB}"),
            "the same DOI",
        ),
        (
            pair(
                first=", eprinttype = {arxiv}, eprint = {2101.00001}",
                second=", howpublished = {arXiv preprint arXiv:2101.00001}",
            ),
            "the same arXiv number",
        ),
        (
            pair("{THE} grid of {L}{\\'e}tters", "Rune, B.", "2022"),
            "the same title, people in common",
        ),
    ],
)
def test_one_work_twice_is_told_by(text: str, shared: str, found: Check) -> None:
    findings = [f for f in found(text) if f.code not in {"name-spellings", "doi-address"}]
    (finding,) = findings
    assert (finding.code, finding.hint) == (
        "duplicate-work",
        '"a" is in a.bib, line 1; keep one of them',
    )
    assert finding.message == f'"b" is probably the same work as "a": {shared}'
    assert finding.place is not None
    assert finding.place.line == 2


@pytest.mark.parametrize(
    "text",
    [
        pair("The Grid of Letters"),
        pair("The Grid of Letters", "Quill, Ada", "2023"),
        pair("The Grid of Numbers", "Quill, Ada"),
        pair(
            "The Grid of Letters",
            "Quill, Ada",
            first=", journal = {J}, doi = {10.1000/1}",
            second=", journal = {K}, doi = {10.1000/2}",
        ),
        pair(
            "The Grid of Letters",
            "Quill, Ada",
            first=", journal = {J}, volume = 1",
            second=", journal = {J}, volume = 2",
        ),
    ],
)
def test_works_that_share_a_part_are_two(text: str, found: Check) -> None:
    assert found(text) == []


PREPRINT = ", eprinttype = {arxiv}, eprint = {2101.00001}"
PUBLISHED = ", booktitle = {Proceedings of Type}, doi = {10.1000/1}"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (PREPRINT, PUBLISHED, "the published version of the preprint"),
        (PUBLISHED, ", journal = {CoRR}, volume = {abs/2301.00001}", "a preprint of"),
    ],
)
def test_a_preprint_and_what_was_published_are_told_as_such(
    first: str, second: str, told: str, found: Check
) -> None:
    (finding,) = found(
        pair("The Grid of Letters", "Quill, Ada", "2023", first=first, second=second)
    )
    assert finding.code == "preprint-and-published"
    assert finding.message.startswith(f'"b" is probably {told} "a": ')


def test_files_are_compared_with_each_other(found: Check) -> None:
    first, second = pair("The Grid of Letters", "Quill, Ada").split("\n")
    (finding,) = found(first, second)
    assert finding.place is not None
    assert (finding.place.file, finding.hint) == (
        "b.bib",
        '"a" is in a.bib, line 1; keep one of them',
    )


def test_an_entry_without_a_year_may_be_of_any(found: Check) -> None:
    (finding,) = found(pair("The Grid of Letters", "Quill, Ada", '""'))
    assert finding.code == "duplicate-work"
