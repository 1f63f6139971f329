"""Which spellings of names may be of one person: initials, accents, middle names."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from cvforge.bibliography.spelling import fold, variants
from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cvforge.bibliography.names import Name

# Of more people with one family name and one initial, only equal names are put together.
MAX_COMPARED = 200

_INITIALS = pattern(r"[A-Z]{2,3}")


@dataclass(frozen=True, slots=True)
class Person:
    """Parts of a name for comparing: without case, accents and punctuation."""

    family: str
    suffix: str
    given: tuple[str, ...]

    @property
    def is_initials(self) -> bool:
        """Whether no given name is written out."""
        return all(map(_is_initial, self.given))

    @property
    def same(self) -> tuple[str, ...]:
        """What is equal for "Ann Marie", "Ann-Marie" and "Annmarie"."""
        return self.given if any(map(_is_initial, self.given)) else ("".join(self.given),)

    def rank(self) -> tuple[int, int, int]:
        """Order people by how much is told of their given names."""
        full = sum(not _is_initial(word) for word in self.given)
        return full, len(self.given), sum(map(len, self.given))


def person(name: Name) -> Person:
    """Return ``name`` for comparing."""
    return Person(_compact(_family(name)), _compact(name.suffix), tuple(_given_words(name)))


def family_variants(name: Name) -> frozenset[str]:
    """Return the family name for comparing, "ü" as "u" and as "ue"."""
    return frozenset(each.replace(" ", "") for each in variants(_family(name)))


def grouped(people: Iterable[Person]) -> Iterator[list[Person]]:
    """Yield those who may be one person together; who may be several is in no group of theirs."""
    buckets: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    for one in people:
        buckets[one.family, one.suffix, one.given[0][:1] if one.given else ""].append(one)
    for bucket in buckets.values():
        yield from _persons(bucket)


def _persons(bucket: list[Person]) -> Iterator[list[Person]]:
    equal: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    for one in bucket:
        equal[one.same].append(one)
    if len(equal) > MAX_COMPARED:
        yield from equal.values()
        return
    groups: list[list[Person]] = []
    for spellings in sorted(equal.values(), key=lambda same: same[0].rank(), reverse=True):
        fitting = [group for group in groups if _may_be_one(group[0], spellings[0])]
        if len(fitting) == 1:
            fitting[0].extend(spellings)
        elif not fitting:
            groups.append(list(spellings))
        else:
            yield spellings  # it may be any of them
    yield from groups


def _may_be_one(fuller: Person, shorter: Person) -> bool:
    """Say whether "Ada Mary" may be "A. M." or "A.", or "Ada M." be "Ada"; "Ada Mary" is no "Ada".

    For in many languages a second given name makes another person.
    """
    pairs = zip(fuller.given, shorter.given, strict=False)
    if not all(one.startswith(other) and _fit(one, other) for one, other in pairs):
        return False
    more = fuller.given[len(shorter.given) :] + shorter.given[len(fuller.given) :]
    return shorter.given != () and (shorter.is_initials or all(map(_is_initial, more)))


def _fit(one: str, other: str) -> bool:
    return one == other or _is_initial(other)


def _given_words(name: Name) -> Iterator[str]:
    shouted = name.family == name.family.upper()
    for word in re.split(r"[\s.\-\u2010-\u2015]+", name.given):
        if _INITIALS.fullmatch(word) and not shouted:  # "Quill, AM"
            yield from word.lower()
        elif _compact(word):
            yield _compact(word)


def _is_initial(word: str) -> bool:
    """Say whether ``word`` is one letter of a script that has capitals; 明 is a name."""
    return len(word) == 1 and word != word.upper()


def _family(name: Name) -> str:
    return f"{name.prefix} {name.family}"


def _compact(text: str) -> str:
    return fold(text).replace(" ", "")
