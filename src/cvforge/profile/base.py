"""What every part of a profile's model is built from: places, selection and bare texts."""

from collections.abc import Mapping
from typing import Annotated, Any, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from cvforge.cv import Keep
from cvforge.diagnostics import Place
from cvforge.profile.links import allowed_schemes, check_link
from cvforge.profile.source import SourceMapping, SourceText
from cvforge.profile.text import LANGUAGE_PATTERN, Text, is_by_language

MAX_ENTRIES = 500
IDENTIFIER_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_KEYS_THAT_LOOK_LIKE_LANGUAGES = frozenset({"id", "key", "url"})

Word: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Identifier: TypeAlias = Annotated[
    str, StringConstraints(pattern=IDENTIFIER_PATTERN, max_length=100)
]
Priority: TypeAlias = Annotated[int, Field(ge=0, le=100)]
Language: TypeAlias = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN)]


def _checked_link(target: str, info: ValidationInfo) -> str:
    check_link(target, allowed=allowed_schemes(info.context))
    return target


Url: TypeAlias = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_checked_link)]


def as_tuple(value: Any) -> Any:
    """Let one value stand for a list of it alone."""
    return value if isinstance(value, list | tuple) else (value,)


Texts: TypeAlias = Annotated[
    tuple[Text, ...],
    BeforeValidator(as_tuple, json_schema_input_type=Text | tuple[Text, ...]),
]


def mapping_of(key: str, value: Any) -> Any:
    """Let a bare text stand for ``{key: value}``, at the place of the text."""
    if not isinstance(value, str) and not is_bare_text(value):
        return value
    if not isinstance(value, SourceText | SourceMapping):
        return {key: value}
    mapping = SourceMapping(value.place)
    mapping[key] = value
    return mapping


def is_bare_text(value: Any) -> bool:
    """Say whether ``value`` is texts by language, where a mapping of keys could stand as well."""
    return (
        isinstance(value, Mapping)
        and is_by_language(value)
        and not _KEYS_THAT_LOOK_LIKE_LANGUAGES.issuperset(value)
    )


class ProfileModel(BaseModel):
    """The base of every part of a profile: frozen, closed, and it knows its place."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=False,
        defer_build=True,  # the first that is used builds all of its parts at once
    )

    _place: Place | None = PrivateAttr(default=None)

    @property
    def place(self) -> Place | None:
        """Where this part begins in its file; None for what is not written."""
        return self._place

    @model_validator(mode="wrap")
    @classmethod
    def _remember_place(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        model = handler(value)
        if isinstance(value, SourceMapping):
            model._place = value.place  # noqa: SLF001  its own class
        return model


class Selectable(ProfileModel):
    """What every section, entry and bullet may say about where it is shown."""

    id: Identifier | None = Field(
        default=None,
        description="A name for this part, unique in the profile.",
        examples=["phd-tsinghua"],
    )
    tags: tuple[Identifier, ...] = Field(
        default=(),
        description="Words that variants include or exclude.",
        examples=[["research", "teaching"]],
    )
    priority: Priority = Field(
        default=50, description="How much it matters: 0 (least) to 100 (most).", examples=[80]
    )
    keep: Keep = Field(
        default=Keep.AUTO,
        description="always: never left out; never: never shown; auto: by its priority.",
        examples=["always"],
    )
    group: Identifier | None = Field(
        default=None,
        description="Parts of one group are all shown or none is.",
        examples=["thesis"],
    )
    only: tuple[Identifier, ...] | None = Field(
        default=None, description="Show it in these variants alone.", examples=[["full"]]
    )
    except_: tuple[Identifier, ...] = Field(
        default=(),
        alias="except",
        description="Do not show it in these variants.",
        examples=[["one-page"]],
    )

    @model_validator(mode="after")
    def _only_or_except(self) -> Self:
        if self.only is not None and self.except_:
            raise PydanticCustomError("only_and_except", 'give "only" or "except", not both')
        return self


class Passage(Selectable):
    """A text that can be chosen: a paragraph or a bullet."""

    text: Text = Field(description="The text, with inline Markdown.", examples=["Built **it**."])


def _as_mapping_with_text(value: Any) -> Any:
    return mapping_of("text", value)


PassageOrText: TypeAlias = Annotated[
    Passage,
    BeforeValidator(_as_mapping_with_text, json_schema_input_type=Text | Passage),
]
Passages: TypeAlias = Annotated[tuple[PassageOrText, ...], Field(max_length=MAX_ENTRIES)]
