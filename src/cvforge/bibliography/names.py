"""Authors: names by BibTeX's rules, and biblatex's annotations of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cvforge.bibliography.decode import decode_plain
from cvforge.diagnostics import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.bibliography.findings import Findings
    from cvforge.bibliography.values import Value

_BRACE = re.compile(r"(?<!\\)[{}]")
_ANNOTATION = re.compile(r"\s*(\d{1,5})\s*(?::\s*\w+\s*)?=(.+)", re.DOTALL)
_NAMED_PARTS = re.compile(r"\b(?:given|family|prefix|suffix)\s*=")
_SEPARATOR = re.compile(r"\\.|[{}]|(?<![^ \t\n])(?P<and>and)(?=[ \t\n])", re.DOTALL | re.IGNORECASE)
_NO_NAMES = frozenset({"and", "others"})


# The words of annotations that the page shows; files may hold others for other programs.
EQUAL = "equal"
CORRESPONDING = "corresponding"


@dataclass(frozen=True, slots=True)
class Name:
    """One author, or a body of authors kept whole (``corporate``), in Unicode."""

    given: str
    prefix: str
    family: str
    suffix: str
    corporate: bool = False

    @property
    def printed(self) -> str:
        """The name in full: "Bo van der Rune, Jr"."""
        name = " ".join(part for part in (self.given, self.prefix, self.family) if part)
        return f"{name}, {self.suffix}" if self.suffix else name


def people(value: Value, findings: Findings) -> tuple[tuple[Name, ...], bool]:
    """Return the names in ``value``, and whether it ends with ``and others``."""
    written = list(_separated(value))
    others = len(written) > 1 and written[-1].text == "others"
    made = [_name(each, findings) for each in (written[:-1] if others else written)]
    return tuple(name for name in made if name is not None), others


def _separated(value: Value) -> Iterator[Value]:
    r"""Yield what stands between the words "and" outside of braces.

    bibtexparser 2.1 has a function for it, which loses a macro that begins a name (``\'Eric``).
    """
    depth, start = 0, 0
    for mark in _SEPARATOR.finditer(value.text):
        if mark[0] in "{}":
            depth += 1 if mark[0] == "{" else -1
        elif depth == 0 and mark["and"] is not None:
            yield _stripped(value, start, mark.start())
            start = mark.end()
    yield _stripped(value, start, len(value.text))


def _stripped(value: Value, start: int, end: int) -> Value:
    written = value.text[start:end]
    text = written.strip(" \t\n")
    return value.part(text, start + written.find(text))


def author_annotations(value: Value, authors: int, findings: Findings) -> dict[int, frozenset[str]]:
    """Return the words that ``1=equal, corresponding; 2=equal`` gives to author positions.

    A word that is nearly one of those shown on the page is a finding, others are left alone.

    Source: the biblatex manual, 3.7 (data annotations).
    """
    words: dict[int, frozenset[str]] = {}
    at = 0
    for item in value.text.split(";"):
        found = _ANNOTATION.fullmatch(item)
        position = 0 if found is None else int(found[1])
        if found is not None and 1 <= position <= authors:
            given = frozenset(word.strip(' \t\n"').lower() for word in found[2].split(","))
            _check_words(given, value.part(item, at), findings)
            words[position] = words.get(position, frozenset()) | (given - {""})
        elif item.strip():
            _find_no_annotation(value.part(item, at), authors, findings)
        at += len(item) + 1
    return words


def _check_words(words: frozenset[str], item: Value, findings: Findings) -> None:
    shown = (EQUAL, CORRESPONDING)
    for word in sorted(words):
        near = None if word in shown else nearest(word, shown)
        if near is not None:
            at = max(0, item.text.lower().find(word))
            message = f'"{word}" is no annotation that is shown'
            place = item.place(at, len(word))
            findings.add("annotation", message, place, f'did you mean "{near}"?')


def _find_no_annotation(item: Value, authors: int, findings: Findings) -> None:
    written = item.text.strip()
    findings.add(
        "annotation",
        f'"{written}" annotates none of the {authors} names',
        item.place(item.text.index(written), len(written)),
        "write the position of the author, from 1, and a word: 1=equal; 2=equal",
    )


def _name(value: Value, findings: Findings) -> Name | None:
    if _is_one_group(value.text):
        body = decode_plain(value, findings)
        made = Name("", "", body, "", corporate=True) if body else None
    else:
        made = _person(value, findings)
    if made is None:
        _find_no_name(value, findings)
    return made


def _find_no_name(value: Value, findings: Findings) -> None:
    findings.add(
        "name",
        f'"{value.text}" is no name by BibTeX\'s rules' if value.text else "a name is missing",
        value.place(0, max(1, len(value.text))),
        'write "Given Family" or "Family, Given"; "and" stands between two names, '
        '"and others" at the end; a body of authors stands in {braces}',
    )


def _person(value: Value, findings: Findings) -> Name | None:
    from bibtexparser.middlewares.names import (  # noqa: PLC0415  only CVs with a .bib pay for it
        InvalidNameError,
        parse_single_name_into_parts,
    )

    try:
        parts = parse_single_name_into_parts(value.text, strict=True)
    except InvalidNameError:
        return None
    words = (*parts.first, *parts.von, *parts.last, *parts.jr)
    if _NO_NAMES.intersection(words) or _NAMED_PARTS.search(value.text):
        return None
    given, prefix, family, suffix = (
        decode_plain(value.part(" ".join(part), 0), findings)
        for part in (parts.first, parts.von, parts.last, parts.jr)
    )
    return Name(given, prefix, family, suffix) if family else None


def _is_one_group(text: str) -> bool:
    """Say whether one pair of braces holds all of ``text``."""
    if not text.startswith("{"):
        return False
    depth = 0
    for brace in _BRACE.finditer(text):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end() == len(text)
    return False
