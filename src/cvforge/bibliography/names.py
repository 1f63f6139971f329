"""Authors: names by BibTeX's rules, and biblatex's annotations of them."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from cvforge.bibliography.reading.decode import decode_plain
from cvforge.bibliography.reading.extended import extended_parts, is_extended
from cvforge.bibliography.reading.findings import Findings
from cvforge.bibliography.reading.name_parts import split_name
from cvforge.bibliography.reading.source import Source
from cvforge.bibliography.reading.values import Origin, Value
from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_BRACE = pattern(r"(?<!\\)[{}]")
_ANNOTATION = pattern(r"\s*(\d{1,5})\s*(?::\s*\w+\s*)?=(.+)", re.DOTALL)
_SEPARATOR = pattern(r"\\.|[{}]|(?<![^ \t\n])(?P<and>and)(?=[ \t\n])", re.DOTALL | re.IGNORECASE)
# Han characters, kana and Hangul syllables.
_EAST_ASIAN = pattern(r"[\u3005\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]+")
# A name of two parts, the second of which is none that is given to a person.
_SUFFIX_ALONE = pattern(
    r"[^,]+,[\s~]*(?P<suffix>(?:jr|sr|junior|senior|i{2,3}|iv)\.?)", re.IGNORECASE
)
_OTHER_SEPARATOR = pattern(r"\\.|[{}]|(?P<sign>[;&])", re.DOTALL)

# The words of annotations that mean something here; files may hold others for other programs.
EQUAL = "equal"
CORRESPONDING = "corresponding"
STUDENT = "student"  # whose work the CV's person supervised
OWNER = "owner"  # the CV's person, where the name alone does not tell
KNOWN = (EQUAL, CORRESPONDING, STUDENT, OWNER)
_NEAR = 0.75  # as difflib counts: "students" is near, "other" is not


@dataclass(frozen=True, slots=True)
class Name:
    """One author, or a body of authors kept whole (``corporate``), in Unicode.

    ``family_first``: printed as Chinese, Japanese and Korean names are.
    """

    given: str
    prefix: str
    family: str
    suffix: str
    corporate: bool = False
    family_first: bool = False

    @property
    def printed(self) -> str:
        """The name in full: "Bo van der Rune, Jr"."""
        if self.family_first:
            return f"{self.family}{self.given}"
        space = "" if self.prefix.endswith(("'", "’")) else " "  # noqa: RUF001  the apostrophe
        family = f"{self.prefix}{space}{self.family}" if self.prefix else self.family
        name = f"{self.given} {family}" if self.given else family
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
            _find_no_annotation(value.part(item, at), (position, authors), findings)
        at += len(item) + 1
    return words


def _check_words(words: frozenset[str], item: Value, findings: Findings) -> None:
    for word in sorted(words.difference(KNOWN)):
        for near in get_close_matches(word, KNOWN, n=1, cutoff=_NEAR):
            at = max(0, item.text.lower().find(word))
            message = f'"{word}" is no annotation that is shown'
            place = item.place(at, len(word))
            findings.add("annotation", message, place, f'did you mean "{near}"?')


def _find_no_annotation(item: Value, of: tuple[int, int], findings: Findings) -> None:
    """Note an annotation that is none, or of a position that none of the people stands at."""
    written = item.text.strip()
    position, people = of
    message = f'"{written}" does not say whose annotation it is'
    if position > 0 or written.startswith("0"):
        names = "there is one name" if people == 1 else f"there are {people} names"
        message = f'"{written}" annotates nobody: {names}'
    findings.add(
        "annotation",
        message,
        item.place(item.text.index(written), len(written)),
        "write the position of the author, from 1, and a word: 1=equal; 2=equal",
    )


def _name(value: Value, findings: Findings) -> Name | None:
    if _is_one_group(value.text):
        body = decode_plain(value, findings)
        made = Name("", "", body, "", corporate=True) if body else None
    elif is_extended(value.text):
        made = _extended(value, findings)
    elif _separates_otherwise(value.text):
        made = None
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
    alone = _SUFFIX_ALONE.fullmatch(value.text)
    if alone is not None:
        _warn_of_suffix(value, alone["suffix"], findings)
    known = _sound(value.text)
    return _parted(value, findings) if known is None else known


def _warn_of_suffix(value: Value, suffix: str, findings: Findings) -> None:
    findings.warn(
        "name",
        f'"{value.text}" reads as somebody whose given name is "{suffix}"',
        value.place(0, len(value.text)),
        f"write all three parts: Family, {suffix}, Given",
    )


@lru_cache(maxsize=10_000)
def _sound(written: str) -> Name | None:
    """Return a name that nothing is found against: people recur in a file."""
    findings = Findings()
    name = _parted(Value(written, (Origin(0, Source("", written), 0),)), findings)
    return None if len(findings) else name


def _parted(value: Value, findings: Findings) -> Name | None:
    parts = split_name(value.text)
    if parts is None:
        return None
    given, prefix, family, suffix = (
        decode_plain(value.part(part, 0), findings) if part else "" for part in parts
    )
    if not family:
        return None
    has_parts = "," in value.text and given != ""
    return Name(
        given, prefix, family, suffix, family_first=has_parts and _is_east_asian(family, given)
    )


def _is_east_asian(family: str, given: str) -> bool:
    return _EAST_ASIAN.fullmatch(f"{family}{given}") is not None


def _extended(value: Value, findings: Findings) -> Name | None:
    parts = extended_parts(value)
    if parts is None:
        return None
    read = {name: decode_plain(part, findings) for name, part in parts.items()}
    given = read.get("given", read.get("given-i", ""))
    prefix, family, suffix = (read.get(part, "") for part in ("prefix", "family", "suffix"))
    if not family:
        return None
    is_east_asian = given != "" and _is_east_asian(family, given)
    return Name(given, prefix, family, suffix, family_first=is_east_asian)


def _separates_otherwise(text: str) -> bool:
    """Say whether a semicolon or an ampersand stands outside of braces, as between two names."""
    depth = 0
    for mark in _OTHER_SEPARATOR.finditer(text):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if depth == 0 and mark["sign"] is not None:
            return True
    return False


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
