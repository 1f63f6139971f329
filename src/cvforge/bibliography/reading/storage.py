"""A read bibliography as text and back: each part of it is made only when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cvforge.bibliography.reading.reader import Bibliography
from cvforge.bibliography.reference import Name, Names, Reference
from cvforge.bibliography.references import References
from cvforge.diagnostics import Diagnostic, Place, Severity
from cvforge.inline import Code, Emphasis, Inline, Link, Math, Owner, Span, Strong, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Content = TypeVar("Content")

# Between records, their parts, and the items of a part; the reader refuses these characters.
_RECORD, _PART, _ITEM = "\x1d", "\x1e", "\x1f"
_NAME_PARTS = tuple(part.name for part in fields(Name))
_PLAIN, _MARKED = "T", "M"  # a text without markup, or JSON


def stored(read: Bibliography) -> bytes:
    """Return ``read`` as text: a record about the whole, then one an entry.

    Raises:
        ValueError: if it holds a character that separates records.
    """
    head = {
        "keys": list(read.references),
        "aliases": dict(read.references.aliases),
        "findings": [_stored_finding(finding) for finding in read.findings],
        "left_out": sorted(read.left_out),
        "known": list(read.known),
    }
    entries = (_stored_reference(each) for each in read.references.values())
    return _joined(_RECORD, [json.dumps(head), *entries]).encode()


def restored(content: bytes) -> Bibliography:
    """Return what ``stored`` was given.

    Raises:
        ValueError: if ``content`` is not of its making.
    """
    first, *records = content.decode().split(_RECORD)
    head = json.loads(first)
    made = _Later("", _reference, dict(zip(head["keys"], records, strict=True)))
    return Bibliography(
        References(made, head["aliases"]),
        tuple(_finding(finding) for finding in head["findings"]),
        frozenset(head["left_out"]),
        tuple(head["known"]),
    )


class _Later(Mapping[str, Content], Generic[Content]):
    """A mapping that is split when it is first looked into, and its values made one by one."""

    __slots__ = ("_make", "_split", "_written")

    def __init__(
        self, written: str, make: Callable[[str], Content], split: dict[str, Any] | None = None
    ) -> None:
        self._written = written
        self._make = make
        self._split = split

    def __getitem__(self, key: str) -> Content:
        values = self._values()
        value = values[key]
        if isinstance(value, str):
            value = values[key] = self._make(value)
        made: Content = value
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._values()

    def __iter__(self) -> Iterator[str]:
        return iter(self._values())

    def __len__(self) -> int:
        return len(self._values())

    def _values(self) -> dict[str, Any]:
        if self._split is None:
            items = self._written.split(_ITEM) if self._written else []
            self._split = dict(zip(items[0::2], items[1::2], strict=True))
        return self._split


def _joined(separator: str, parts: Iterable[str]) -> str:
    written = list(parts)
    if any(separator in part for part in written):
        raise ValueError("a separator stands in what is separated")
    return separator.join(written)


def _items(mapping: Mapping[str, str]) -> str:
    return _joined(_ITEM, (part for item in mapping.items() for part in item))


def _stored_reference(reference: Reference) -> str:
    place = reference.place
    numbers = (place.line, place.column, place.length, int(reference.is_parent))
    parts = (
        reference.key,
        reference.kind,
        _stored_inline(reference.title),
        _items({n: json.dumps(_stored_names(each)) for n, each in reference.names.items()}),
        _items({n: _stored_inline(content) for n, content in reference.fields.items()}),
        _items(reference.raw),
        place.file,
        " ".join(map(str, numbers)),
        place.text,
    )
    return _joined(_PART, parts)


def _reference(record: str) -> Reference:
    key, kind, title, names, content, raw, file, numbers, text = record.split(_PART)
    line, column, length, is_parent = map(int, numbers.split())
    return Reference(
        key=key,
        kind=kind,
        title=_inline(title),
        names=_Later(names, _names),
        fields=_Later(content, _inline),
        raw=_Later(raw, str),
        place=Place(file, line, column, length, text),
        is_parent=is_parent == 1,
    )


def _stored_names(names: Names) -> list[Any]:
    people = [[getattr(name, part) for part in _NAME_PARTS] for name in names.people]
    words = [[position, sorted(given)] for position, given in names.annotations.items()]
    return [people, names.others, words]


def _names(written: str) -> Names:
    people, others, words = json.loads(written)
    annotations = {position: frozenset(given) for position, given in words}
    return Names(tuple(Name(*person) for person in people), others, annotations)


def _stored_finding(finding: Diagnostic) -> list[Any]:
    p = finding.place
    place = None if p is None else [p.file, p.line, p.column, p.length, p.text]
    return [finding.code, finding.message, place, finding.hint, finding.severity.value]


def _finding(written: Sequence[Any]) -> Diagnostic:
    code, message, place, hint, severity = written
    where = None if place is None else Place(*place)
    return Diagnostic(code, message, where, hint, Severity(severity))


def _stored_inline(content: Inline) -> str:
    match content:
        case (Text(text),):
            return _PLAIN + text
    return _MARKED + json.dumps([_stored_span(span) for span in content])


def _inline(written: str) -> Inline:
    if written[0] == _PLAIN:
        return (Text(written[1:]),)
    return _spans(json.loads(written[1:]))


def _stored_span(span: Span) -> Any:
    match span:
        case Text(text):
            return text
        case Code(text):
            return ["code", text]
        case Math(source):
            return ["math", source]
        case Link(children, target):
            return ["link", [_stored_span(child) for child in children], target]
        case Strong(children) | Emphasis(children) | Owner(children):
            return [type(span).__name__.lower(), [_stored_span(child) for child in children]]


def _spans(written: Sequence[Any]) -> Inline:
    return tuple(Text(each) if isinstance(each, str) else _span(each) for each in written)


def _span(written: Sequence[Any]) -> Span:
    match written:
        case ["code", text]:
            return Code(text)
        case ["math", source]:
            return Math(source)
        case ["link", children, target]:
            return Link(_spans(children), target)
        case ["strong", children]:
            return Strong(_spans(children))
        case ["emphasis", children]:
            return Emphasis(_spans(children))
        case ["owner", children]:
            return Owner(_spans(children))
    raise ValueError(f"no span: {written}")
