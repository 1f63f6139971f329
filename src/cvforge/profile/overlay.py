"""What changes a profile before it is validated: the private overlay and the settings of --set."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cvforge.diagnostics import Diagnostic, Place
from cvforge.errors import ProfileError
from cvforge.profile.scalars import character_findings
from cvforge.profile.source import SourceList, SourceMapping, SourceNode, SourceText

if TYPE_CHECKING:
    from collections.abc import Sequence

SETTINGS_FILE = "--set"
MAX_STEPS = 24


def merged(base: SourceMapping, overlay: SourceMapping) -> SourceMapping:
    """Return ``base`` with ``overlay`` laid over it: mappings key by key, all else replaced."""
    result = SourceMapping(base.place)
    for key, value in base.items():
        if key not in overlay:
            result[key] = value
            continue
        above = overlay[key]
        if isinstance(value, SourceMapping) and isinstance(above, SourceMapping):
            result[key] = merged(value, above)
        else:
            result[_key_of(overlay, key)] = above
    for key, above in overlay.items():
        result.setdefault(key, above)
    return result


def with_settings(tree: SourceMapping, settings: Sequence[str]) -> SourceMapping:
    """Return ``tree`` with every ``path=value`` of ``settings`` put in; the last one wins.

    Raises:
        ProfileError: if a setting has no "=", or its path leads nowhere; for all of them together.
    """
    findings: list[Diagnostic] = []
    for number, setting in enumerate(settings, 1):
        try:
            tree = _with_setting(tree, _parsed(setting, number))
        except ProfileError as error:
            findings.extend(error.diagnostics)
    if findings:
        raise ProfileError(findings)
    return tree


class _Setting(NamedTuple):
    steps: tuple[SourceText, ...]
    value: SourceText


def _parsed(setting: str, number: int) -> _Setting:
    path, equals, value = setting.partition("=")
    whole = Place(SETTINGS_FILE, number, 1, max(1, len(setting)), setting)
    if not _is_unicode(setting):
        raise ProfileError.one("not-utf-8", "the setting is no UTF-8 text", place=whole)
    steps = _steps(path, whole)
    if not equals or not all(steps) or len(steps) > MAX_STEPS:
        raise ProfileError.one(
            "setting",
            "a setting is a path of keys, an equals sign and a value",
            place=whole,
            hint="for example: --set variants.one-page.design.density=compact",
        )
    if findings := [*character_findings(setting, whole)]:
        raise ProfileError(findings)
    return _Setting(steps, SourceText(value, _part(whole, len(path) + 1, len(value))))


def _is_unicode(text: str) -> bool:
    """Say whether ``text`` came from valid UTF-8: Python keeps other bytes as surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _steps(path: str, whole: Place) -> tuple[SourceText, ...]:
    steps: list[SourceText] = []
    start = 0
    for step in path.split("."):
        steps.append(SourceText(step, _part(whole, start, len(step))))
        start += len(step) + 1
    return tuple(steps)


def _part(whole: Place, start: int, length: int) -> Place:
    return Place(whole.file, whole.line, start + 1, max(1, length), whole.text)


def _with_setting(tree: SourceMapping, setting: _Setting) -> SourceMapping:
    first, rest = setting.steps[0], setting.steps[1:]
    return _with_key(tree, first, rest=rest, value=setting.value)


def _put(
    node: SourceNode, steps: tuple[SourceText, ...], *, value: SourceText, name: str
) -> SourceNode:
    """Return a copy of ``node``, which stands under ``name``, with ``value`` at ``steps``."""
    if not steps:
        return value
    if isinstance(node, SourceMapping):
        return _with_key(node, steps[0], rest=steps[1:], value=value)
    if isinstance(node, SourceList):
        return _with_item(node, steps[0], rest=steps[1:], value=value)
    raise ProfileError.one(
        "setting-path",
        f'"{name}" is a text in the profile: "{steps[0]}" cannot stand under it',
        place=steps[0].place,
    )


def _with_key(
    node: SourceMapping, key: SourceText, *, rest: tuple[SourceText, ...], value: SourceText
) -> SourceMapping:
    below = node[key] if key in node else SourceMapping(key.place)
    replaced = _put(below, rest, value=value, name=key)
    result = SourceMapping(node.place)
    for known, old in node.items():
        if known != key:
            result[known] = old
        else:
            result[known if rest else key] = replaced
    result.setdefault(key, replaced)
    return result


def _with_item(
    node: SourceList, index: SourceText, *, rest: tuple[SourceText, ...], value: SourceText
) -> SourceList:
    position = int(index) if index.isdecimal() and index.isascii() else len(node)
    if position >= len(node):
        raise ProfileError.one(
            "setting-path",
            f'"{index}" is no position in this list of {len(node)}',
            place=index.place,
            hint=f"the first is 0, the last {len(node) - 1}" if node else "the list is empty",
        )
    result = SourceList(node.place)
    result.extend(node)
    result[position] = _put(node[position], rest, value=value, name=index)
    return result


def _key_of(mapping: SourceMapping, key: str) -> str:
    return next(known for known in mapping if known == key)
