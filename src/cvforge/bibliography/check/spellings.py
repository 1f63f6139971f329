"""Names that are written in several ways across the bibliography."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cvforge.bibliography.check.entry import Entry, warning
from cvforge.bibliography.check.people import Person, family_variants, grouped, person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cvforge.bibliography.names import Name
    from cvforge.diagnostics import Diagnostic, Place

MAX_SHOWN = 4


@dataclass(slots=True)
class _Spelling:
    """A name as it is written, where it first stands (entry, field), and how often it does."""

    name: Name
    first: tuple[Entry, str]
    count: int = 0

    @property
    def shown(self) -> str:
        """The name as a bibliography writes it, family name first."""
        name = self.name
        family = " ".join(part for part in (name.prefix, name.family) if part)
        return ", ".join(part for part in (family, name.suffix, name.given) if part)

    @property
    def place(self) -> Place:
        """Where it first stands: its family name, where that is typed in plain letters."""
        entry, field = self.first
        value = entry.written[field]
        found = re.search(rf"(?<!\w){re.escape(self.name.family)}(?!\w)", value.text)
        if found is None:
            return entry.place(field)
        return value.place(found.start(), len(self.name.family))


def name_spellings(entries: Sequence[Entry]) -> Iterator[Diagnostic]:
    """Yield a finding for each person whose name seems to be written in several ways."""
    found = _gathered(entries)
    people = _by_person(found)
    for group in grouped(people):
        written = [spelling for one in group for spelling in people[one]]
        if len(written) > 1:
            yield _finding(sorted(written, key=lambda s: (-s.count, s.place)))
    yield from _swapped(people)


def _gathered(entries: Sequence[Entry]) -> Iterable[_Spelling]:
    """Return every spelling; spaces and the full stops of initials make no difference."""
    found: dict[tuple[str, ...], _Spelling] = {}
    for entry in entries:
        for field, names in entry.reference.names.items():
            for name in names.people if field in entry.written else ():
                if not name.corporate and name.given:
                    parts = (name.given, name.prefix, name.family, name.suffix)
                    key = tuple(" ".join(re.split(r"[\s.]+", part)).strip() for part in parts)
                    found.setdefault(key, _Spelling(name, (entry, field))).count += 1
    return found.values()


def _by_person(found: Iterable[_Spelling]) -> dict[Person, list[_Spelling]]:
    """Return the spellings by what is compared of them; "Mueller" is compared as "Müller" is.

    That holds where a Müller stands in the bibliography, and "Bauer" stays what it is.
    """
    made = [(person(spelling.name), spelling) for spelling in found]
    plainer = {
        variant: one.family
        for one, spelling in made
        for variant in family_variants(spelling.name) - {one.family}
    }
    people: dict[Person, list[_Spelling]] = {}
    for one, spelling in made:
        same = replace(one, family=plainer.get(one.family, one.family))
        people.setdefault(same, []).append(spelling)
    return people


def _finding(written: list[_Spelling]) -> Diagnostic:
    """Return the finding about spellings of one person, the most frequent first."""
    shown = ", ".join(f'"{s.shown}" ({s.count})' for s in written[:MAX_SHOWN])
    places = "; ".join(f'"{s.shown}" is first in {_where(s.place)}' for s in _but(1, written))
    return warning(
        "name-spellings",
        f"one person may be written in {len(written)} ways: {shown}{_more(written)}",
        written[1].place,
        f"choose one of them: {places}",
    )


def _swapped(people: Mapping[Person, list[_Spelling]]) -> Iterator[Diagnostic]:
    """Yield a finding for each "Ada, Quill" beside a "Quill, Ada"."""
    by_parts = {(one.family, "".join(one.given)): written for one, written in people.items()}
    for (family, given), written in by_parts.items():
        other = by_parts.get((given, family))
        if other is not None and family < given:
            rare, usual = sorted((written[0], other[0]), key=lambda s: s.count)
            yield warning(
                "name-order",
                f'"{rare.shown}" ({rare.count}) may be "{usual.shown}" ({usual.count}), swapped',
                rare.place,
                f'"{usual.shown}" is first in {_where(usual.place)}; the family name stands '
                "before the comma, or last",
            )


def _but(position: int, written: list[_Spelling]) -> list[_Spelling]:
    return [s for number, s in enumerate(written[:MAX_SHOWN]) if number != position]


def _more(written: list[_Spelling]) -> str:
    return " …" if len(written) > MAX_SHOWN else ""


def _where(place: Place) -> str:
    return f"{place.file}, line {place.line}"
