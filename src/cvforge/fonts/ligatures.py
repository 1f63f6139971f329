"""Whether a font has one picture for several characters: the ligatures of its table GSUB."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cvforge.fonts.cmap import glyph_numbers
from cvforge.fonts.sfnt import UnusableFontError, read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

MAX_NUMBERS = 1_000_000  # that are read of a table; a font of all emoji has 30,000
# What an engine applies to text of any script without being told. Source: OpenType 1.9, features.
_FEATURES = frozenset({b"ccmp", b"locl", b"rlig", b"rclt", b"calt", b"clig", b"liga"})
# Text without a script, by what HarfBuzz tries one after the other.
_SCRIPTS = (b"DFLT", b"dflt", b"latn")
_LIGATURES, _EXTENSION = 4, 7  # types of lookups
_RIGHT_TO_LEFT = 1  # the flag of a lookup that says nothing of ligatures
_RANGES = 2  # the format of a coverage
_JOINER = "\u200d"  # a ligature may have it, and need not
_SELECTORS = "\ufe0e\ufe0f"  # XeTeX takes them away, so that no ligature sees them
_NO_GLYPH = -1


class Ligature(NamedTuple):
    """A glyph for several: the first one's followers, then what stands for all of them."""

    rest: tuple[int, ...]
    glyph: int


_Lookup: TypeAlias = "Mapping[int, list[Ligature]]"  # by the first glyph; the first match counts


class _Glyph(NamedTuple):
    number: int
    is_ignored: bool = False


@dataclass(slots=True)
class Ligatures:
    """The ligatures of one font that are there without being asked for; ``cmap`` is its table."""

    cmap: bytes = b""
    lookups: tuple[_Lookup, ...] = ()
    _known: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path, number: int) -> Ligatures:
        """Read a font; of one that cannot be read, or has no such table, there are none."""
        try:
            cmap, gsub = read_tables(path, number, b"cmap", b"GSUB")
            return cls(cmap, tuple(_Table(gsub).lookups()))
        except (OSError, struct.error, ValueError):  # UnusableFontError is one of these
            return cls()

    def join(self, cluster: str) -> bool:
        """Say whether one ligature stands for a whole cluster, and for no other one.

        A picture that stands for several is read as another of them: a PDF says one text of each
        glyph. Lookups of other types than ligatures are taken to leave a cluster as it is.
        """
        if cluster not in self._known:
            try:
                self._known[cluster] = self.lookups != () and self._join(cluster)
            except struct.error:
                self._known[cluster] = False
        return self._known[cluster]

    def _join(self, cluster: str) -> bool:
        numbers = glyph_numbers(self.cmap, {*map(ord, cluster + _JOINER + _SELECTORS)})
        ignored = {numbers[code] for code in map(ord, _JOINER + _SELECTORS) if code in numbers}
        shaped = [character for character in cluster if character not in _SELECTORS]
        glyphs = [_Glyph(numbers.get(ord(c), _NO_GLYPH), c == _JOINER) for c in shaped]
        made = [glyph for lookup in self.lookups for glyph in _apply(lookup, glyphs)]
        seen = [glyph.number for glyph in glyphs if not glyph.is_ignored]
        return (
            seen == made
            and len(made) == 1
            and made[0] not in numbers.values()
            and len(self._sources(made[0], ignored)) == 1
        )

    def _sources(self, glyph: int, ignored: set[int]) -> set[tuple[int, ...]]:
        """Return what a glyph stands for, without what need not be there."""
        return {
            tuple(number for number in (first, *ligature.rest) if number not in ignored)
            for lookup in self.lookups
            for first, ligatures in lookup.items()
            for ligature in ligatures
            if ligature.glyph == glyph
        }


def _apply(lookup: _Lookup, glyphs: list[_Glyph]) -> Iterator[int]:
    """Replace what a lookup has a ligature for, and yield the ligatures."""
    for start in range(len(glyphs)):
        if start >= len(glyphs):
            return
        for ligature in lookup.get(glyphs[start].number, ()):
            end = _end(glyphs, start, ligature.rest)
            if end is not None:
                glyphs[start:end] = [_Glyph(ligature.glyph)]
                yield ligature.glyph
                break


def _end(glyphs: list[_Glyph], start: int, rest: Iterable[int]) -> int | None:
    """Return where a ligature ends that begins at ``start``, None where it does not match."""
    at = start + 1
    for number in rest:
        while at < len(glyphs) and glyphs[at].number != number and glyphs[at].is_ignored:
            at += 1
        if at == len(glyphs) or glyphs[at].number != number:
            return None
        at += 1
    return at


class _Table:
    """A table GSUB, of which no more than ``MAX_NUMBERS`` are read.

    Source: OpenType 1.9, GSUB (lookup types 4 and 7) and chapter 2 (layout common formats).
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._left = MAX_NUMBERS

    def lookups(self) -> Iterator[_Lookup]:
        """Yield the lookups of ligatures in the order in which they are applied.

        Raises:
            struct.error: when the table is cut off.
            UnusableFontError: when there is no end of it.
        """
        (start,) = self._numbers(8, 1)
        offsets = self._counted(start)
        for number in sorted(self._active()):
            if number < len(offsets) and (found := self._lookup(start + offsets[number])):
                yield found

    def _numbers(self, start: int, count: int) -> tuple[int, ...]:
        self._left -= count
        if self._left < 0:
            raise UnusableFontError('its table "GSUB" has no end')
        return struct.unpack_from(f">{count}H", self._content, start)

    def _counted(self, start: int) -> tuple[int, ...]:
        """Return numbers that follow their count."""
        return self._numbers(start + 2, self._numbers(start, 1)[0])

    def _tagged(self, start: int) -> list[tuple[bytes, int]]:
        """Return tags, and where what they stand for is in the table."""
        (count,) = self._numbers(start, 1)
        self._numbers(start + 2, 3 * count)
        rows = struct.iter_unpack(">4sH", self._content[start + 2 : start + 2 + 6 * count])
        return [(tag, start + offset) for tag, offset in rows]

    def _active(self) -> set[int]:
        """Return the numbers of the lookups that are applied unasked."""
        scripts, features = self._numbers(4, 2)
        known = dict(self._tagged(scripts))
        script = next((known[tag] for tag in _SCRIPTS if tag in known), None)
        if script is None:
            return set()
        (language,) = self._numbers(script, 1)
        if language == 0:
            return set()
        offered = self._tagged(features)
        (required,) = self._numbers(script + language + 2, 1)
        wanted = [offered[n] for n in self._counted(script + language + 4) if n < len(offered)]
        used = [start for tag, start in wanted if tag in _FEATURES]
        used += [start for _, start in offered[required : required + 1]]
        return set(chain.from_iterable(self._counted(start + 2) for start in used))

    def _lookup(self, start: int) -> dict[int, list[Ligature]]:
        """Return the ligatures of a lookup; one that passes over glyphs is left out."""
        found: dict[int, list[Ligature]] = {}
        kind, flag = self._numbers(start, 2)
        if flag & ~_RIGHT_TO_LEFT:
            return found
        for offset in self._counted(start + 4):
            at = start + offset
            is_here = kind == _LIGATURES
            if kind == _EXTENSION and self._numbers(at + 2, 1)[0] == _LIGATURES:
                (further,) = struct.unpack_from(">L", self._content, at + 4)
                is_here, at = True, at + further
            for first, ligature in self._ligatures(at) if is_here else ():
                found.setdefault(first, []).append(ligature)
        return found

    def _ligatures(self, start: int) -> Iterator[tuple[int, Ligature]]:
        (coverage,) = self._numbers(start + 2, 1)
        sets = self._counted(start + 4)
        for first, offset in zip(self._covered(start + coverage), sets, strict=False):
            for further in self._counted(start + offset):
                at = start + offset + further
                glyph, count = self._numbers(at, 2)
                yield first, Ligature(self._numbers(at + 4, max(count - 1, 0)), glyph)

    def _covered(self, start: int) -> Iterator[int]:
        form, count = self._numbers(start, 2)
        if form != _RANGES:
            yield from self._numbers(start + 4, count)
            return
        for number in range(count):
            first, last, _ = self._numbers(start + 4 + 6 * number, 3)
            yield from range(first, last + 1)
