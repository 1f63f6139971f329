"""The profile as frozen, closed Pydantic models; knows no YAML syntax and no LaTeX."""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from cvforge.profile.base import (
    MAX_ENTRIES,
    Identifier,
    Language,
    Passage,
    Priority,
    ProfileModel,
    Selectable,
    Texts,
    Url,
    Word,
    as_tuple,
    mapping_of,
)
from cvforge.profile.dates import CvDate
from cvforge.profile.sections import (
    BulletsSection,
    Dated,
    LabelledEntry,
    LabelledSection,
    OneLiner,
    OneLinersSection,
    PublicationEntry,
    PublicationsSection,
    Role,
    Section,
    SectionModel,
    TextSection,
    TimelineEntry,
    TimelineSection,
)
from cvforge.profile.text import Text

__all__ = [
    "MAX_ENTRIES",
    "BulletsSection",
    "Contact",
    "Dated",
    "Design",
    "Identifier",
    "LabelledEntry",
    "LabelledSection",
    "Language",
    "Limit",
    "OneLiner",
    "OneLinersSection",
    "Passage",
    "Person",
    "Priority",
    "Profile",
    "ProfileModel",
    "PublicationEntry",
    "PublicationsSection",
    "Role",
    "Section",
    "SectionModel",
    "Selectable",
    "TextSection",
    "TimelineEntry",
    "TimelineSection",
    "Url",
    "Variant",
]


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


ContactOrText: TypeAlias = Annotated[
    Contact, BeforeValidator(_as_mapping_with_value, json_schema_input_type=Text | Contact)
]


class Person(ProfileModel):
    """Who the CV is about."""

    name: Text = Field(description="The name as printed at the top.", examples=["Ada Quill"])
    native_name: Text | None = Field(
        default=None,
        description="The name in its own script, beside the other.",
        examples=["许靖"],
    )
    aliases: tuple[Word, ...] = Field(
        default=(),
        description="Other forms of the name in bibliographies.",
        examples=[["A. Quill"]],
    )
    headline: Texts = Field(
        default=(),
        description="One or more lines under the name: position, institution.",
        examples=["PhD candidate, Example University"],
    )
    location: Text | None = Field(
        default=None, description="Where the person lives or works.", examples=["Lisbon"]
    )
    phone: ContactOrText | None = Field(
        default=None, description="Telephone number.", examples=["(+1) 555 0100"]
    )
    email: ContactOrText | None = Field(
        default=None, description="E-mail address.", examples=["ada@example.org"]
    )
    website: ContactOrText | None = Field(
        default=None, description="Web address of the home page.", examples=["https://example.org"]
    )
    links: tuple[Contact, ...] = Field(
        default=(),
        max_length=20,
        description="Further contacts, each with its label.",
        examples=[[{"label": "ORCID", "value": "0000-0000-0000-0000"}]],
    )


class Design(ProfileModel):
    """Choices that the template offers."""

    paper: Literal["a4", "letter"] | None = Field(
        default=None, description="The paper; a4 when nothing is said.", examples=["letter"]
    )
    density: Literal["comfortable", "regular", "compact", "tight"] | None = Field(
        default=None,
        description="How closely it is set; regular when nothing is said.",
        examples=["compact"],
    )


class Limit(ProfileModel):
    """How many parts of a section are shown at most."""

    entries: int | None = Field(default=None, ge=0, description="Entries at most.", examples=[5])
    bullets: int | None = Field(
        default=None, ge=0, description="Bullets of each entry at most.", examples=[2]
    )


def _as_mapping_with_entries(value: Any) -> Any:
    return {"entries": value} if isinstance(value, int) else mapping_of("entries", value)


LimitOrCount: TypeAlias = Annotated[
    Limit,
    BeforeValidator(_as_mapping_with_entries, json_schema_input_type=int | Limit),
]


class Variant(ProfileModel):
    """One CV made from the profile."""

    template: Word | None = Field(
        default=None,
        description='The template; "classic" when nothing is said.',
        examples=["classic"],
    )
    pages: Annotated[int, Field(ge=1, le=100)] | None = Field(
        default=None, description="The most pages that it may have.", examples=[1]
    )
    language: Language | None = Field(
        default=None, description="The language of texts and dates.", examples=["en"]
    )
    sections: tuple[Identifier, ...] | None = Field(
        default=None,
        description="The ids of the sections shown, in order; left out: all.",
        examples=[["education", "publications"]],
    )
    include: tuple[Identifier, ...] | None = Field(
        default=None,
        description="Show what has one of these tags, or no tag.",
        examples=[["research"]],
    )
    exclude: tuple[Identifier, ...] = Field(
        default=(), description="Do not show what has one of these tags.", examples=[["teaching"]]
    )
    minimum_priority: Priority = Field(
        default=0, description="Do not show what has a lower priority.", examples=[40]
    )
    limits: dict[Identifier, LimitOrCount] = Field(
        default_factory=dict,
        description="By section id, how many parts are shown at most.",
        examples=[{"publications": 5, "experience": {"bullets": 2}}],
    )
    abstracts: bool | None = Field(
        default=None, description="Whether publications show their abstracts.", examples=[True]
    )
    design: Design = Field(
        default=Design(),
        description="Design choices of this variant.",
        examples=[{"density": "compact"}],
    )


class Profile(ProfileModel):
    """Everything about a person, and the CVs to make of it."""

    language: Language = Field(
        default="en", description="The language of what is given once.", examples=["en"]
    )
    updated: CvDate | None = Field(
        default=None,
        description="When the profile was last revised: the date inside the PDF.",
        examples=["2026-05-01"],
    )
    person: Person = Field(
        description="Name, headline and contacts.", examples=[{"name": "Ada Quill"}]
    )
    bibliography: Annotated[
        tuple[Word, ...],
        BeforeValidator(as_tuple, json_schema_input_type=str | tuple[str, ...]),
    ] = Field(
        default=(),
        max_length=20,
        description="The .bib files, relative to the profile.",
        examples=["ada-quill.bib"],
    )
    sections: tuple[Section, ...] = Field(
        min_length=1,
        max_length=100,
        description="The parts of the CV, in order.",
        examples=[
            [{"id": "interests", "title": "Interests", "kind": "bullets", "bullets": ["Type"]}]
        ],
    )
    variants: dict[Identifier, Variant] = Field(
        default_factory=dict,
        description='The CVs to make; "one-page" and "full" exist without being written.',
        examples=[{"one-page": {"pages": 1, "minimum_priority": 40}}],
    )
    design: Design = Field(
        default=Design(),
        description="Design choices of every variant.",
        examples=[{"paper": "letter"}],
    )
