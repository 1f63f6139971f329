"""The scan before parsing: whole entries and comments are found in a text, and cut out of it.

An entry is whole by a grammar that is stricter than the parser's, so that a broken one always
reaches the parser, which says what is wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DEPTH = 6
# Groups are made atomic by (?>…): up to Python 3.11.4 a possessive one may match too little
# (python/cpython#106052).


def _braced(inside: str, depth: int) -> str:
    r"""Return a pattern of ``{…}``; as for the parser, a brace after ``\`` is a character."""
    deeper = rf"|{_braced(inside, depth - 1)}" if depth > 1 else ""
    return rf"(?<!\\)\{{(?>(?:{inside}++|(?<=\\)[{{}}]{deeper})*)(?<!\\)\}}"


_GROUP = _braced("[^{}]", _DEPTH)
_QUOTED = rf'"(?>(?:[^"{{}}\\]++|\\[^"{{}}]|{_braced("""[^{}"]""", 3)})*)"'
_PIECE = rf"""(?:{_GROUP}|{_QUOTED}|[^\s#{{}}"=,()%\\@]++)"""
_NAME = r"[A-Za-z][\w:+./-]*+"
_TEXT = rf"{_PIECE}(?>(?:\s*+\#\s*+{_PIECE})*)"
_FIELD = rf"\s*+{_NAME}\s*+=\s*+{_TEXT}\s*+"
_KEY = r"""[^\s{}(),="#%~\\]++"""
_OPENING = pattern(r"@\w*[ \t]*[{(]")
_OPENING_OF_LINE = pattern(r"^\s*(@\w*[ \t]*[{(])", re.MULTILINE)
_ENTRY = pattern(
    rf"@(?!(?:comment|string|preamble)\b)(?P<kind>[A-Za-z]\w*+)[ \t]*+"
    rf"\{{\s*+(?P<key>{_KEY})\s*+"
    rf"(?>(?:,{_FIELD})*),?+\s*+\}}",
    re.IGNORECASE,
)
_FIELDS = pattern(rf"\s*+,\s*+(?P<name>{_NAME})\s*+=\s*+(?P<text>{_TEXT})")
_HEAD = pattern(
    r"(?P<line>^[ \t]*+)?@(?P<before>\s*+)(?P<kind>[A-Za-z]\w*+)(?P<after>\s*+)(?=[{(])",
    re.MULTILINE,
)
_KEY_FOLLOWS = pattern(rf"[{{(]\s*{_KEY}\s*,")
_COMMA_FOLLOWS = pattern(r"\{[^{}\"=]*,")
_COMMENT = pattern(rf"@comment[ \t]*+{_GROUP}", re.IGNORECASE)
_OTHER = pattern(rf"@(?:string|preamble)[ \t]*+{_GROUP}", re.IGNORECASE)
_HELD = pattern(rf"(?P<head>@\s*[A-Za-z]+\s*[{{(])\s*(?P<key>(?>(?:{_KEY})?))(?P<comma>\s*,)?")
_PUT_IN = "\n@comment{}\n"  # keeps what stands before and after apart
_OTHERS = frozenset({"comment", "preamble", "string"})
_BLOCK_MARK = pattern(r"[@{}]")
_MAX_UNCLOSED = 50  # comments: each of them is looked through to the end of the file


@dataclass(frozen=True, slots=True)
class Stretch:
    """A whole entry of a text, or with an empty key a whole comment: from start to before end.

    ``kind`` is in lower case, ``key_start`` where the key stands. ``stays`` says that it cannot
    be cut out.
    """

    key: str
    start: int
    end: int
    kind: str = ""
    key_start: int = 0
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Extract:
    """A text in two parts: its whole ``entries``, and what is left for the parser.

    What is left stood, from character ``n`` on, at ``origin(n)``.
    """

    text: str
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)
    entries: tuple[Stretch, ...] = ()

    @property
    def has_blocks(self) -> bool:
        """Whether anything is left that the parser would find, or miss the beginning of."""
        return _BLOCK_MARK.search(self.text.replace(_PUT_IN, "")) is not None

    def origin(self, offset: int) -> int:
        """Return where the character at ``offset`` stands in the whole text."""
        number = bisect_right(self.starts, offset) - 1
        return self.origins[number] + offset - self.starts[number]


@dataclass(frozen=True, slots=True)
class Held:
    """What reads like an entry inside of a comment."""

    head: str
    key: str
    offset: int


def laid_out(text: str) -> str:
    """Return ``text`` with each block begun as the parser knows it, at the same length.

    BibTeX allows space between the @, the kind and the brace, a new line as well.
    """
    return _HEAD.sub(_joined_head, text)


def _joined_head(found: re.Match[str]) -> str:
    line, before, kind, after = found.groups()
    if not before and "\n" not in after:
        return found[0]
    text, end = found.string, found.end()
    is_block = kind.lower() in _OTHERS or _COMMA_FOLLOWS.match(text, end) is not None
    if _KEY_FOLLOWS.match(text, end) or (line is not None and is_block):
        return f"{line or ''}@{kind}{' ' * len(before + after)}"
    return found[0]


def stretches(text: str) -> Iterator[Stretch]:
    """Yield the whole entries and comments of ``text``.

    Behind something broken, the first one stays, since the parser recognises the end of what is
    broken by it.
    """
    openings = [found.start(1) for found in _OPENING_OF_LINE.finditer(text)]
    at, settled, unclosed = 0, True, 0
    while (opening := _OPENING.search(text, at)) is not None and unclosed < _MAX_UNCLOSED:
        start = opening.start()
        number = bisect_right(openings, start)
        limit = openings[number] if number < len(openings) else len(text)
        found = _whole(text, start, limit)
        if found is None:
            unclosed += opening[0].lower().startswith("@comment")
            at, settled = limit, False
            continue
        if found.re.pattern != _OTHER.pattern:
            yield _stretch(found, stays=not settled)
        at, settled = found.end(), True


def _whole(text: str, start: int, limit: int) -> re.Match[str] | None:
    """Return the whole entry, comment, string or preamble that begins at ``start``.

    The parser takes what begins a block in a new line, as at ``limit``, for one, wherever that
    stands; in a comment alone it does not.
    """
    found = _ENTRY.match(text, start, limit) or _OTHER.match(text, start, limit)
    return _COMMENT.match(text, start) if found is None else found


def _stretch(found: re.Match[str], *, stays: bool) -> Stretch:
    if found.re.pattern == _COMMENT.pattern:
        return Stretch("", found.start(), found.end(), stays=stays)
    kind, key = found["kind"].lower(), found["key"]
    return Stretch(key, found.start(), found.end(), kind, found.start("key"), stays)


def fields(text: str, entry: Stretch) -> Iterator[tuple[str, int, str, int]]:
    """Yield each field of a whole entry: its name, where that stands, its value, where that does.

    What encloses the value is a part of it.
    """
    at = entry.key_start + len(entry.key)
    while (found := _FIELDS.match(text, at, entry.end)) is not None:
        yield found["name"].lower(), found.start("name"), found["text"], found.start("text")
        at = found.end()


def held(text: str, comment: Stretch) -> Iterator[Held]:
    """Yield what reads like an entry in ``comment``: BibTeX would read it, biber would not.

    It begins a line, or has a key and a comma; others are addresses and the like.
    """
    for found in _HELD.finditer(text, comment.start + 1, comment.end):
        begins = text.rfind("\n", comment.start, found.start()) + 1
        is_first = begins > 0 and not text[begins : found.start()].strip()
        if is_first or (found["key"] and found["comma"]):
            yield Held(found["head"], found["key"], found.start())


def extract(text: str, cut: Sequence[Stretch], entries: Sequence[Stretch] = ()) -> Extract:
    """Return ``text`` without the stretches ``cut``, which stand in its order.

    Those of them that are wanted are its ``entries``.
    """
    pieces: list[str] = []
    starts, origins = [0], [0]
    length, at = 0, 0
    for stretch in cut:
        between = text[at : stretch.start]
        if at and not between.strip():  # goes on right behind another one
            origins[-1] = at = stretch.end
            continue
        pieces += (between, _PUT_IN)
        length += len(between) + len(_PUT_IN)
        starts.append(length)
        origins.append(stretch.end)
        at = stretch.end
    return Extract("".join([*pieces, text[at:]]), tuple(starts), tuple(origins), tuple(entries))
