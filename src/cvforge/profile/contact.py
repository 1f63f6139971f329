"""The ways to reach a person, and what their values must look like to lead anywhere."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from cvforge.inline import Phrase
from cvforge.patterns import pattern
from cvforge.profile.base import ProfileModel, Url, mapping_of
from cvforge.profile.text import Text

# What mailto: would take for something else (RFC 6068, 2) is left to a "url" beside the value.
_EMAIL = pattern(r"""[^@:\s"&%?#/\\,;<>()\[\]]+@[^@:\s"&%?#/\\,;<>()\[\]]+""")
# With the sign of an international number, E.164 allows 15; a few for an extension.
MOST_DIGITS = 24
_DIGITS = frozenset("+0123456789")
_WEB_SCHEMES = ("http", "https")
# Source: RFC 3986, 3.1; digits after the colon are a port.
_SCHEME = pattern(r"([a-z][a-z0-9+.-]*):(?!\d)", re.IGNORECASE)


class Contact(ProfileModel):
    """One way to reach the person."""

    label: Text | None = Field(
        default=None, description="The word before the value.", examples=["Tel"]
    )
    value: Text = Field(description="What is printed.", examples=["(+1) 555 0100"])
    url: Url | None = Field(
        default=None,
        description="Where it leads; made from the value for e-mail and telephone.",
        examples=["https://example.org"],
    )


def _as_mapping_with_value(value: Any) -> Any:
    return mapping_of("value", value)


def _checked_email(contact: Contact) -> Contact:
    for value in _linked_values(contact):
        if not _EMAIL.fullmatch(value.plain):
            raise _refusal("email", "{value} is no e-mail address", value)
    return contact


def _checked_website(contact: Contact) -> Contact:
    for value in _linked_values(contact):
        scheme = _SCHEME.match(value.plain)
        if scheme is not None and scheme[1].lower() not in _WEB_SCHEMES:
            raise _refusal("website", "{value} is no web address", value)
    return contact


def _checked_phone(contact: Contact) -> Contact:
    for value in _linked_values(contact):
        digits = "".join(c for c in unicodedata.normalize("NFKC", value.plain) if c in _DIGITS)
        if "+" in digits[1:] or len(digits) > MOST_DIGITS:
            raise _refusal("phone", "{value} holds more than one number", value)
    return contact


def _linked_values(contact: Contact) -> Iterator[Phrase]:
    """Yield the value in its languages, where the link is made from it."""
    if contact.url is None:
        for language in sorted(contact.value.languages()) or [""]:
            yield contact.value.in_language(language)


def _refusal(code: str, message: str, value: Phrase) -> PydanticCustomError:
    """Return the error at the value; ``findings`` reads ``place`` from its context."""
    return PydanticCustomError(code, message, {"value": f'"{value.plain}"', "place": value.place})


ContactOrText: TypeAlias = Annotated[
    Contact, BeforeValidator(_as_mapping_with_value, json_schema_input_type=Text | Contact)
]
Email: TypeAlias = Annotated[ContactOrText, AfterValidator(_checked_email)]
Phone: TypeAlias = Annotated[ContactOrText, AfterValidator(_checked_phone)]
Website: TypeAlias = Annotated[ContactOrText, AfterValidator(_checked_website)]
