"""What each known LaTeX macro makes of the text after it; knows nothing of how text is scanned."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TypeAlias

from cvforge.bibliography.links import unescaped, web_target
from cvforge.bibliography.reading import symbols
from cvforge.bibliography.spans import merged, recased
from cvforge.inline import Code, Emphasis, Inline, Link, Span, Strong, Text, plain
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LINK_SCHEMES = ("http", "https", "mailto")

_DOTTED = str.maketrans("\u0131\u0237", "ij")  # an accent takes the place of the dot
_LETTER = pattern("(.[\u0300-\u036f]*)(.*)", re.DOTALL)


class Scanner(Protocol):
    """What a macro may ask of the text after it."""

    def argument(self) -> list[Span]:
        """Read a group, another macro, or one character."""

    def rest(self) -> list[Span]:
        """Read to the end of the group."""

    def quotation(self) -> list[Span]:
        """Read an argument and put it in quotation marks."""

    def typed(self, read: Callable[[], list[Span]]) -> str:
        """Return what ``read`` makes where signs in a row are no ligatures."""

    def verbatim(self) -> str | None:
        """Read a group as it is typed; None, and a finding, where none follows."""

    def formula(self, closing: str) -> list[Span]:
        """Read mathematics up to ``closing``."""

    def checked_formula(self, source: str) -> list[Span]:
        """Return ``source`` as a formula."""

    def find(self, code: str, message: str, hint: str) -> None:
        """Note a finding about the macro."""


Macro: TypeAlias = "Callable[[Scanner, str], list[Span]]"


def _sign(_scanner: Scanner, name: str) -> list[Span]:
    return [Text(symbols.SIGNS[name])]


def _control_symbol(_scanner: Scanner, name: str) -> list[Span]:
    return [Text(symbols.CONTROL_SYMBOLS[name])]


def _accent(scanner: Scanner, name: str) -> list[Span]:
    letters = plain(tuple(scanner.argument()))
    found = _LETTER.match(letters.strip())
    if found is None:
        if name not in symbols.SPACING_ACCENTS:
            scanner.find("latex", f"the accent \\{name} has no letter", "write it as \\v{c}")
        return [Text(symbols.SPACING_ACCENTS.get(name, ""))]
    letter = found[1].translate(_DOTTED)
    accented = unicodedata.normalize("NFC", letter + symbols.ACCENTS[name])
    return [Text(accented + found[2])]


def _italic(scanner: Scanner, _name: str) -> list[Span]:
    return _marked(Emphasis, scanner.argument())


def _bold(scanner: Scanner, _name: str) -> list[Span]:
    return _marked(Strong, scanner.argument())


def _italic_rest(scanner: Scanner, _name: str) -> list[Span]:
    return _marked(Emphasis, scanner.rest())


def _bold_rest(scanner: Scanner, _name: str) -> list[Span]:
    return _marked(Strong, scanner.rest())


def _marked(mark: type[Emphasis | Strong], spans: list[Span]) -> list[Span]:
    return [mark(merged(spans))] if spans else []


def _code(scanner: Scanner, _name: str) -> list[Span]:
    return _coded(scanner.typed(scanner.argument))


def _code_rest(scanner: Scanner, _name: str) -> list[Span]:
    return _coded(scanner.typed(scanner.rest))


def _coded(text: str) -> list[Span]:
    return [Code(text)] if text else []


def _as_it_is(scanner: Scanner, _name: str) -> list[Span]:
    return scanner.argument()


def _nothing(_scanner: Scanner, _name: str) -> list[Span]:
    return []


def _dropped(scanner: Scanner, _name: str) -> list[Span]:
    scanner.argument()
    return []


def _quoted(scanner: Scanner, _name: str) -> list[Span]:
    return scanner.quotation()


def _capitals(scanner: Scanner, _name: str) -> list[Span]:
    return recased(scanner.argument(), str.upper)


def _small_letters(scanner: Scanner, _name: str) -> list[Span]:
    return recased(scanner.argument(), str.lower)


def _raised(scanner: Scanner, _name: str) -> list[Span]:
    return _at_level(scanner.argument(), symbols.RAISED)


def _lowered(scanner: Scanner, _name: str) -> list[Span]:
    return _at_level(scanner.argument(), symbols.LOWERED)


def _at_level(spans: list[Span], level: Mapping[int, int]) -> list[Span]:
    """Figures are raised or lowered; words such as the "rd" of "63rd" stay on the line."""
    text = plain(tuple(spans))
    return [Text(text.translate(level))] if all(ord(c) in level for c in text) else spans


def _ensured_formula(scanner: Scanner, _name: str) -> list[Span]:
    source = scanner.verbatim()
    return [] if source is None else scanner.checked_formula(source)


def _formula(scanner: Scanner, name: str) -> list[Span]:
    return scanner.formula("\\)" if name == "(" else "\\]")


def _address(scanner: Scanner, _name: str) -> list[Span]:
    address = scanner.verbatim()
    if address is None:
        return []
    return _link((Text(unescaped(address)),), address, scanner)


def _unlinked_address(scanner: Scanner, _name: str) -> list[Span]:
    address = scanner.verbatim()
    return [] if address is None else [Code(unescaped(address))]


def _linked(scanner: Scanner, _name: str) -> list[Span]:
    address = scanner.verbatim()
    if address is None:
        return []
    return _link(merged(scanner.argument()), address, scanner)


def _link(shown: Inline, address: str, scanner: Scanner) -> list[Span]:
    try:
        return [Link(shown, web_target(unescaped(address), schemes=LINK_SCHEMES))]
    except ValueError as error:
        scanner.find("link-scheme", str(error), 'write it in full, as in "https://example.org"')
        return list(shown)


SYMBOLS: Mapping[str, Macro] = MappingProxyType(
    dict.fromkeys(symbols.CONTROL_SYMBOLS, _control_symbol)
    | {name: _accent for name in symbols.ACCENTS if not name.isalpha()}
    | dict.fromkeys("([", _formula)
)

MACROS: Mapping[str, Macro] = MappingProxyType(
    dict.fromkeys(symbols.SIGNS, _sign)
    | {name: _accent for name in symbols.ACCENTS if name.isalpha()}
    | dict.fromkeys(symbols.ITALIC, _italic)
    | dict.fromkeys(symbols.BOLD, _bold)
    | dict.fromkeys(symbols.PLAIN, _as_it_is)
    | dict.fromkeys(symbols.ITALIC_SWITCHES, _italic_rest)
    | dict.fromkeys(symbols.BOLD_SWITCHES, _bold_rest)
    | dict.fromkeys(symbols.PLAIN_SWITCHES, _nothing)
    | dict.fromkeys(symbols.CODE_SWITCHES, _code_rest)
    | dict.fromkeys(symbols.CAPITALS, _capitals)
    | dict.fromkeys(symbols.SMALL_LETTERS, _small_letters)
    | dict.fromkeys(symbols.SORTING, _dropped)
    | dict.fromkeys(("enquote", "mkbibquote"), _quoted)
    | dict.fromkeys(("path", "nolinkurl"), _unlinked_address)
    | {
        "texttt": _code,
        "textsuperscript": _raised,
        "textsubscript": _lowered,
        "ensuremath": _ensured_formula,
        "url": _address,
        "href": _linked,
    }
)
