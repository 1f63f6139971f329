"""All checks of a bibliography together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.check import check, duplicates, people
from cvforge.diagnostics import Severity

if TYPE_CHECKING:
    from types import ModuleType

GOOD = b"@misc{good, title = {Type}, author = {Quill, Ada}, doi = {https://doi.org/10.1000/1}}\n"
BAD = b"@misc{bad, title = {The \\zzz}, author = {Quill, Ada}}\n"
LAST = b"@article{last, title = {Ink}, author = {Quill, Ada}}\n"


def test_what_cannot_be_read_is_an_error_and_the_rest_is_looked_over() -> None:
    report = check([("a.bib", GOOD + BAD + LAST)])
    assert [(f.code, f.severity, f.place and f.place.line) for f in report.findings] == [
        ("doi-address", Severity.WARNING, 1),
        ("unknown-macro", Severity.ERROR, 2),
        ("missing-field", Severity.WARNING, 3),
    ]
    assert report.entries == {"a.bib": 3}


def test_a_file_that_is_no_text_is_an_error_beside_the_others() -> None:
    report = check([("a.bib", b"\x00\x01\x02"), ("b.bib", LAST)])
    assert {(f.severity, f.place and f.place.file) for f in report.findings} == {
        (Severity.ERROR, "a.bib"),
        (Severity.WARNING, "b.bib"),
    }
    assert report.entries == {"a.bib": 0, "b.bib": 1}


def test_what_is_left_out_for_the_sake_of_a_broken_entry_is_an_error_too() -> None:
    child = b"@inproceedings{child, title = {A}, author = {Quill, Ada}, crossref = {parent}}\n"
    parent = b"@proceedings{parent, title = {The \\zzz}, year = 2021}\n"
    report = check([("a.bib", child + parent)])
    assert [(f.code, f.severity) for f in report.findings] == [
        ("broken-source", Severity.ERROR),
        ("unknown-macro", Severity.ERROR),
    ]


def test_nobody_is_missed_twice() -> None:
    report = check([("a.bib", b"@book{q, title = {T}, publisher = {P}, year = 2021}")])
    assert [finding.code for finding in report.findings] == ["missing-author"]


def test_strings_and_parents_of_one_file_hold_in_the_next() -> None:
    first = b"@string{j = {Journal of Type}}\n@proceedings{p, title = {P}, year = 2021}\n"
    second = (
        b"@article{a, title = {T}, author = {Quill, Ada}, journal = j, year = 2021}\n"
        b"@inproceedings{b, title = {U}, author = {Quill, Ada}, crossref = {p}}\n"
    )
    report = check([("a.bib", first), ("b.bib", second)])
    assert report.findings == ()
    assert report.entries == {"a.bib": 1, "b.bib": 2}


def test_of_a_key_that_stands_twice_the_first_entry_is_looked_at() -> None:
    again = b"@misc{good, title = {The DNA of type}, author = {Quill, Ada}}\n"
    report = check([("a.bib", GOOD + again)])
    assert [finding.code for finding in report.findings] == ["doi-address", "duplicate-key"]


def editorials(number: int) -> bytes:
    """Return entries of one title, person and year, each an issue and another co-author's."""
    return "".join(
        f"@article{{k{n}, title = {{Editorial}}, author = {{Quill, Ada and Rune, A{n}a}},"
        f" journal = {{J}}, volume = {n}, year = 2021}}\n"
        for n in range(number)
    ).encode()


@pytest.mark.parametrize(
    ("module", "compares", "most"),
    [
        (duplicates, "_are_near", 2 * duplicates.MAX_COMPARED),
        (people, "_may_be_one", people.MAX_COMPARED // 2),
    ],
)
def test_comparisons_grow_with_the_entries_and_not_with_their_square(
    module: ModuleType, compares: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0
    compare = getattr(module, compares)

    def counted(first: object, second: object) -> bool:
        nonlocal calls
        calls += 1
        return bool(compare(first, second))

    monkeypatch.setattr(module, compares, counted)
    check([("a.bib", editorials(50))])
    assert calls > 0
    calls = 0
    assert check([("a.bib", editorials(400))]).findings == ()
    assert calls < 400 * most - 400
