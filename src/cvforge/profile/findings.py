"""Pydantic's errors as findings in our own words, each at its place in the profile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from cvforge.diagnostics import Diagnostic, Place, did_you_mean, nearest
from cvforge.frozen import dataclass
from cvforge.profile.hints import HINTS, SHOWN_AT
from cvforge.profile.links import link_context
from cvforge.profile.model import Profile
from cvforge.profile.shape import KINDS, Step, choices, fields, type_at
from cvforge.profile.source import SourceList, SourceMapping, SourceNode, SourceText
from cvforge.profile.text import LANGUAGE_PATTERN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic_core import ErrorDetails

MAX_CHARACTERS_SHOWN = 40
_KEY_STEP = "[key]"  # Pydantic's name for the key itself


def validated(tree: SourceMapping) -> tuple[Profile | None, list[Diagnostic]]:
    """Return the profile that ``tree`` holds and no findings, or None and all of them."""
    try:
        return Profile.model_validate(tree, context=link_context(tree.get("link_schemes"))), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        spots = [_Spot(detail, tree) for detail in details]
        return None, [_finding(spot) for spot in spots if not _follows(spot, spots)]


def _follows(spot: _Spot, spots: list[_Spot]) -> bool:
    """Say whether an error only follows from another: Pydantic reports both.

    A list without valid items counts as empty; a key that is misspelt counts as missing.
    """
    if spot.detail["type"] == "too_short":
        return bool(spot.node)
    if spot.detail["type"] != "missing":
        return False
    known = fields(type_at(spot.detail["loc"][:-1]))
    return any(
        other.detail["type"] == "extra_forbidden"
        and other.steps[:-1] == spot.steps[:-1]
        and nearest(other.name, known) == spot.name
        for other in spots
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    """One of Pydantic's errors, and the tree that it speaks about."""

    detail: ErrorDetails
    tree: SourceMapping

    @property
    def context(self) -> dict[str, Any]:
        return self.detail.get("ctx", {})

    @property
    def name(self) -> str:
        return str(self.detail["loc"][-1])

    @property
    def steps(self) -> tuple[Step, ...]:
        """The path in the tree: without the kind that stands after a section's number."""
        loc = self.detail["loc"]
        return loc[:2] + loc[3:] if loc[:1] == ("sections",) else loc

    @property
    def parent(self) -> SourceNode:
        """The value that has, or lacks, the key at the end of the path."""
        return _reached(self.tree, self.steps[:-1])

    @property
    def node(self) -> SourceNode:
        """The innermost value on the path that is really written."""
        if self.name == _KEY_STEP:
            mapping = _reached(self.tree, self.steps[:-2])
            return _key(mapping, str(self.steps[-2])) or mapping
        return _reached(self.tree, self.steps)

    @property
    def place(self) -> Place:
        return whole(self.node)

    @property
    def value(self) -> str:
        """The value in quotes, shortened, or what it is."""
        node = self.node
        if not isinstance(node, SourceText):
            return "a list" if isinstance(node, SourceList) else "a mapping"
        short = node if len(node) <= MAX_CHARACTERS_SHOWN else node[:MAX_CHARACTERS_SHOWN] + "…"
        return f'"{short}"'


def _reached(node: SourceNode, steps: tuple[Step, ...]) -> SourceNode:
    for step in steps:
        below = _below(node, step)
        if below is None:
            return node
        node = below
    return node


def _below(node: SourceNode, step: Step) -> SourceNode | None:
    if isinstance(node, SourceMapping) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, SourceList) and isinstance(step, int):
        return node[step]
    return None


def _key(node: SourceNode, name: str) -> SourceText | None:
    keys = node if isinstance(node, SourceMapping) else ()
    return next((key for key in keys if key == name and isinstance(key, SourceText)), None)


def whole(node: SourceNode) -> Place:
    """Return the place of ``node``; for a mapping without brackets, that of its first key."""
    first = next(iter(node), None) if isinstance(node, SourceMapping) else None
    if isinstance(first, SourceText) and first.place == node.place:
        return first.place
    return node.place


def _finding(spot: _Spot) -> Diagnostic:
    kind = spot.detail["type"]
    if kind in _FINDINGS:
        return _FINDINGS[kind](spot)
    return Diagnostic(
        kind.replace("_", "-"), spot.detail["msg"], _custom_place(spot), HINTS.get(kind)
    )


def _custom_place(spot: _Spot) -> Place:
    """Return where an error of our own validators is: they may name a scalar and a part of it."""
    at = _below(spot.node, SHOWN_AT.get(spot.detail["type"], ""))
    place = whole(spot.node if at is None else at)
    named = spot.context.get("place")
    if isinstance(named, Place):
        place = named
    return place.narrowed(str(spot.context.get("fragment", "")))


def _unknown_key(spot: _Spot) -> Diagnostic:
    key = _key(spot.parent, spot.name)
    known = fields(type_at(spot.detail["loc"][:-1]))
    return Diagnostic(
        "unknown-key",
        f'unknown key "{spot.name}"',
        spot.place if key is None else key.place,
        did_you_mean(spot.name, known),
    )


def _missing_key(spot: _Spot) -> Diagnostic:
    field = fields(type_at(spot.detail["loc"][:-1]))[spot.name]
    example = (field.examples or ["…"])[0]
    shown = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)
    hint = f"for example: {spot.name}: {shown}"
    return Diagnostic(
        "missing-key", f'the key "{spot.name}" is missing here', whole(spot.parent), hint
    )


def _missing_kind(spot: _Spot) -> Diagnostic:
    if not isinstance(spot.node, SourceMapping):
        return _section(spot)
    hint = "it is one of " + ", ".join(KINDS)
    return Diagnostic("missing-key", 'the key "kind" is missing here', spot.place, hint)


def _unknown_kind(spot: _Spot) -> Diagnostic:
    kind = _below(spot.node, "kind")
    if not isinstance(kind, SourceText):
        return _missing_kind(spot)
    hint = did_you_mean(kind, KINDS)
    return Diagnostic("unknown-kind", f'there is no kind of section "{kind}"', kind.place, hint)


def _expected(code: str, what: str, *, hint: str | None = None) -> Callable[[_Spot], Diagnostic]:
    def make(spot: _Spot) -> Diagnostic:
        found = f"not {spot.value}" if spot.node else "but nothing is written"
        return Diagnostic(code, f"{what} is expected here, {found}", spot.place, hint)

    return make


def _unknown_value(spot: _Spot) -> Diagnostic:
    hint = did_you_mean(str(spot.node), choices(type_at(spot.detail["loc"])))
    return Diagnostic("unknown-value", f"{spot.value} is not known here", spot.place, hint)


def _too_small(spot: _Spot) -> Diagnostic:
    message = f"{spot.value} is too small; the least is {spot.context['ge']}"
    return Diagnostic("out-of-range", message, spot.place)


def _too_large(spot: _Spot) -> Diagnostic:
    message = f"{spot.value} is too large; the most is {spot.context['le']}"
    return Diagnostic("out-of-range", message, spot.place)


def _bad_pattern(spot: _Spot) -> Diagnostic:
    if spot.context["pattern"] == LANGUAGE_PATTERN:
        message = f"{spot.value} is no language"
        return Diagnostic("bad-language", message, spot.place, HINTS["text_language"])
    message = f"{spot.value} cannot be a name"
    hint = 'a name is small letters and digits, with single hyphens between: "one-page"'
    return Diagnostic("bad-name", message, spot.place, hint)


def _too_long_text(spot: _Spot) -> Diagnostic:
    message = f"longer than the {spot.context['max_length']} characters that are allowed here"
    return Diagnostic("too-long", message, spot.place)


def _empty_text(spot: _Spot) -> Diagnostic:
    return Diagnostic("text-empty", "the text is empty", spot.place, HINTS["text_empty"])


def _too_few(spot: _Spot) -> Diagnostic:
    return Diagnostic("empty-list", "the list is empty", spot.place, "write one item at least")


def _too_many(spot: _Spot) -> Diagnostic:
    message = f"the list has more than {spot.context['max_length']} items, the most allowed here"
    return Diagnostic("too-many-items", message, spot.place)


_mapping = _expected("not-a-mapping", "a mapping of keys to values")
_section = _expected(
    "not-a-mapping",
    "a mapping of keys to values",
    hint='a section has at least "id", "title" and "kind"',
)
_list = _expected("not-a-list", "a list", hint='put each item on a line of its own, after "- "')
_text = _expected("not-a-text", "a text")
_number = _expected("not-a-number", "a whole number")
_yes_or_no = _expected("not-yes-or-no", '"true" or "false"')

# Every error that Pydantic itself can report about our models; the others are our own words.
_FINDINGS: Mapping[str, Callable[[_Spot], Diagnostic]] = {
    "bool_parsing": _yes_or_no,
    "bool_type": _yes_or_no,
    "dict_type": _mapping,
    "enum": _unknown_value,
    "extra_forbidden": _unknown_key,
    "greater_than_equal": _too_small,
    "int_parsing": _number,
    "int_parsing_size": _number,
    "int_type": _number,
    "less_than_equal": _too_large,
    "literal_error": _unknown_value,
    "missing": _missing_key,
    "model_attributes_type": _section,
    "model_type": _mapping,
    "string_pattern_mismatch": _bad_pattern,
    "string_too_long": _too_long_text,
    "string_too_short": _empty_text,
    "string_type": _text,
    "string_unicode": _text,
    "too_long": _too_many,
    "too_short": _too_few,
    "tuple_type": _list,
    "union_tag_invalid": _unknown_kind,
    "union_tag_not_found": _missing_kind,
}
