"""The sections of a profile and their entries: one model a kind, told apart by ``kind``."""

from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from cvforge.profile.base import (
    MAX_ENTRIES,
    Identifier,
    Passages,
    ProfileModel,
    Selectable,
    Texts,
    Word,
    mapping_of,
)
from cvforge.profile.dates import CvDate
from cvforge.profile.text import Text


def _one_date(date: CvDate) -> CvDate:
    if not date.is_understood:
        raise PydanticCustomError("date_unclear", "{date} is no date", _quoted(date))
    if date.is_range:
        raise PydanticCustomError("date_range", "{date} is more than one date", _quoted(date))
    return date


def _not_the_present(date: CvDate) -> CvDate:
    if date.is_present:
        raise PydanticCustomError("date_present", "{date} can only be an end", _quoted(date))
    return date


def _quoted(date: CvDate) -> dict[str, str]:
    return {"date": f'"{date.source}"'}


End: TypeAlias = Annotated[CvDate, AfterValidator(_one_date)]
Start: TypeAlias = Annotated[End, AfterValidator(_not_the_present)]


class Dated(ProfileModel):
    """A date, or a start with or without an end."""

    date: CvDate | None = Field(
        default=None, description="The date or period as printed.", examples=["2021.9 - 2025.6"]
    )
    start: Start | None = Field(
        default=None,
        description="When it began, as year, year-month or full date.",
        examples=["2021-09"],
    )
    end: End | None = Field(
        default=None,
        description='When it ended; leave it out, or write "present".',
        examples=["2025-06"],
    )

    @model_validator(mode="after")
    def _one_way_to_date(self) -> Self:
        if self.date is not None and (self.start is not None or self.end is not None):
            raise PydanticCustomError("date_twice", 'give "date", or "start" and "end", not both')
        if self.end is not None and self.start is None:
            raise PydanticCustomError("end_without_start", '"end" needs a "start"')
        if self.start is not None and self.end is not None and self.end.ends_before(self.start):
            raise PydanticCustomError(
                "period_order",
                "ends {end}, before it starts {start}",
                {"end": self.end.source, "start": self.start.source},
            )
        return self


class Role(Selectable, Dated):
    """One of several positions at one organisation."""

    title: Text = Field(description="The position.", examples=["Research engineer"])
    bullets: Passages = Field(
        default=(), description="What was done.", examples=[["Wrote the parser."]]
    )


class TimelineEntry(Selectable, Dated):
    """A degree, a job, a course taught."""

    organization: Text | None = Field(
        default=None,
        description="Where: set first and strongest.",
        examples=["Example University"],
    )
    title: Text | None = Field(
        default=None, description="What: the degree or position.", examples=["Ph.D. in Logic"]
    )
    location: Text | None = Field(default=None, description="The place.", examples=["Lisbon"])
    details: Texts = Field(
        default=(), description="Lines under the heading.", examples=["Advisor: Bo Rune"]
    )
    roles: tuple[Role, ...] = Field(
        default=(),
        max_length=50,
        description="Several positions at this organisation.",
        examples=[[{"title": "Engineer", "date": "2020"}]],
    )
    bullets: Passages = Field(
        default=(), description="What was done.", examples=[["Advisor: Bo Rune"]]
    )

    @model_validator(mode="after")
    def _has_a_heading(self) -> Self:
        if self.organization is None and self.title is None:
            raise PydanticCustomError("no_heading", 'an entry needs "organization" or "title"')
        return self


class OneLiner(Selectable, Dated):
    """One award, talk or service."""

    text: Text = Field(description="What it is.", examples=["Best paper award"])


class LabelledEntry(Selectable):
    """A label and the text that belongs to it."""

    label: Text = Field(description="The label.", examples=["Languages"])
    text: Text = Field(description="What belongs to it.", examples=["Python, C"])


class PublicationEntry(Selectable):
    """What the profile says about one entry of the bibliography."""

    key: Word = Field(description="The entry's key in the .bib file.", examples=["quill2024"])


def _as_mapping_with_key(value: Any) -> Any:
    return mapping_of("key", value) if isinstance(value, str) else value


PublicationOrKey: TypeAlias = Annotated[
    PublicationEntry,
    BeforeValidator(_as_mapping_with_key, json_schema_input_type=str | PublicationEntry),
]


class SectionModel(Selectable):
    """What every section has."""

    id: Identifier = Field(  # a section must have one
        description="The name that variants and limits use, unique in the profile.",
        examples=["education"],
    )
    title: Text = Field(description="The heading, in any wording.", examples=["Education"])


class TextSection(SectionModel):
    """Paragraphs, and bullets after them where wanted."""

    kind: Literal["text"] = Field(description="Running text.", examples=["text"])
    paragraphs: Passages = Field(
        min_length=1, description="The paragraphs.", examples=[["I work on **type**."]]
    )
    bullets: Passages = Field(
        default=(), description="A list after the paragraphs.", examples=[["Type design"]]
    )


class BulletsSection(SectionModel):
    """A bulleted list."""

    kind: Literal["bullets"] = Field(description="A bulleted list.", examples=["bullets"])
    bullets: Passages = Field(min_length=1, description="The items.", examples=[["Type design"]])


class TimelineSection(SectionModel):
    """Positions with dates: education, experience, teaching."""

    kind: Literal["timeline"] = Field(description="Entries with dates.", examples=["timeline"])
    entries: tuple[TimelineEntry, ...] = Field(
        min_length=1,
        max_length=MAX_ENTRIES,
        description="The entries, in the order of the page.",
        examples=[[{"organization": "Example University", "title": "B.Sc.", "date": "2020"}]],
    )


class OneLinersSection(SectionModel):
    """Awards, talks, service: one line each."""

    kind: Literal["one-liners"] = Field(description="One line each.", examples=["one-liners"])
    entries: tuple[OneLiner, ...] = Field(
        min_length=1,
        max_length=MAX_ENTRIES,
        description="The lines.",
        examples=[[{"text": "Best paper award", "date": "2024"}]],
    )


class LabelledSection(SectionModel):
    """Labels with texts: skills, languages."""

    kind: Literal["labelled"] = Field(description="Labels with texts.", examples=["labelled"])
    entries: tuple[LabelledEntry, ...] = Field(
        min_length=1,
        max_length=MAX_ENTRIES,
        description="The labels.",
        examples=[[{"label": "Languages", "text": "C"}]],
    )


class PublicationsSection(SectionModel):
    """A numbered list from the bibliography."""

    kind: Literal["publications"] = Field(
        description="Entries of the bibliography.", examples=["publications"]
    )
    entries: Annotated[tuple[PublicationOrKey, ...], Field(max_length=MAX_ENTRIES)] | None = Field(
        default=None,
        description="Keys in the order of the page; left out: every entry, in the file's order.",
        examples=[["quill2024", {"key": "quill2023", "priority": 80}]],
    )


Section: TypeAlias = Annotated[
    TextSection
    | BulletsSection
    | TimelineSection
    | OneLinersSection
    | LabelledSection
    | PublicationsSection,
    Field(discriminator="kind"),
]
