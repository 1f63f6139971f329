"""What can be told of an entry before it is read: whether a list that chooses may show it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.bibliography.links import unescaped
from cvforge.bibliography.reading.decode import is_plain
from cvforge.bibliography.reading.sets import KIND as SET
from cvforge.bibliography.reading.values import enclosed, is_given
from cvforge.bibliography.reading.wanted import listed
from cvforge.bibliography.reading.xdata import KIND as XDATA
from cvforge.bibliography.reference import Reference
from cvforge.bibliography.select import TYPES, Choice, chosen, entry_tags, keywords
from cvforge.frozen import dataclass
from cvforge.inline import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from cvforge.bibliography.reading.grammar import BibEntry

_DATES = frozenset({"date", "year"})
_WORDS = frozenset({"keywords", "selected", "tags"})
_LINKS = frozenset({"crossref", "entryset"})
_READ = _DATES | _WORDS | _LINKS | {"ids", XDATA}


@dataclass(frozen=True, slots=True)
class Sketch:
    """A reference without its texts and people: its type, years and words.

    ``unclear`` are the fields that may read otherwise: they hold strings or LaTeX, or are
    inherited. ``parents`` are the keys of entries that it takes fields from, as they are written;
    ``aliases`` are its other keys.
    """

    reference: Reference
    unclear: frozenset[str]
    parents: tuple[str, ...]
    aliases: tuple[str, ...]

    def may_meet(self, choice: Choice) -> bool:
        """Say whether the entry, once it is read, may meet ``choice``."""
        return bool(
            chosen(
                [self.reference],
                _relaxed(choice, self.unclear),
                owned=lambda _reference: frozenset(),
                tags=lambda _reference: (),
            )
        )


def sketch(entry: BibEntry) -> Sketch:
    """Return what can be told of ``entry``."""
    written = {f.name: enclosed(f.text) for f in entry.fields if f.name in _READ}
    given = {name: text for name, text in written.items() if text is None or is_given(text)}
    plain = {name: text for name, text in given.items() if text is not None}
    raw = {name: unescaped(text) for name, text in plain.items() if name not in _DATES}
    reference = Reference(
        key=entry.key,
        kind=entry.kind,
        title=(),
        names={},
        fields={name: (Text(plain[name].strip()),) for name in _DATES & plain.keys()},
        raw=raw,
        place=entry.place,
    )
    parents = [raw["crossref"]] if "crossref" in raw else []
    parents += listed(raw.get("entryset", ""))
    aliases = listed(raw.get("ids", ""))
    return Sketch(reference, _unclear(entry.kind, given), tuple(parents), tuple(aliases))


def _unclear(kind: str, given: Mapping[str, str | None]) -> frozenset[str]:
    """Return which fields may read otherwise than they are ``given``: None is no plain text."""
    unclear = {name for name, text in given.items() if text is None}
    for name in _DATES & given.keys():
        text = given[name]
        if text is not None and not is_plain(text):
            unclear.add(name)
    if "crossref" in given and _DATES.isdisjoint(given):  # words are not inherited by it
        unclear |= _DATES
    if XDATA in given or kind == SET:
        unclear |= _DATES | _WORDS
    if kind == SET:
        unclear.add("kind")
    return frozenset(unclear)


def hidden(sketches: Iterable[Sketch]) -> frozenset[str]:
    """Return the keys that entries take their fields from."""
    return frozenset(parent for each in sketches for parent in each.parents)


def may_be_chosen(sketches: Mapping[str, Sketch], choices: Collection[Choice]) -> set[str] | None:
    """Return the keys of what may meet one of ``choices``, None where that cannot be told.

    Each type, keyword and tag that is asked for is met by an entry among them, since one that no
    entry has is told to the user; where there is none, that cannot be told.
    """
    if any(not _LINKS.isdisjoint(each.unclear) for each in sketches.values()):
        return None
    shown = _shown(sketches)
    found: set[str] = set()
    for choice in choices:
        meeting = [each for each in shown if each.may_meet(choice)]
        examples = _examples(choice, shown)
        if not meeting or None in examples:
            return None
        found.update(each.reference.key for each in (*meeting, *examples) if each is not None)
    return found


def _shown(sketches: Mapping[str, Sketch]) -> list[Sketch]:
    """Return what is no parent of another entry."""
    own = {alias: key for key, each in sketches.items() for alias in each.aliases}
    above = {own.get(key, key) for key in hidden(sketches.values())}
    return [
        each for key, each in sketches.items() if key not in above and each.reference.kind != XDATA
    ]


def _examples(choice: Choice, shown: Collection[Sketch]) -> list[Sketch | None]:
    """Return an entry for each word of ``choice`` that only an entry makes known."""
    words: dict[tuple[str, str], Sketch] = {}
    for each in shown:
        for word in _words_of(each.reference):
            words.setdefault(word, each)
    asked = [("type", word.casefold()) for word in choice.types if word.casefold() not in TYPES]
    asked += [("keyword", word.casefold()) for word in choice.keywords]
    asked += [("tag", word.casefold()) for word in choice.tags]
    return [words.get(word) for word in asked]


def _words_of(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "type", reference.kind
    yield from (("keyword", word.casefold()) for word in keywords(reference))
    yield from (("tag", word.casefold()) for word in entry_tags(reference))


def _relaxed(choice: Choice, unclear: frozenset[str]) -> Choice:
    """Return ``choice`` without the conditions that cannot be judged."""
    return replace(
        choice,
        types=() if "kind" in unclear else choice.types,
        keywords=() if "keywords" in unclear else choice.keywords,
        tags=() if "tags" in unclear else choice.tags,
        years=(None, None) if _DATES & unclear else choice.years,
        positions=(),
        venues=(),
        selected=choice.selected and "selected" not in unclear,
    )
