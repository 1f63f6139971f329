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
    Word,
    as_tuple,
    mapping_of,
)
from cvforge.profile.contact import Contact, Email, Phone, Website
from cvforge.profile.dates import CvDate
from cvforge.profile.links import LinkScheme
from cvforge.profile.publications import PublicationDesign, PublicationEntry
from cvforge.profile.sections import (
    BulletsSection,
    Dated,
    LabelledEntry,
    LabelledSection,
    OneLiner,
    OneLinersSection,
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
    "Fit",
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
    "PublicationDesign",
    "PublicationEntry",
    "PublicationsSection",
    "Role",
    "Section",
    "SectionModel",
    "Selectable",
    "TextSection",
    "TimelineEntry",
    "TimelineSection",
    "Variant",
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
    phone: Phone | None = Field(
        default=None, description="Telephone number.", examples=["(+1) 555 0100"]
    )
    email: Email | None = Field(
        default=None, description="E-mail address.", examples=["ada@example.org"]
    )
    website: Website | None = Field(
        default=None, description="Web address of the home page.", examples=["https://example.org"]
    )
    links: tuple[Contact, ...] = Field(
        default=(),
        max_length=20,
        description="Further contacts, each with its label.",
        examples=[[{"label": "ORCID", "value": "0000-0000-0000-0000"}]],
    )
    photo: Word | None = Field(
        default=None,
        description="A portrait: a JPEG, PNG or WebP image beside the profile or below.",
        examples=["portrait.jpg"],
    )


DensityName: TypeAlias = Literal["comfortable", "regular", "compact", "tight", "dense", "minute"]


class Design(ProfileModel):
    """Choices that the template offers."""

    paper: Literal["a4", "letter"] | None = Field(
        default=None, description="The paper; a4 when nothing is said.", examples=["letter"]
    )
    density: DensityName | None = Field(
        default=None,
        description="How closely it is set. When nothing is said: regular, or what fits best"
        " where a variant has a number of pages.",
        examples=["compact"],
    )
    photo: bool | None = Field(
        default=None,
        description="Whether the person's photo is shown; where there is one, it is.",
        examples=[False],
    )


class Fit(ProfileModel):
    """How a variant with a number of pages is made to fit them."""

    prefer: Literal["content", "balance", "air"] = Field(
        default="balance",
        description="content: the most content at any density; air: a closer density only for"
        " much more content; balance: between them.",
        examples=["air"],
    )
    floor: DensityName = Field(
        default="dense",
        description="The closest density that may be taken. dense is 9 pt; minute lies below it.",
        examples=["tight"],
    )
    weights: dict[Identifier, Annotated[float, Field(gt=0, le=100)]] = Field(
        default_factory=dict,
        description="By section id, how much its parts count; 1 when nothing is said.",
        examples=[{"publications": 2}],
    )


class Limit(ProfileModel):
    """How many parts of a section are shown."""

    entries: int | None = Field(default=None, ge=0, description="Entries at most.", examples=[5])
    bullets: int | None = Field(
        default=None, ge=0, description="Bullets of each entry at most.", examples=[2]
    )
    at_least: int = Field(
        default=0,
        ge=0,
        description="Entries at least, when the section is shown in a number of pages.",
        examples=[2],
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
        default=None,
        description="How many pages it has; what is shown is chosen to fill them.",
        examples=[1],
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
        description="By section id, how many parts are shown.",
        examples=[{"publications": 5, "experience": {"bullets": 2}}],
    )
    publications: PublicationDesign = Field(
        default=PublicationDesign.model_construct(),
        description="How the lists of publications are set in this variant.",
        examples=[{"abstracts": True, "style": "apa"}],
    )
    design: Design = Field(
        default=Design.model_construct(),
        description="Design choices of this variant.",
        examples=[{"density": "compact"}],
    )
    fit: Fit = Field(
        default=Fit.model_construct(),
        description="How it is made to fit its pages.",
        examples=[{"prefer": "air"}],
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
    link_schemes: Annotated[
        tuple[LinkScheme, ...],
        BeforeValidator(as_tuple, json_schema_input_type=str | tuple[str, ...]),
    ] = Field(
        default=(),
        max_length=20,
        description="What links may begin with, besides http, https, mailto and tel.",
        examples=[["ftp", "doi"]],
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
        default=Design.model_construct(),
        description="Design choices of every variant.",
        examples=[{"paper": "letter"}],
    )
