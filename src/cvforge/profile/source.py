"""YAML text to a tree of text with positions: scalars stay text, size and depth are bounded."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeAlias

import yaml

from cvforge.diagnostics import Diagnostic, Place
from cvforge.errors import CvforgeError, ProfileError
from cvforge.frozen import dataclass
from cvforge.profile.scalars import scalar_findings
from cvforge.profile.source_lines import SourceLines, place_after

if TYPE_CHECKING:
    from collections.abc import Iterator

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # libyaml is missing: the same grammar, slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]  # it has the same methods


@dataclass(frozen=True, slots=True)
class Limits:
    """What a profile may cost: bytes of a file, levels of nesting, nodes after aliases."""

    file_bytes: int = 1024 * 1024
    depth: int = 24
    nodes: int = 50_000


class SourceText(str):
    """A scalar as it was typed, with the place where it stands."""

    __slots__ = ("place",)
    place: Place

    def __new__(cls, text: str, place: Place) -> Self:
        """Make the text that stands at ``place``."""
        made = super().__new__(cls, text)
        made.place = place
        return made


class SourceList(list["SourceNode"]):
    """A sequence with the place where it begins."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class SourceMapping(dict[str, "SourceNode"]):
    """A mapping with the place where it begins; its keys know theirs."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place

    def key_place(self, key: str) -> Place:
        """Return where ``key`` itself is written."""
        return next(k.place for k in self if k == key and isinstance(k, SourceText))


SourceNode: TypeAlias = SourceText | SourceList | SourceMapping


def read_tree(
    text: str, *, file: str, limits: Limits | None = None, may_be_empty: bool = False
) -> SourceMapping:
    """Return the mapping that ``text`` holds, or an empty one where it ``may_be_empty`` and is.

    ``file`` is its name in findings.

    Raises:
        ProfileError: if the text is no YAML, more than one document, not a mapping, or
            beyond ``limits``; if it has a character that no text may hold, a duplicate key, a
            tag or a merge key; if YAML takes a part of a text for a comment or an anchor.
    """
    lines = SourceLines(text, file)
    if findings := lines.character_findings():
        raise ProfileError(findings)
    try:
        builder = _Builder(text, lines, limits or Limits())
        root = builder.document()
    except yaml.MarkedYAMLError as error:
        raise ProfileError([lines.syntax_finding(error)]) from None
    if builder.findings:
        raise ProfileError(builder.findings)
    if root is None and may_be_empty:
        return SourceMapping(lines.start())
    if root is None:
        raise ProfileError.one(
            "empty",
            "the file is empty",
            place=lines.start(),
            hint='"cvforge new" writes a profile to start from',
        )
    if not isinstance(root, SourceMapping):
        kind = "a list" if isinstance(root, SourceList) else "a single text"
        raise ProfileError.one(
            "not-a-mapping",
            f"a profile is a mapping of keys to values, this is {kind}",
            place=root.place,
            hint='begin with "person:"; "cvforge new" writes a complete example',
        )
    return root


def decode(raw: bytes, *, file: str, limits: Limits | None = None) -> str:
    """Return the text of a profile's bytes: UTF-8, with or without a byte-order mark.

    Raises:
        ProfileError: if there are too many bytes, or they are no UTF-8 text.
    """
    allowed = (limits or Limits()).file_bytes
    if len(raw) > allowed:
        raise ProfileError.one(
            "too-large",
            f"the file has more than the {allowed:,} bytes that a profile may have",
            place=Place(file, 1, 1),
        )
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ProfileError.one(
            "not-utf-8",
            "the file is UTF-16 text",
            place=Place(file, 1, 1),
            hint="save the file as UTF-8",
        )
    if b"\0" in raw:
        before = raw[: raw.index(b"\0")].decode("utf-8", "replace")
        raise ProfileError.one(
            "binary",
            "this is a binary file, not a YAML text",
            place=place_after(before, file),
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()  # the object is without the mark
        raise ProfileError.one(
            "not-utf-8",
            f"byte 0x{error.object[error.start]:02x} is no UTF-8 text",
            place=place_after(before, file),
            hint="save the file as UTF-8",
        ) from None


class _Anchored(NamedTuple):
    """What an alias stands for: how many nodes and levels are below its own."""

    node: SourceNode
    size: int
    height: int


class _Builder:
    """Builds the tree from YAML's events; recursion ends where the limit of depth is."""

    def __init__(self, text: str, lines: SourceLines, limits: Limits) -> None:
        self._lines = lines
        self._limits = limits
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=Loader))
        self._anchors: dict[str, _Anchored] = {}
        self._unused: dict[str, Place] = {}  # anchors of texts
        self._nodes = 0
        self._deepest = 0
        self.findings: list[Diagnostic] = []

    def document(self) -> SourceNode | None:
        """Return the root of the one document in the stream; None when nothing is written."""
        next(self._events)
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        event = next(self._events)
        is_nothing = isinstance(event, yaml.ScalarEvent) and not event.value and event.implicit[0]
        root = None if is_nothing else self._node(event, depth=1)
        for name in [*self._unused]:
            self._find_unused(name)
        next(self._events)
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise ProfileError.one(
                "second-document",
                "a second YAML document begins here; a profile is one document",
                place=self._lines.place(event.start_mark),
                hint='remove the line "---"',
            )
        return root

    def _node(self, event: Any, *, depth: int) -> SourceNode:
        place = self._lines.place(event.start_mark, event.end_mark)
        self._count(1, place)
        if depth > self._limits.depth:
            raise self._too_deep(place)
        self._deepest = max(self._deepest, depth)
        if isinstance(event, yaml.AliasEvent):
            return self._aliased(event, place, depth=depth)
        if event.tag not in {None, "!", "tag:yaml.org,2002:str"}:
            meaning = f'the tag "{event.tag}" means nothing in a profile'
            self._find("tag", meaning, place, "remove it: every value is text")
        return self._anchored(event, place, depth=depth)

    def _anchored(self, event: Any, place: Place, *, depth: int) -> SourceNode:
        """Return the node itself; what an alias of it will cost is remembered."""
        nodes_before, deepest_before = self._nodes, self._deepest
        self._deepest = depth
        node = self._content(event, place, depth=depth)
        if event.anchor is not None:
            size = self._nodes - nodes_before
            self._find_unused(event.anchor)
            if isinstance(node, SourceText):
                self._unused[event.anchor] = place.narrowed(f"&{event.anchor}")
            self._anchors[event.anchor] = _Anchored(node, size, self._deepest - depth)
        self._deepest = max(self._deepest, deepest_before)
        return node

    def _content(self, event: Any, place: Place, *, depth: int) -> SourceNode:
        if isinstance(event, yaml.ScalarEvent):
            self.findings += scalar_findings(event, place, self._lines)
            return SourceText(event.value, place)
        start = self._lines.place(event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            sequence = SourceList(start)
            self._fill_list(sequence, depth)
            return sequence
        mapping = SourceMapping(start)
        self._fill_mapping(mapping, depth)
        return mapping

    def _fill_list(self, node: SourceList, depth: int) -> None:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            node.append(self._node(event, depth=depth + 1))

    def _fill_mapping(self, node: SourceMapping, depth: int) -> None:
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth=depth + 1)
            value = self._node(next(self._events), depth=depth + 1)
            if not isinstance(key, SourceText):
                self._find("key", "a key is a plain word, not a list or a mapping", key.place)
            elif key == "<<":
                self._find("merge-key", "merge keys (<<) are not supported", key.place)
            elif key in node:
                first = node.key_place(key)
                self._find(
                    "duplicate-key",
                    f'"{key}" stands twice here',
                    key.place,
                    f"the first one is in line {first.line}; keep one of them",
                )
            else:
                node[key] = value

    def _aliased(self, event: Any, place: Place, *, depth: int) -> SourceNode:
        if event.anchor not in self._anchors:
            raise ProfileError.one(
                "unknown-alias",
                f'no anchor "&{event.anchor}" stands before this',
                place=place,
                hint='put a text that begins with "*" in quotes',
            )
        anchored = self._anchors[event.anchor]
        self._unused.pop(event.anchor, None)
        self._count(anchored.size, place)
        self._deepest = max(self._deepest, depth + anchored.height)
        if self._deepest > self._limits.depth:
            raise self._too_deep(place)
        return anchored.node

    def _find_unused(self, name: str) -> None:
        """Refuse an anchor of a text that nothing repeats: it was meant to be read."""
        place = self._unused.pop(name, None)
        if place is not None:
            meaning = f'"&{name}" is no part of the text: it names it, and nothing repeats it'
            hint = 'put a text that begins with "&" in quotes, or remove it'
            self._find("unused-anchor", meaning, place, hint)

    def _too_deep(self, place: Place) -> CvforgeError:
        message = f"nested deeper than {self._limits.depth} levels"
        return ProfileError.one("too-deep", message, place=place)

    def _count(self, nodes: int, place: Place) -> None:
        self._nodes += nodes
        if self._nodes > self._limits.nodes:
            raise ProfileError.one(
                "too-many-values",
                f"more than {self._limits.nodes:,} values, with aliases written out",
                place=place,
                hint="a CV needs far fewer; is an alias repeating itself?",
            )

    def _find(self, code: str, message: str, place: Place, hint: str | None = None) -> None:
        self.findings.append(Diagnostic(code, message, place, hint))
