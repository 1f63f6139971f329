"""A file's text to entries and strings, nothing skipped in silence; the edge to bibtexparser."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from heapq import merge
from typing import TYPE_CHECKING, TypeAlias

from cvforge.bibliography.reading.failures import (
    OPENING,
    SHAPE,
    Span,
    report_early_end,
    report_failure,
    report_lost_entries,
)
from cvforge.bibliography.reading.scan import Extract, fields, laid_out
from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    from cvforge.bibliography.reading.findings import Findings
    from cvforge.bibliography.reading.scan import Stretch
    from cvforge.bibliography.reading.source import Source
    from cvforge.diagnostics import Place

MAX_ENTRIES = 10_000
MAX_FIELDS = 200

_KEY = pattern(r"""[^\s{}(),="#%~\\]+\Z""")
_FIELD_NAME = pattern(r"[A-Za-z][\w:+./-]*\Z")


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
    offset: int

    @property
    def place(self) -> Place:
        """Where the key stands."""
        return self.source.place(self.key_offset, len(self.key))


@dataclass(frozen=True, slots=True)
class BibString:
    """``@string{name = text}``."""

    source: Source
    definition: BibField

    @property
    def offset(self) -> int:
        """Where the name stands."""
        return self.definition.name_offset


BibBlock: TypeAlias = BibEntry | BibString


def blocks(
    source: Source, findings: Findings, *, extract: Extract | None = None
) -> Iterator[BibBlock]:
    """Yield the entries and strings of ``source`` in its order, or of an ``extract`` of it.

    What is no entry, string, preamble or comment becomes a finding, and so does text between
    entries that was meant to be one. BibTeX's ``%`` begins no comment, so an entry behind it
    is an entry. When an entry is yielded, ``findings`` are about it.
    """
    part = Extract(laid_out(source.text)) if extract is None else extract
    whole = (_whole(source, entry, findings) for entry in part.entries)
    entries = 0
    for made in merge(whole, _parsed(source, part, findings), key=_offset):
        if isinstance(made, BibEntry):
            entries += 1
            findings.about(made.place, made.key)
        else:
            findings.about(None)
        if entries > MAX_ENTRIES:
            findings.refuse(
                "too-many-entries",
                f"more than {MAX_ENTRIES:,} entries",
                source.place(made.offset),
                "keep only the entries that belong to this person",
            )
            return
        yield made


def _offset(block: BibBlock) -> int:
    return block.offset


def _whole(source: Source, entry: Stretch, findings: Findings) -> BibEntry:
    """Read a whole entry, which has no need of the parser."""
    made = written_entry(source, entry)
    findings.about(made.place, made.key)
    checked = tuple(_checked(made.fields, made.key, Span(source, 0, findings)))
    return made if len(checked) == len(made.fields) else replace(made, fields=checked)


def written_entry(source: Source, entry: Stretch) -> BibEntry:
    """Return a whole entry as it is written."""
    found = tuple(BibField(*field) for field in fields(source.text, entry))
    return BibEntry(source, entry.kind, entry.key, entry.key_start, found, entry.start)


def _parsed(source: Source, part: Extract, findings: Findings) -> Iterator[BibBlock]:
    """Yield what the parser makes of the rest of ``part``."""
    if not part.has_blocks:
        return
    cursor = 0
    broken = False
    for block in _splitter()(part.text).split().blocks:
        raw = block.raw or ""
        offset = part.text.index(raw, cursor)
        failed = _is_failure(block)
        cursor = offset + (1 if failed else len(raw))
        findings.about(None)
        made = _made(block, Span(source, part.origin(offset), findings), broken=broken)
        source.check(part.origin(offset), part.origin(offset) + len(raw), findings)
        broken = broken or failed
        if made is not None:
            yield made


@lru_cache(maxsize=1)
def _splitter() -> type[Splitter]:
    import logging  # noqa: PLC0415  whole entries, which most files have alone, need neither

    from bibtexparser.splitter import Splitter  # noqa: PLC0415  the same

    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # findings say it better
    return Splitter


def _is_failure(block: model.Block) -> bool:
    from bibtexparser.model import ParsingFailedBlock  # noqa: PLC0415  loaded by _splitter before

    return isinstance(block, ParsingFailedBlock) and block.ignore_error_block is None


def _made(block: model.Block, span: Span, *, broken: bool) -> BibBlock | None:
    from bibtexparser import model  # noqa: PLC0415  loaded by _splitter before

    if isinstance(block, model.ParsingFailedBlock):
        if block.ignore_error_block is None:
            report_failure(block.raw or "", span)
            return None
        block = block.ignore_error_block  # a duplicate: judged with all files in view
    if isinstance(block, model.Entry):
        return _entry(block, span)
    if isinstance(block, model.String):
        return _string(block, span)
    if isinstance(block, model.ImplicitComment):
        report_lost_entries(block.comment, span)
        if not broken:  # what follows a broken entry may be the rest of it
            report_early_end(block.comment, span)
    return None


def _entry(block: model.Entry, span: Span) -> BibEntry:
    raw = block.raw or ""
    opening = OPENING.match(raw)
    key_at = raw.index(block.key, 0 if opening is None else opening.end())
    place = span.source.place(span.offset + key_at, len(block.key))
    span.findings.about(place, block.key)
    if not block.entry_type[:1].isalpha():
        span.find("entry-kind", "the entry has no type", (0, 1), SHAPE)
    if not _KEY.match(block.key):
        span.find(
            "entry-key",
            f'"{block.key}" is no key for an entry' if block.key else "the entry has no key",
            (key_at, len(block.key)),
            "a key is one word; it stands right after the opening brace, before a comma",
        )
    found = _checked(_fields(block, key_at + len(block.key), span), block.key, span)
    key_offset = span.offset + key_at
    return BibEntry(span.source, block.entry_type, block.key, key_offset, tuple(found), span.offset)


def _fields(block: model.Entry, cursor: int, span: Span) -> Iterator[BibField]:
    for field in block.fields:
        made = _field(field, (block.raw or "", cursor), span)
        cursor = made.text_offset + len(made.text) - span.offset
        yield made


def _checked(written: Iterable[BibField], key: str, span: Span) -> Iterator[BibField]:
    """Yield the fields of the entry ``key``, up to MAX_FIELDS."""
    seen: set[str] = set()
    for made in written:
        at = (made.name_offset - span.offset, len(made.name))
        if not _FIELD_NAME.match(made.name):
            name = span.source.text[made.name_offset : made.name_offset + len(made.name)]
            span.find("field-name", f'"{name}" is no name for a field', at, SHAPE)
        elif made.name in seen:
            hint = "keep one of them"
            message = f'"{made.name}" stands twice in the entry "{key}"'
            span.find("duplicate-field", message, at, hint)
        elif len(seen) == MAX_FIELDS:
            message = f'the entry "{key}" has more than {MAX_FIELDS} fields'
            span.find("too-many-fields", message, at, "remove those that no style shows")
            return
        yield made  # its value may be at fault too
        seen.add(made.name)


def _field(field: model.Field | model.String, within: tuple[str, int], span: Span) -> BibField:
    """Return a field with its value as it stands in the file."""
    raw, cursor = within
    name_at = raw.index(field.key, cursor)
    equals = raw.index("=", name_at + len(field.key))
    text_at = span.offset + raw.index(field.value, equals + 1)
    text = span.source.text[text_at : text_at + len(field.value)]
    return BibField(field.key.lower(), span.offset + name_at, text, text_at)


def _string(block: model.String, span: Span) -> BibString | None:
    raw = block.raw or ""
    opening = OPENING.match(raw)
    made = _field(block, (raw, 0 if opening is None else opening.end()), span)
    if _FIELD_NAME.match(made.name):
        return BibString(span.source, made)
    at = (made.name_offset - span.offset, len(made.name))
    message = f'"{block.key}" is no name for a string'
    span.find("string-name", message, at, "write @string{name = {text}}")
    return None
