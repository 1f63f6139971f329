"""The words, dates and rules of a language for a style: its own before citeproc-py's."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import citeproc
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACE = "http://purl.org/net/xbiblio/csl"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FALLBACK = "en-US"
_EMPTY = f'<locale xmlns="{NAMESPACE}"><style-options/><terms/></locale>'.encode()
_ORDINALS = ("ordinal", "long-ordinal")


def chosen_language(language: str, default: str | None) -> str:
    """Return the nearest language that citeproc-py has words for.

    ``default`` is the style's own, which decides between dialects of one language.
    """
    base, _, region = language.partition("-")
    if default is not None and default.partition("-")[0] == base and not region:
        language = default
    for name in (language, citeproc.PRIMARY_DIALECTS.get(base)):
        if name in citeproc.LANGUAGE_NAMES:
            return str(name)
    return _FALLBACK


def merged_locale(style: Any, language: str, parser: Any) -> Any:
    """Return one ``cs:locale`` of all that hold for ``language``, the nearest first."""
    made = etree.fromstring(_EMPTY, parser)
    made.set(_LANG, language)
    for source in (*_own(style, language), *_system(language, parser)):
        is_foreign = source.get(_LANG) == _FALLBACK and not language.startswith("en")
        _add(made, source, _names(made) if is_foreign else frozenset())
    return made


def _own(style: Any, language: str) -> Iterator[Any]:
    """Yield the style's own locales: of the dialect, of the language, of any."""
    for name in (language, language.partition("-")[0], None):
        for locale in style.iterchildren(f"{{{NAMESPACE}}}locale"):
            if locale.get(_LANG) == name:
                yield locale


def _system(language: str, parser: Any) -> Iterator[Any]:
    primary = citeproc.PRIMARY_DIALECTS.get(language.partition("-")[0], language)
    for name in dict.fromkeys((language, primary, _FALLBACK)):
        path = Path(citeproc.LOCALES_PATH) / f"locales-{name}.xml"
        yield etree.fromstring(path.read_bytes(), parser)


def _names(locale: Any) -> frozenset[str]:
    """Return the terms that a language has; with its ordinals, no other's are mixed in."""
    names = {term.get("name", "") for term in locale.iter(f"{{{NAMESPACE}}}term")}
    if any(name.startswith(_ORDINALS) for name in names):
        names.update(f"{kind}-{number:02}" for kind in _ORDINALS for number in range(100))
    return frozenset(names)


def _add(made: Any, source: Any, left_out: frozenset[str]) -> None:
    """Add to ``made`` what it lacks of ``source``, but for the terms that are left out."""
    options, terms = made[0], made[1]
    known = {_key(part) for part in made.iter(f"{{{NAMESPACE}}}term", f"{{{NAMESPACE}}}date")}
    for part in source.iter(f"{{{NAMESPACE}}}term", f"{{{NAMESPACE}}}date"):
        if _key(part) not in known and part.get("name") not in left_out:
            (terms if part.tag.endswith("term") else made).append(copy.deepcopy(part))
    for own in source.iterchildren(f"{{{NAMESPACE}}}style-options"):
        for name, value in own.items():
            if name not in options.attrib:
                options.set(name, value)


def _key(part: Any) -> tuple[str | None, ...]:
    wanted = ("name", "form", "match", "gender", "gender-form")
    return (part.tag, *(part.get(name) for name in wanted))
