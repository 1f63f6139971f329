"""Small slips in single fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.diagnostics import Diagnostic

    Check = Callable[..., list[Diagnostic]]

ENTRY = "@misc{q, title = {Type}, author = {Quill, Ada}, %s}"


@pytest.mark.parametrize(
    ("field", "code", "hint"),
    [
        ("pages = {45--12}", "pages", "is it 12--45?"),
        ("pages = {45-45}", "pages", "write pages = {45}"),
        ("pages = {1--}", "pages", "write both: 45--67"),
        ("pages = {1-??}", "pages", "write both: 45--67"),
        ("pages = {--7}", "pages", "write both: 45--67"),
        ("month = {13}", "month", "write it without braces: month = may"),
        ("month = {soon}", "month", "write it without braces: month = may"),
        ("doi = {https://doi.org/10.1000/182}", "doi-address",
         "write it bare: doi = {10.1000/182}"),
        ("doi = {10.1000/ab}, url = {http://dx.doi.org/10.1000/AB}", "url-is-doi",
         "leave it out: the DOI leads there"),
        ("url = {https://doi.org/10.1000/182}", "url-is-doi",
         "write doi = {10.1000/182} instead"),
    ],
)  # fmt: skip
def test_a_slip_is_told(field: str, code: str, hint: str, found: Check) -> None:
    (finding,) = found(ENTRY % field)
    assert (finding.code, finding.hint) == (code, hint)


@pytest.mark.parametrize(
    "field",
    [
        *(f"pages = {{{pages}}}" for pages in ("45--67", "123-8", "7", "e12", "S1--S9", "1, 3-5")),
        *(f"month = {month}" for month in ("may", "5", "{September}", "{8~} # jan", "{Spring}")),
        "doi = {10.1000/182}, url = {https://a.example/182}",
        "doi = {10.1000/182}, url = {https://doi.org/10.1000/183}",
    ],
)
def test_what_is_right_is_silent(field: str, found: Check) -> None:
    assert found(ENTRY % field) == []
