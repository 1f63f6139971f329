"""Targets of links."""

from __future__ import annotations

import pytest

from cvforge.bibliography.links import (
    arxiv_number,
    arxiv_target,
    doi_target,
    named_arxiv_target,
    title_target,
    unescaped,
    web_target,
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"https://x.org/a\_b\%20c\&d\#e", "https://x.org/a_b%20c&d#e"),
        (r"https://x.org/\~{}ada/{\_}x", "https://x.org/~ada/_x"),
        (r"https://x.org/{\textasciitilde}ada/\textunderscore x", "https://x.org/~ada/_x"),
        (r"\url{https://x.org}", "https://x.org"),
        ("{https://x.org/a\n   /b}", "https://x.org/a/b"),
        (r"10.1000/a\_b", "10.1000/a_b"),
        ("https://x.org/~a_b%c", "https://x.org/~a_b%c"),
    ],
)
def test_an_address_loses_what_latex_needed(written: str, expected: str) -> None:
    assert unescaped(written) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://x.org/a?b=c&d=~e#f", "https://x.org/a?b=c&d=~e#f"),
        ("HTTP://x.org", "HTTP://x.org"),
        ("https://x.org/a b<c>|d", "https://x.org/a%20b%3Cc%3E%7Cd"),
        ("https://x.org/%20%zz", "https://x.org/%20%25zz"),
        ("https://x.org/Rühle", "https://x.org/R%C3%BChle"),
        (r"https://x.org/\}{", "https://x.org/%5C%7D%7B"),
    ],
)
def test_a_web_address_is_percent_encoded(address: str, expected: str) -> None:
    assert web_target(address) == expected


@pytest.mark.parametrize(
    "address",
    ["javascript:x", "file:///etc/hosts", "ftp://x.org", "www.x.org", "https:", "https:///a", "",
     "mailto:ada@example.org", "https://[x"],
)  # fmt: skip
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"link target|no web address"):
        web_target(address)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("10.1000/182", "https://doi.org/10.1000/182"),
        ("doi: 10.1000/182", "https://doi.org/10.1000/182"),
        ("https://dx.doi.org/10.1000/182", "https://doi.org/10.1000/182"),
        ("10.1000/a<b>(c)#d%e", "https://doi.org/10.1000/a%3Cb%3E(c)%23d%25e"),
        ("https://doi.org/10.1000/a%3Cb%3E", "https://doi.org/10.1000/a%3Cb%3E"),
    ],
)
def test_a_doi_leads_to_its_resolver(written: str, expected: str) -> None:
    assert doi_target(written) == expected


@pytest.mark.parametrize(
    "written", ["182", "10.1000", "11.1000/182", "https://x.org/182", "10.1/x y"]
)
def test_what_is_no_doi_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is no DOI"):
        doi_target(written)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"eprint": "2605.07588", "eprinttype": "arxiv"}, "2605.07588"),
        ({"eprint": "2605.07588v2", "archiveprefix": "arXiv"}, "2605.07588v2"),
        ({"eprint": "arXiv:2605.07588", "eprinttype": "arxiv"}, "2605.07588"),
        ({"eprint": "https://arxiv.org/abs/2605.07588"}, "2605.07588"),
        ({"eprint": "math.AG/0601001", "eprinttype": "arxiv"}, "math.AG/0601001"),
        ({"eprint": "2605.07588"}, "2605.07588"),
        ({"eprint": "hal-01234567"}, None),
        ({"eprint": "2605.07588", "eprinttype": "hal"}, None),
        ({}, None),
    ],
)
def test_an_arxiv_number_is_told_from_others(raw: dict[str, str], expected: str | None) -> None:
    assert arxiv_number(raw) == expected


def test_what_is_said_to_be_of_arxiv_and_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="is no arXiv number"):
        arxiv_number({"eprint": "26o5.07588", "eprinttype": "arxiv"})


def test_a_title_leads_to_doi_then_arxiv_then_url() -> None:
    raw = {"url": "https://x.org", "eprint": "2605.07588", "doi": "10.1000/182"}
    assert title_target(raw) == "https://doi.org/10.1000/182"
    del raw["doi"]
    assert title_target(raw) == "https://arxiv.org/abs/2605.07588"
    del raw["eprint"]
    assert title_target(raw) == "https://x.org"
    del raw["url"]
    assert title_target(raw) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"doi": "182", "url": "https://x.org"}, "https://x.org"),
        ({"eprint": "26o5.07588", "eprinttype": "arxiv", "url": "https://x.org"}, "https://x.org"),
        ({"doi": "182", "url": "www.x.org"}, None),
    ],
)
def test_a_title_leads_past_what_has_not_the_right_form(
    raw: dict[str, str], expected: str | None
) -> None:
    assert title_target(raw) == expected


def test_an_arxiv_number_leads_to_its_page() -> None:
    assert arxiv_target({"eprint": "2605.07588v2"}) == "https://arxiv.org/abs/2605.07588v2"
    assert arxiv_target({"eprint": "hal-01234567"}) is None


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("arXiv preprint arXiv:2401.01234", "2401.01234"),
        ("ArXiv e-prints, arXiv:2401.01234v2", "2401.01234v2"),
        ("arXiv:2401.01234 [cs.DL]", "2401.01234"),
        ("arXiv: math.XX/9999001", "math.XX/9999001"),
        ("CoRR abs/2401.01234", "2401.01234"),
        ("arXiv preprint", None),
        ("arXiv preprint arXiv:24o1.01234", None),
        ("Letters 2401.01234", None),
        ("Reply to arXiv:2401.01234", None),
        ("", None),
    ],
)
def test_an_arxiv_number_in_the_place_of_a_journal_leads_there(
    place: str, number: str | None
) -> None:
    assert named_arxiv_target(place) == (number and f"https://arxiv.org/abs/{number}")
