"""Author text inside the models: given once or by language, with its place and markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError, core_schema

from cvforge.inline import Inline, Phrase, formulas, links, parse
from cvforge.latex.math import MathError, check_math
from cvforge.profile.source import SourceText

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

    from cvforge.diagnostics import Place

LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
LANGUAGE_TAG = re.compile(LANGUAGE_PATTERN.replace("$", r"\Z"))
LINK_SCHEMES = ("http", "https", "mailto", "tel")
MAX_CHARACTERS = 20_000
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Text:
    """A text with inline markup, given once or once a language.

    ``None`` as language stands for "given once, in every language".
    """

    __slots__ = ("_phrases",)

    def __init__(self, phrases: Mapping[str | None, Phrase]) -> None:
        self._phrases = dict(phrases)

    def languages(self) -> frozenset[str]:
        """Return the languages that this text is given in; empty when it is given once."""
        return frozenset(tag for tag in self._phrases if tag is not None)

    def in_language(self, language: str) -> Phrase:
        """Return the text for ``language``.

        Raises:
            KeyError: if the text is given by language, and not in this one.
        """
        once = self._phrases.get(None)
        return once if once is not None else self._phrases[language]

    @property
    def place(self) -> Place | None:
        """Where the text, or its first language, was written."""
        return next(iter(self._phrases.values())).place

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Return the schema by which Pydantic reads a text."""
        return core_schema.no_info_plain_validator_function(_validated)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema: what YAML takes for a number or a boolean is text as well."""
        scalar = {"type": ["string", "number", "boolean"]}
        return {
            "description": "Text with inline Markdown, given once or by language.",
            "anyOf": [
                scalar,
                {
                    "type": "object",
                    "propertyNames": {"pattern": LANGUAGE_PATTERN},
                    "additionalProperties": scalar,
                    "minProperties": 1,
                },
            ],
        }


def is_by_language(value: object) -> bool:
    """Say whether ``value`` is a mapping from language tags to texts."""
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(LANGUAGE_TAG.match(str(key)) for key in value)
        and all(isinstance(text, str) for text in value.values())
    )


def _validated(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, str):
        return Text({None: _phrase(value)})
    if not isinstance(value, Mapping) or not value:
        kind = "an empty mapping" if isinstance(value, Mapping) else "a list"
        raise PydanticCustomError("text", "a text is expected here, not {kind}", {"kind": kind})
    for tag, text in value.items():
        _check_language(tag, text)
    return Text({tag: _phrase(text) for tag, text in value.items()})


def _check_language(tag: str, text: object) -> None:
    if not LANGUAGE_TAG.match(tag):
        raise _refusal(
            "text_language",
            'a text, or texts by language, is expected here; "{tag}" is no language',
            at=tag,
            tag=tag,
        )
    if not isinstance(text, str):
        raise _refusal("text", 'the text in "{tag}" is a list or a mapping', at=tag, tag=tag)


def _refusal(
    code: str, message: str, *, at: str, fragment: str = "", **values: str | int
) -> PydanticCustomError:
    """Return the error for the scalar ``at``; ``fragment`` is what is wrong in it.

    ``findings`` reads ``place`` and ``fragment`` from the error's context.
    """
    place = at.place if isinstance(at, SourceText) else None
    return PydanticCustomError(code, message, {**values, "place": place, "fragment": fragment})


def _phrase(text: str) -> Phrase:
    content = _read(str(text))
    if isinstance(content, _Fault):
        raise _refusal(
            content.code, "{reason}", at=text, fragment=content.fragment, reason=content.reason
        )
    return Phrase(content, text.place if isinstance(text, SourceText) else None)


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a text is refused, and the part of it that is wrong."""

    code: str
    reason: str
    fragment: str = ""


@lru_cache(maxsize=16_384)  # by an alias, one long text can stand thousands of times
def _read(text: str) -> Inline | _Fault:
    if not text.strip():
        return _Fault("text_empty", "the text is empty")
    if len(text) > MAX_CHARACTERS:
        reason = f"the text has {len(text)} characters; at most {MAX_CHARACTERS} are allowed"
        return _Fault("text_long", reason)
    control = _UNPRINTABLE.search(text)
    if control is not None:
        name = f"U+{ord(control[0]):04X}"
        reason = f"the text holds the control character {name}"
        return _Fault("control-character", reason)
    content = parse(text)
    return next(_faults(content), content)


def _faults(content: Inline) -> Iterator[_Fault]:
    for link in links(content):
        try:
            check_link(link.target)
        except PydanticCustomError as error:
            yield _Fault(error.type, error.message(), link.target)
    for formula in formulas(content):
        try:
            check_math(formula.source)
        except MathError as error:
            yield _Fault("math", str(error), f"${formula.source}$")


def check_link(target: str) -> None:
    """Refuse a link target that is no absolute URL of a known scheme.

    Raises:
        PydanticCustomError: with the scheme and the ones that are allowed.
    """
    try:
        parts = urlsplit(target)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in LINK_SCHEMES:
        raise PydanticCustomError(
            "link_scheme",
            'the link target "{target}" does not begin with one of {schemes}',
            {"target": target, "schemes": ", ".join(f"{s}:" for s in LINK_SCHEMES)},
        )
    if not (parts.netloc if parts.scheme in ("http", "https") else parts.path):
        raise PydanticCustomError(
            "link_target", 'the link target "{target}" is incomplete', {"target": target}
        )
    if any(character.isspace() or not character.isprintable() for character in target):
        raise PydanticCustomError(
            "link_target", 'the link target "{target}" contains a space', {"target": target}
        )
