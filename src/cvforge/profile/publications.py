"""What a profile says about works of its bibliography: which are shown, and how they are set."""

import re
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from cvforge.patterns import pattern
from cvforge.profile.base import ProfileModel, Selectable, Word, as_tuple, mapping_of
from cvforge.profile.text import Text

_YEARS = pattern(r"(?P<first>\d{4})?\s*(?P<dash>[-\u2013])?\s*(?P<last>\d{4})?")


class PublicationEntry(Selectable):
    """What the profile says about one entry of the bibliography."""

    key: Word = Field(description="The entry's key in the .bib file.", examples=["quill2024"])


def _as_mapping_with_key(value: Any) -> Any:
    return mapping_of("key", value) if isinstance(value, str) else value


PublicationOrKey: TypeAlias = Annotated[
    PublicationEntry,
    BeforeValidator(_as_mapping_with_key, json_schema_input_type=str | PublicationEntry),
]


def _checked_years(written: str) -> str:
    found = _YEARS.fullmatch(written)
    if found is None or (found["first"] is None and found["last"] is None):
        raise PydanticCustomError("years", "{years} are no years", {"years": f'"{written}"'})
    first, last = year_range(written)
    if first is not None and last is not None and last < first:
        raise PydanticCustomError("years_order", "ends {last}, before it starts", {"last": last})
    return written


def year_range(written: str) -> tuple[int | None, int | None]:
    """Return the first and the last year of "2019-2024", "2019-", "-2024" or "2024"."""
    found = _YEARS.fullmatch(written)
    if found is None:
        raise AssertionError(written)  # the model has checked it
    first, last = (None if found[end] is None else int(found[end]) for end in ("first", "last"))
    return (first, last if found["dash"] is not None else first)


Words: TypeAlias = Annotated[
    tuple[Word, ...], BeforeValidator(as_tuple, json_schema_input_type=Word | tuple[Word, ...])
]
Position: TypeAlias = Literal["first", "equal-first", "last", "corresponding"]
LinkName: TypeAlias = Literal[
    "title", "doi", "arxiv", "url", "pdf", "code", "slides", "video", "poster", "project",
    "website", "data", "demo", "talk", "blog", "supplement",
]  # fmt: skip


class PublicationChoice(ProfileModel):
    """Conditions that an entry of the bibliography must meet, each by one of its values."""

    types: Words = Field(
        default=(), description="Types of entries.", examples=[["article", "inproceedings"]]
    )
    keywords: Words = Field(
        default=(), description="Words of the field keywords.", examples=[["type design"]]
    )
    tags: Words = Field(
        default=(),
        description="Tags of the entry here, or of its field tags.",
        examples=[["teaching"]],
    )
    years: Annotated[str, AfterValidator(_checked_years)] | None = Field(
        default=None, description="A year, or years from and to.", examples=["2019-2024", "2020-"]
    )
    position: Annotated[
        tuple[Position, ...],
        BeforeValidator(as_tuple, json_schema_input_type=Position | tuple[Position, ...]),
    ] = Field(
        default=(),
        description="Where the person stands among the authors; equal-first: all before them"
        " contributed equally.",
        examples=[["first", "equal-first"]],
    )
    venues: Words = Field(
        default=(), description="Names of venues, short or in part.", examples=[["JIR"]]
    )
    selected: bool = Field(
        default=False, description="Only entries with selected = {true}.", examples=[True]
    )


class PublicationGrouping(ProfileModel):
    """Parts of a list, each under a heading."""

    by: Literal["year", "type", "keyword"] = Field(
        description="What the publications of a part have in common.", examples=["type"]
    )
    headings: dict[Word, Text] = Field(
        default_factory=dict,
        description="The headings by year, type or keyword, in the order of the parts; the same"
        ' heading makes one part of several; "*" is that of the rest.',
        examples=[{"article": "Journal articles", "*": "Other"}],
    )


def _as_mapping_with_by(value: Any) -> Any:
    return mapping_of("by", value) if isinstance(value, str) else value


PublicationGroups: TypeAlias = Annotated[
    PublicationGrouping,
    BeforeValidator(
        _as_mapping_with_by,
        json_schema_input_type=Literal["year", "type", "keyword"] | PublicationGrouping,
    ),
]


def _checked_label(written: str) -> str:
    if re.fullmatch(r"\w{1,5}", written) is None:
        raise PydanticCustomError("label", "{label} is no label", {"label": f'"{written}"'})
    return written


Label: TypeAlias = Annotated[str, AfterValidator(_checked_label)]


def _as_label_of_all(value: Any) -> Any:
    return {"*": value} if isinstance(value, str) else value


PublicationLabels: TypeAlias = Annotated[
    dict[Word, Label],
    BeforeValidator(_as_label_of_all, json_schema_input_type=Label | dict[Word, Label]),
]


class AuthorLimit(ProfileModel):
    """When a list of authors is cut, and what is left of it: the person always."""

    most: int = Field(ge=1, le=1000, description="Longer lists are cut.", examples=[10])
    first: int = Field(
        default=3, ge=1, le=100, description="How many of the first stay.", examples=[3]
    )
    last: int = Field(
        default=1, ge=0, le=100, description="How many of the last stay.", examples=[1]
    )

    @model_validator(mode="after")
    def _is_shorter(self) -> Self:
        if self.first + self.last > self.most:
            raise PydanticCustomError(
                "author_limit", '"first" and "last" together are more than "most"'
            )
        return self


def _as_mapping_with_most(value: Any) -> Any:
    if not isinstance(value, str | int) or not str(value).isdecimal():
        return value
    first = max(1, min(3, int(value) - 1))
    made = mapping_of("most", value) if isinstance(value, str) else {"most": value}
    made["first"], made["last"] = first, min(1, int(value) - first)
    return made


AuthorLimitOrNumber: TypeAlias = Annotated[
    AuthorLimit, BeforeValidator(_as_mapping_with_most, json_schema_input_type=int | AuthorLimit)
]


class PublicationDesign(ProfileModel):
    """How a list of publications is set; what is left out is said elsewhere, or has its default."""

    style: Word | None = Field(
        default=None,
        description="house, a citation style such as apa or ieee, or a .csl file beside the"
        " profile.",
        examples=["apa"],
    )
    abstracts: bool | None = Field(
        default=None, description="Whether abstracts are shown.", examples=[True]
    )
    summary: bool | None = Field(
        default=None,
        description="Whether a line under the heading counts publications, first authorships"
        " and venues.",
        examples=[True],
    )
    authors: AuthorLimitOrNumber | None = Field(
        default=None,
        description="Lists of more authors than this are cut, never the person.",
        examples=[10, {"most": 10, "first": 2, "last": 1}],
    )
    links: (
        Annotated[
            tuple[LinkName, ...],
            BeforeValidator(as_tuple, json_schema_input_type=LinkName | tuple[LinkName, ...]),
        ]
        | None
    ) = Field(
        default=None,
        description="title: the title is the link; the others are short labels after it.",
        examples=[["title", "pdf", "code"]],
    )
    venues: Literal["full", "short", "both"] | None = Field(
        default=None, description="Names of venues in full, short, or both.", examples=["short"]
    )

    def over(self, other: Self) -> Self:
        """Return this design, with what it leaves open from ``other``."""
        said = {name: getattr(self, name) for name in type(self).model_fields}
        return other.model_copy(update={k: v for k, v in said.items() if v is not None})
