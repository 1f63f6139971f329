"""What the models allow at a path of the profile: types, keys and words; knows no values."""

from __future__ import annotations

from enum import Enum
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel

from cvforge.profile.model import Profile, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

Step: TypeAlias = str | int


def type_at(path: tuple[Step, ...]) -> Any:
    """Return the type at a path as Pydantic reports it: a section's kind follows its number."""
    annotation: Any = Profile
    for step in path:
        annotation = _type_below(annotation, step)
    return annotation


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models that a value of ``annotation`` may be."""
    for alternative in _alternatives(annotation):
        if isinstance(alternative, type) and issubclass(alternative, BaseModel):
            yield alternative


def fields(annotation: Any) -> dict[str, FieldInfo]:
    """Return the fields of the model in ``annotation`` by their keys in a profile."""
    model = next(models(annotation), None)
    if model is None:
        return {}
    return {field.alias or name: field for name, field in model.model_fields.items()}


def choices(annotation: Any) -> list[str]:
    """Return the words that are allowed: of a Literal or an Enum."""
    words: list[str] = []
    for alternative in _alternatives(annotation):
        if get_origin(alternative) is Literal:
            words += map(str, get_args(alternative))
        elif isinstance(alternative, type) and issubclass(alternative, Enum):
            words += [str(member.value) for member in alternative]
    return words


def _alternatives(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for alternative in get_args(annotation):
            yield from _alternatives(alternative)
    else:
        yield annotation


def _type_below(annotation: Any, step: Step) -> Any:
    kinds = list(models(annotation))
    if len(kinds) > 1:
        return KINDS[str(step)]
    if kinds:
        field = fields(annotation).get(str(step))
        return None if field is None else field.annotation
    for container in _alternatives(annotation):
        if get_origin(container) in (tuple, dict):
            return get_args(container)[0 if get_origin(container) is tuple else 1]
    return None


KINDS: Mapping[str, type[BaseModel]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model for model in models(Section)
}
