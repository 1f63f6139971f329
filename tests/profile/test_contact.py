"""The ways to reach a person: what is printed is kept, and what it leads to is one thing."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from cvforge.bibliography.references import References
from cvforge.profile.model import Profile
from cvforge.publications import Works
from cvforge.variant import show

SECTIONS = [{"id": "a", "title": "A", "kind": "bullets", "bullets": ["x"]}]


def profile(**person: Any) -> Profile:
    return Profile.model_validate({"person": {"name": "Ada", **person}, "sections": SECTIONS})


def contact(**person: Any) -> tuple[str, str | None]:
    """Return what is printed and where it leads."""
    (shown,) = show(profile(**person), "full", works=Works(References({}))).header.contacts
    return shown.text.plain, shown.target


@pytest.mark.parametrize(
    ("number", "target"),
    [
        ("+86 555 0100", "tel:+865550100"),
        ("(+86) 555-0100", "tel:+865550100"),
        ("+1 555 0100 ext. 12", "tel:+15550100;ext=12"),
        ("555 0100", "tel:5550100"),
        ("on request", None),
    ],
)
def test_a_telephone_number_keeps_its_plus(number: str, target: str | None) -> None:
    assert contact(phone=number) == (number, target)


def test_two_numbers_in_one_contact_are_refused_unless_the_person_says_where_it_leads() -> None:
    two = "+86 555 0100 / +1 555 0100"
    with pytest.raises(ValidationError, match="more than one number"):
        profile(phone=two)
    assert contact(phone={"value": two, "url": "tel:+15550100"}) == (two, "tel:+15550100")


@pytest.mark.parametrize(
    "address", ["ada@example.org", "ada+cv@example.org", "o'quill@example.org", "许靖@例え.example"]
)
def test_an_address_of_e_mail_is_kept(address: str) -> None:
    assert contact(email=address) == (address, f"mailto:{address}")


@pytest.mark.parametrize(
    "address",
    [
        *("ada", "ada@", "@example.org", "a b@example.org", "ada@@example.org"),
        *("ada@example.org?bcc=bo@example.org", "ada@example.org?subject=x", "ada@example.org,bo"),
        *("ada%0abcc@example.org", "mailto:ada@example.org", "a/b@example"),
    ],
)
def test_what_mailto_would_take_for_more_than_an_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        profile(email=address)
