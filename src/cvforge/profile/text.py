"""Author text inside the models: given once or by language, with its place and markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError, core_schema

from cvforge.characters.normal import normalised
from cvforge.characters.refusals import refusals
from cvforge.characters.rules import HALF
from cvforge.frozen import dataclass
from cvforge.inline import Code, Inline, Nested, Phrase, formulas, links, parse, plain
from cvforge.inline import Text as Characters
from cvforge.latex.math import MathError, check_math
from cvforge.patterns import pattern
from cvforge.profile.links import allowed_schemes, check_link
from cvforge.profile.source import SourceText

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

    from cvforge.diagnostics import Place

LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
LANGUAGE_TAG = pattern(LANGUAGE_PATTERN.replace("$", r"\Z"))
MAX_CHARACTERS = 20_000


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
        return core_schema.with_info_plain_validator_function(_validated)

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


def _validated(value: object, info: core_schema.ValidationInfo) -> Text:
    if isinstance(value, Text):
        return value
    schemes = allowed_schemes(info.context)
    if isinstance(value, str):
        return Text({None: _phrase(value, schemes)})
    if not isinstance(value, Mapping) or not value:
        kind = "an empty mapping" if isinstance(value, Mapping) else "a list"
        raise PydanticCustomError("text", "a text is expected here, not {kind}", {"kind": kind})
    for tag, text in value.items():
        _check_language(tag, text)
    return Text({tag: _phrase(text, schemes) for tag, text in value.items()})


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


def _phrase(text: str, schemes: frozenset[str]) -> Phrase:
    content = _read(str(text), schemes)
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
def _read(text: str, schemes: frozenset[str]) -> Inline | _Fault:
    if not text.strip():
        return _Fault("text_empty", "the text is empty")
    if len(text) > MAX_CHARACTERS:
        reason = f"the text has {len(text)} characters; at most {MAX_CHARACTERS} are allowed"
        return _Fault("text_long", reason)
    if (fault := next(_character_faults(text), None)) is not None:
        return fault
    content = parse(normalised(text))
    if content == (Characters(text),):  # no markup, and its characters were looked at
        return content
    return next(_faults(content, schemes), content)


def _character_faults(text: str) -> Iterator[_Fault]:
    for refusal in refusals(text):
        fragment = "" if refusal.code == HALF.code else refusal.character  # Pydantic writes UTF-8
        yield _Fault(refusal.code, refusal.message, fragment)


def _faults(content: Inline, schemes: frozenset[str]) -> Iterator[_Fault]:
    if not plain(content).strip():
        yield _Fault("text_empty", "the text is nothing but markup")
    for link in links(content):
        if not plain(link.children).strip():
            yield _Fault("link_text", f'the link to "{link.target}" has no text', link.target)
        try:
            check_link(link.target, allowed=schemes)
        except PydanticCustomError as error:
            yield _Fault(error.type, error.message(), link.target)
    for formula in formulas(content):
        try:
            check_math(formula.source)
        except MathError as error:
            yield _Fault("math", str(error), f"${formula.source}$")
    for text in _texts(content):  # without markup, a mark may have lost its letter
        yield from _character_faults(text)


def _texts(content: Inline) -> Iterator[str]:
    for span in content:
        if isinstance(span, Characters | Code):
            yield span.text
        elif isinstance(span, Nested):
            yield from _texts(span.children)
