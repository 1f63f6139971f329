"""Field values: braces, quotes, numbers, `@string` names and `#`, with every character's origin."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from cvforge.diagnostics import nearest
from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.bibliography.reading.findings import Findings
    from cvforge.bibliography.reading.grammar import BibEntry, BibField, BibString
    from cvforge.bibliography.reading.source import Source
    from cvforge.diagnostics import Place

MAX_VALUE = 100_000
MAX_EXPANDED = 8_000_000

MONTHS = {
    name[:3].lower(): name
    for name in (
        "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December",
    )
}  # fmt: skip

_SPACE = pattern(r"[ \t\n]*")
_WORD = pattern(r"""[^\s#{}"=,()]+""")
_MARK = pattern(r'(?<!\\)[{}"]')
_FIELD_BEGINS = pattern(r"[A-Za-z][\w:+./-]*[ \t]*=")


@dataclass(frozen=True, slots=True)
class Origin:
    """From character ``start`` of a value on, its text stands at ``offset`` of ``source``."""

    start: int
    source: Source
    offset: int


@dataclass(frozen=True, slots=True)
class Value:
    """The text of a field without what encloses it, and where its characters were written."""

    text: str
    origins: tuple[Origin, ...]

    def place(self, start: int = 0, length: int = 1) -> Place:
        """Return where ``length`` characters from ``start`` were written."""
        number = bisect_right(self.origins, start, key=lambda origin: origin.start)
        origin = self.origins[max(0, number - 1)]
        return origin.source.place(origin.offset + start - origin.start, length)

    def part(self, text: str, start: int) -> Value:
        """Return ``text``, made from what stands at ``start`` of this value, as a value."""
        number = bisect_right(self.origins, start, key=lambda origin: origin.start)
        origin = self.origins[max(0, number - 1)]
        return Value(text, (Origin(0, origin.source, origin.offset + start - origin.start),))


class Strings:
    """The strings defined so far: BibTeX's months and every ``@string``; all names lower case."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._values: dict[str, Value | None] = {}  # None: a finding stands against it
        self._places: dict[str, Place] = {}
        self._left = MAX_EXPANDED

    def define(self, string: BibString) -> None:
        """Take in ``@string{name = text}``."""
        definition = string.definition
        place = string.source.place(definition.name_offset, len(definition.name))
        first = self._places.get(definition.name)
        if first is not None:
            self._findings.add(
                "duplicate-string",
                f'the string "{definition.name}" is defined twice',
                place,
                f"the first one is in {first.file}, line {first.line}; keep one of them",
            )
            return
        self._places[definition.name] = place
        self._values[definition.name] = self.value(definition, string.source)

    def check(self, entry: BibEntry) -> None:
        """Note what is no value in ``entry``, of which nothing is wanted."""
        for field in entry.fields:
            self.value(field, entry.source)

    def value(self, field: BibField, source: Source) -> Value | None:
        """Return the value of ``field``, None when a finding stands against it or its strings."""
        text: list[str] = []
        origins: list[Origin] = []
        length = 0
        for piece in self._pieces(field, source):
            if piece is None:
                return None
            origins += [Origin(length + o.start, o.source, o.offset) for o in piece.origins]
            text.append(piece.text)
            length += len(piece.text)
            if length > min(MAX_VALUE, self._left):
                self._find_too_long(field, source)
                return None
        self._left -= length
        return Value("".join(text), tuple(origins))

    def _pieces(self, field: BibField, source: Source) -> Iterator[Value | None]:
        text, at = field.text, 0
        while True:
            begin = _after_space(text, at)
            end = _piece_end(text, begin)
            if end is None:
                self._find_no_piece(field, source, begin)
                yield None
                return
            yield self._piece(field, source, (begin, end))
            at = _after_space(text, end)
            if at == len(text):
                return
            if text[at] != "#":
                self._find_not_joined(field, source, at)
                yield None
                return
            at += 1

    def _piece(self, field: BibField, source: Source, at: tuple[int, int]) -> Value | None:
        begin, end = at
        written = field.text[begin:end]
        offset = field.text_offset + begin
        if written[0] in '{"':
            inner = written[1:-1]
            return Value(inner, (Origin(0, source, offset + 1),) if inner else ())
        if written.isdecimal():
            return Value(written, (Origin(0, source, offset),))
        name = written.lower()
        if name in self._values:
            return self._values[name]
        if name in MONTHS:
            return Value(MONTHS[name], (Origin(0, source, offset),))
        self._findings.add(
            "unknown-string",
            f'no @string "{written}" is defined before this',
            source.place(offset, len(written)),
            self._hint(name),
        )
        return None

    def _hint(self, name: str) -> str:
        sound = (known for known, value in self._values.items() if value is not None)
        near = nearest(name, [*sound, *MONTHS])
        if near is not None:
            return f'did you mean "{near}"? A plain text stands in {{braces}}'
        return "define it above with @string{…}; a plain text stands in {braces}"

    def _find_no_piece(self, field: BibField, source: Source, at: int) -> None:
        found = f'"{field.text[at]}" is no value' if at < len(field.text) else "a value is missing"
        self._findings.add(
            "bib-syntax",
            f'{found} for "{field.name}"',
            source.place(field.text_offset + at),
            "write it in {braces}",
        )

    def _find_not_joined(self, field: BibField, source: Source, at: int) -> None:
        following = _FIELD_BEGINS.match(field.text, at)
        word = field.text[at:].split()[0] if following is None else following[0]
        missing = "a # is missing before this" if following is None else "a comma is missing before"
        self._findings.add(
            "bib-syntax",
            f'after the value of "{field.name}", {missing} {word}',
            source.place(field.text_offset + at, len(word)),
            "fields are separated by commas; a value is one {text}, or several joined by #",
        )

    def _find_too_long(self, field: BibField, source: Source) -> None:
        self._findings.add(
            "value-too-long",
            f'"{field.name}" is too long once its strings are written out',
            source.place(field.name_offset, len(field.name)),
            f"a value may have {MAX_VALUE:,} characters, all of them {MAX_EXPANDED:,}",
        )


def enclosed(written: str) -> str | None:
    """Return the text of a value that is one number or one group, None for strings and joints."""
    if written.isdecimal():
        return written
    is_group = written[:1] in {"{", '"'} and _enclosed_end(written, 0) == len(written)
    return written[1:-1] if is_group else None


def is_given(text: str) -> bool:
    """Say whether the text of a value is more than space and braces."""
    return text.strip(" \t\n{}") != ""


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return at if found is None else found.end()


def _piece_end(text: str, begin: int) -> int | None:
    """Return where the piece that begins at ``begin`` ends; None when there is no whole one."""
    if begin == len(text):
        return None
    if text[begin] in '{"':
        return _enclosed_end(text, begin)
    word = _WORD.match(text, begin)
    return None if word is None else word.end()


def _enclosed_end(text: str, begin: int) -> int | None:
    """Return the end of ``{…}`` or ``"…"``; a quote inside of braces ends nothing."""
    quoted = text[begin] == '"'
    depth = 0
    for mark in _MARK.finditer(text, begin + quoted):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth = max(0, depth - 1)
            if depth == 0 and not quoted:
                return mark.end()
        elif quoted and depth == 0:
            return mark.end()
    return None
