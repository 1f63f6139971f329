"""The sections of a profile and their entries: one model a kind, told apart by ``kind``."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from cvforge.cv import Numbering
from cvforge.profile.base import MAX_ENTRIES, Identifier, Passages, ProfileModel, Selectable, Texts
from cvforge.profile.dates import CvDate
from cvforge.profile.publications import (
    PublicationChoice,
    PublicationDesign,
    PublicationGroups,
    PublicationLabels,
    PublicationOrKey,
)
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
    """A list of works from the bibliography."""

    kind: Literal["publications"] = Field(
        description="Entries of the bibliography.", examples=["publications"]
    )
    entries: Annotated[tuple[PublicationOrKey, ...], Field(max_length=MAX_ENTRIES)] | None = Field(
        default=None,
        description="Keys in the order of the page; left out: every entry, in the file's order.",
        examples=[["quill2024", {"key": "quill2023", "priority": 80}]],
    )
    choose: PublicationChoice = Field(
        default=PublicationChoice.model_construct(),
        description="Which of the entries are shown; all conditions hold.",
        examples=[{"types": ["article"], "years": "2020-"}],
    )
    order: Literal["list", "newest", "oldest", "type"] = Field(
        default="list",
        description="list: as listed, or as in the file; type: by type, the newest first.",
        examples=["newest"],
    )
    groups: PublicationGroups | None = Field(
        default=None,
        description="Parts of the list with headings of their own.",
        examples=["year", {"by": "type", "headings": {"article": "Journal articles"}}],
    )
    numbering: Numbering = Field(
        default=Numbering.CONTINUOUS,
        description="by-group begins again in each group, continued goes on after the"
        " publications sections above; reversed counts down to 1.",
        examples=["reversed"],
    )
    labels: PublicationLabels = Field(
        default_factory=dict,
        description="The letters before the numbers: [J1]. One for all, or by type"
        ' ("*": all other types), each counted on its own.',
        examples=["P", {"article": "J", "inproceedings": "C"}],
    )
    show: PublicationDesign = Field(
        default=PublicationDesign.model_construct(),
        description="How this list is set, where the variant does not say.",
        examples=[{"links": ["title", "pdf"]}],
    )

    @model_validator(mode="after")
    def _labels_have_numbers(self) -> Self:
        if self.labels and self.numbering is Numbering.NONE:
            raise PydanticCustomError("labels_alone", 'labels need numbers: remove "labels"')
        return self


Section: TypeAlias = Annotated[
    TextSection
    | BulletsSection
    | TimelineSection
    | OneLinersSection
    | LabelledSection
    | PublicationsSection,
    Field(discriminator="kind"),
]
