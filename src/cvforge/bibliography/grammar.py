"""The edge to bibtexparser: a file's text to entries and strings, nothing skipped in silence."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    from cvforge.bibliography.findings import Findings
    from cvforge.bibliography.source import Source
    from cvforge.diagnostics import Place

MAX_ENTRIES = 10_000
MAX_FIELDS = 200

_OPENING = re.compile(r"@\w*[ \t]*[({]")
_KEY = re.compile(r"""[^\s{}(),="#%~\\]+\Z""")
_FIELD_NAME = re.compile(r"[A-Za-z][\w:+./-]*\Z")
_LOST_ENTRY = re.compile(r"(?:^|\})[ \t]*(@\s*[A-Za-z]+)", re.MULTILINE)
_BRACE = re.compile(r"(?<!\\)[{}]")
_MARKS = '{}",=)'
_SHAPE = "an entry reads @kind{key, name = {value}, name = {value}}"


@dataclass(frozen=True, slots=True)
class BibField:
    """``name = text`` inside an entry; the offsets count characters of the file."""

    name: str
    name_offset: int
    text: str
    text_offset: int


@dataclass(frozen=True, slots=True)
class BibEntry:
    """``@kind{key, fields}``."""

    source: Source
    kind: str
    key: str
    key_offset: int
    fields: tuple[BibField, ...]

    @property
    def place(self) -> Place:
        """Where the key stands."""
        return self.source.place(self.key_offset, len(self.key))


@dataclass(frozen=True, slots=True)
class BibString:
    """``@string{name = text}``."""

    source: Source
    definition: BibField


BibBlock: TypeAlias = BibEntry | BibString


def blocks(source: Source, findings: Findings) -> Iterator[BibBlock]:
    """Yield the entries and strings of ``source`` in its order.

    What is no entry, string, preamble or comment becomes a finding, and so does text between
    entries that was meant to be one. BibTeX's ``%`` begins no comment, so an entry behind it
    is an entry.
    """
    splitting = _splitter()(source.text).split()
    cursor, entries = 0, 0
    broken = False
    for block in splitting.blocks:
        raw = block.raw or ""
        offset = source.text.index(raw, cursor)
        made = _made(block, _Span(source, offset, findings), broken=broken)
        failed = _is_failure(block)
        broken = broken or failed
        cursor = offset + (1 if failed else len(raw))
        entries += isinstance(made, BibEntry)
        if entries > MAX_ENTRIES:
            findings.add(
                "too-many-entries",
                f"more than {MAX_ENTRIES:,} entries",
                source.place(offset),
                "keep only the entries that belong to this person",
            )
            return
        if made is not None:
            yield made


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a block begins, and where findings about it go."""

    source: Source
    offset: int
    findings: Findings

    def find(self, code: str, message: str, at: tuple[int, int], hint: str) -> None:
        """Note a finding ``at`` (offset in the block, length)."""
        place = self.source.place(self.offset + at[0], at[1])
        self.findings.add(code, message, place, hint)


@lru_cache(maxsize=1)
def _splitter() -> type[Splitter]:
    from bibtexparser.splitter import Splitter  # noqa: PLC0415  only CVs with a .bib pay 40 ms

    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # findings say it better
    return Splitter


def _is_failure(block: model.Block) -> bool:
    from bibtexparser.model import ParsingFailedBlock  # noqa: PLC0415  loaded by _splitter before

    return isinstance(block, ParsingFailedBlock) and block.ignore_error_block is None


def _made(block: model.Block, span: _Span, *, broken: bool) -> BibBlock | None:
    from bibtexparser import model  # noqa: PLC0415  loaded by _splitter before

    if isinstance(block, model.ParsingFailedBlock):
        if block.ignore_error_block is None:
            _report_failure(block, span)
            return None
        block = block.ignore_error_block  # a duplicate: judged with all files in view
    if isinstance(block, model.Entry):
        return _entry(block, span)
    if isinstance(block, model.String):
        return _string(block, span)
    if isinstance(block, model.ImplicitComment):
        _report_lost_entries(block.comment, span)
        if not broken:  # what follows a broken entry may be the rest of it
            _report_early_end(block.comment, span)
    return None


def _entry(block: model.Entry, span: _Span) -> BibEntry:
    raw = block.raw or ""
    opening = _OPENING.match(raw)
    key_at = raw.index(block.key, 0 if opening is None else opening.end())
    if not _KEY.match(block.key):
        span.find(
            "entry-key",
            f'"{block.key}" is no key for an entry' if block.key else "the entry has no key",
            (key_at, len(block.key)),
            "a key is one word; it stands right after the opening brace, before a comma",
        )
    fields = tuple(_fields(block, key_at + len(block.key), span))
    return BibEntry(span.source, block.entry_type, block.key, span.offset + key_at, fields)


def _fields(block: model.Entry, cursor: int, span: _Span) -> Iterator[BibField]:
    seen: set[str] = set()
    for field in block.fields:
        made = _field(field, (block.raw or "", cursor), span)
        cursor = made.text_offset + len(made.text) - span.offset
        at = (made.name_offset - span.offset, len(made.name))
        if not _FIELD_NAME.match(made.name):
            span.find("field-name", f'"{field.key}" is no name for a field', at, _SHAPE)
        elif made.name in seen:
            hint = "keep one of them"
            message = f'"{made.name}" stands twice in the entry "{block.key}"'
            span.find("duplicate-field", message, at, hint)
        elif len(seen) == MAX_FIELDS:
            message = f'the entry "{block.key}" has more than {MAX_FIELDS} fields'
            span.find("too-many-fields", message, at, "remove those that no style shows")
            return
        else:
            yield made
        seen.add(made.name)


def _field(field: model.Field | model.String, within: tuple[str, int], span: _Span) -> BibField:
    raw, cursor = within
    name_at = raw.index(field.key, cursor)
    equals = raw.index("=", name_at + len(field.key))
    text_at = raw.index(field.value, equals + 1)
    return BibField(field.key.lower(), span.offset + name_at, field.value, span.offset + text_at)


def _string(block: model.String, span: _Span) -> BibString | None:
    raw = block.raw or ""
    opening = _OPENING.match(raw)
    made = _field(block, (raw, 0 if opening is None else opening.end()), span)
    if _FIELD_NAME.match(made.name):
        return BibString(span.source, made)
    at = (made.name_offset - span.offset, len(made.name))
    message = f'"{block.key}" is no name for a string'
    span.find("string-name", message, at, "write @string{name = {text}}")
    return None


def _report_failure(block: model.ParsingFailedBlock, span: _Span) -> None:
    """Say where reading stopped: at the end of what was read of the entry, or right after it."""
    text, raw = span.source.text, block.raw or ""
    opening = _OPENING.match(raw)
    head = raw if opening is None else opening[0]
    rest = text[span.offset + len(raw) :].lstrip()
    if rest.startswith("@") or (not rest and not _is_closed(raw, head)):
        before = "the next entry begins" if rest else "the file ends"
        hint = f"count the braces and quotes after {head}: each one opened is closed again"
        if head.lower().startswith("@comment"):
            hint = "BibTeX reads entries inside @comment too: remove the @ before their kind"
        span.find("bib-syntax", f"{head} is not closed before {before}", (0, len(head)), hint)
        return
    at = len(raw) - 1 if not rest or raw[-1] in _MARKS else len(raw)
    message = f'"{text[span.offset + at]}" is not expected here, in what begins with {head}'
    span.find("bib-syntax", message, (at, 1), f"is a comma or an = missing before it? {_SHAPE}")


def _is_closed(raw: str, head: str) -> bool:
    """Say whether the braces and quotes of a block that was not understood are in pairs."""
    depth = sum(1 if brace[0] == "{" else -1 for brace in _BRACE.finditer(raw))
    closed = raw.endswith(")") if head.endswith("(") else depth == 0
    return closed and raw.count('"') % 2 == 0


def _report_lost_entries(comment: str, span: _Span) -> None:
    """Report what begins like an entry in the text between entries."""
    for lost in _LOST_ENTRY.finditer(comment):
        at = (lost.start(1), len(lost[1]))
        message = f"{lost[1]} begins no entry: no brace follows it in the same line"
        span.find("bib-syntax", message, at, _SHAPE)


def _report_early_end(comment: str, span: _Span) -> None:
    """Report a brace between entries that closes none: the entry before it lost its rest."""
    depth = 0
    for brace in _BRACE.finditer(comment):
        depth += 1 if brace[0] == "{" else -1
        if depth < 0:
            message = "this brace closes nothing: the entry above ended before it"
            hint = "a brace too many above ends an entry early; remove it"
            span.find("bib-syntax", message, (brace.start(), 1), hint)
            return
