"""Telephone numbers: what dials them keeps the country, and leaves out what is not dialled."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.profile.telephone import telephone_url

URL = re.compile(r"tel:\+?\d+(;ext=\d{1,7})?")


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("+86 555 0100", "tel:+865550100"),
        ("(+86) 555-0100", "tel:+865550100"),
        ("+86-555-0100", "tel:+865550100"),
        ("+86\u00a0555\u20110100", "tel:+865550100"),
        ("＋８６ ５５５ ０１００", "tel:+865550100"),
        ("+٩٦٦ ٥٥٥ ٠١٠٠", "tel:+9665550100"),
        ("+49 (0)30 12345", "tel:+493012345"),
        ("+49 (0) 30 12345", "tel:+493012345"),
        ("(+49) (0)30 12345", "tel:+493012345"),
        ("+39 06 5550100", "tel:+39065550100"),
        ("(0)30 12345", "tel:03012345"),
        ("(030) 12345", "tel:03012345"),
        ("+1 (555) 0100", "tel:+15550100"),
        ("+1 555 0100 ext. 12", "tel:+15550100;ext=12"),
        ("+1 555 0100, ext 12", "tel:+15550100;ext=12"),
        ("+1 555 0100 Extension: 12", "tel:+15550100;ext=12"),
        ("+1 555 0100 (ext. 12)", "tel:+15550100;ext=12"),
        ("+1 555 0100x12", "tel:+15550100;ext=12"),
        ("+1 555 0100 x 12", "tel:+15550100;ext=12"),
        ("+1 555 0100;ext=12", "tel:+15550100;ext=12"),
        ("+1 555 0100 #12", "tel:+15550100;ext=12"),
        ("+49 (0)30 12345 Durchwahl 12", "tel:+493012345;ext=12"),
        ("+49 (0)30 12345-12", "tel:+49301234512"),
        ("+81 555 0100 内線12", "tel:+815550100;ext=12"),
        ("fax 12", "tel:12"),
        ("555 0100 (mobile)", "tel:5550100"),
        ("on request", None),
        ("+", None),
    ],
)
def test_a_number_leads_to_what_is_dialled(written: str, url: str | None) -> None:
    assert telephone_url(written) == url


@given(st.text(st.sampled_from("+0123456789 ()-./,;#xext=")))
def test_any_text_makes_a_url_or_none(written: str) -> None:
    url = telephone_url(written)
    assert url is None or URL.fullmatch(url)


@given(st.integers(1, 999), st.text("0123456789 -", min_size=4, max_size=12))
def test_a_country_is_never_lost(country: int, rest: str) -> None:
    url = telephone_url(f"+{country} {rest}")
    assert url is not None
    assert url.startswith(f"tel:+{country}")
