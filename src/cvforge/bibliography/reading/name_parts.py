"""A person's name as it is written, split by BibTeX's rules."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cvforge.bibliography.reading import symbols
from cvforge.bibliography.reading.decode import decode_plain
from cvforge.bibliography.reading.findings import Findings
from cvforge.bibliography.reading.source import Source
from cvforge.bibliography.reading.values import Origin, Value
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Names that cannot be misread: words that begin with a capital letter, without braces and macros.
_WORDS = r"[A-Z][^\s~,{}\\]*(?: [A-Z][^\s~,{}\\]*)*"
_PLAIN = pattern(rf"(?:(?P<last>{_WORDS}), )?(?P<first>{_WORDS})")
_NO_NAMES = frozenset({"and", "others"})


def _one_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_ARGUMENT = (
    r"[ \t\n]*+(?:\{(?>(?:[^{}]++|\{[^{}]*+\})*)\}|\\[A-Za-z]++[ \t\n]*+(?:\{\})?|[^{}\\ \t\n])"
)
_ACCENT = (
    rf"\\(?:{_one_of(name for name in symbols.ACCENTS if not name.isalpha())}"
    rf"|(?:{_one_of(filter(str.isalpha, symbols.ACCENTS))})(?![A-Za-z])){_ARGUMENT}"
)
_SIGN = rf"\\(?:{_one_of(symbols.SIGNS)})(?![A-Za-z])[ \t\n]*+(?:\{{\}})?"


@cache
def _token() -> re.Pattern[str]:
    """Return what is looked for in names with macros, which few are: it is slow to compile."""
    return re.compile(
        rf"(?P<space>\\[ \t\n,;:])|(?P<special>\{{(?:{_ACCENT}|{_SIGN})\}}|{_ACCENT}|{_SIGN})"
        r"|\\.|(?P<brace>[{}])",
        re.DOTALL,
    )


def split_name(written: str) -> tuple[str, str, str, str] | None:
    """Return the first name, von, last name and Jr as they are written; None for no name."""
    if (plain := _PLAIN.fullmatch(written)) is not None:
        return _split_plainly(*plain.group("first", "last"))
    from bibtexparser.middlewares.names import (  # noqa: PLC0415  few names pay for it
        InvalidNameError,
        parse_single_name_into_parts,
    )

    name = "".join(_lettered(written)) if "\\" in written else written
    try:
        parts = parse_single_name_into_parts(name, strict=True)
    except InvalidNameError:
        return None
    if _NO_NAMES.intersection((*parts.first, *parts.von, *parts.last, *parts.jr)):
        return None
    first, von, last, jr = (" ".join(p) for p in (parts.first, parts.von, parts.last, parts.jr))
    return first, von, last, jr


def _split_plainly(first: str, last: str | None) -> tuple[str, str, str, str]:
    """Return the parts of "First Last" or "Last, First" without asking bibtexparser: 9 ms."""
    if last is None:
        first, _, last = first.rpartition(" ")
    return first, "", last, ""


def _lettered(name: str) -> Iterator[str]:
    r"""Yield the pieces of ``name``, the letters outside of braces that are macros as letters.

    A space ends such a macro, the sign of another is its argument, and BibTeX takes its letter's
    case for the word's: ``\o ren``, ``Bego\~na``, ``{\O}rsted``. Other macros are put in braces,
    so that the space behind them ends no word.
    """
    depth, at = 0, 0
    for token in _token().finditer(name):
        yield name[at : token.start()]
        at = token.end()
        if token["brace"] is not None:
            depth += 1 if token[0] == "{" else -1
        if depth > 0 or (token["space"] is None and token["special"] is None):
            yield token[0]
        else:
            yield " " if token["special"] is None else _letter(token[0])
    yield name[at:]


def _letter(written: str) -> str:
    findings = Findings()
    origin = Origin(0, Source("", written), 0)
    letter = decode_plain(Value(written, (origin,)), findings)
    if letter.isalpha() and not len(findings):
        return letter
    return written if written.startswith("{") else f"{{{written}}}"
