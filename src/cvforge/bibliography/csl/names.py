"""Names as a style orders them: initials, particles, "and", "et al."; knows no processor.

Source: the CSL 1.0.2 specification, "Names" and "Name-part order".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvforge.bibliography.csl.marks import wrapped
from cvforge.frozen import dataclass
from cvforge.inline import Owner
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Scripts that set the family name first, and no space: Han, kana, Hangul.
_FAMILY_FIRST = pattern("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff ]+")
_POINTS = ".-\u2010"
_LONGEST_RUN = 3  # "JP" and "ABC" are initials without their points, "ANNA" is a name
_CONTEXT_ET_AL, _CONTEXT_AND = 2, 3


@dataclass(frozen=True, slots=True)
class Person:
    """One name for a style, its parts marked strings; ``body`` is a name that has no parts."""

    given: str = ""
    particle: str = ""
    family: str = ""
    suffix: str = ""
    body: str = ""
    is_owner: bool = False


# What ends a list that is cut in the file.
OTHERS = Person(body="others")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameForm:
    """How a style wants its names: the options of ``cs:name`` under their names there."""

    form: str
    delimiter: str
    and_term: str | None
    et_al: str
    et_al_min: int
    et_al_use_first: int
    et_al_use_last: bool
    delimiter_precedes_et_al: str
    delimiter_precedes_last: str
    initialize: bool
    initialize_with: str | None
    initialize_with_hyphen: bool
    name_as_sort_order: str | None
    sort_separator: str
    demote: str
    given_part: Callable[[str], str]
    family_part: Callable[[str], str]

    def shown(self, people: Sequence[Person]) -> tuple[list[Person], bool]:
        """Return who is printed from the start of the list, and whether the list is cut."""
        named = [person for person in people if person is not OTHERS]
        is_cut = 1 < len(people) >= self.et_al_min > 0
        first = named[: self.et_al_use_first] if is_cut else named
        return first, is_cut or len(named) < len(people)

    def last(self, people: Sequence[Person]) -> Person | None:
        """Return the last of the list where the style prints it after an ellipsis."""
        is_cut = 1 < len(people) >= self.et_al_min > 0
        gap = is_cut and len(people) >= self.et_al_use_first + 2
        return people[-1] if self.et_al_use_last and gap and people[-1] is not OTHERS else None

    def listed(self, people: Sequence[Person]) -> str:
        """Return the list as the style prints it."""
        first, is_cut = self.shown(people)
        names = [self.name(person, number) for number, person in enumerate(first)]
        last = self.last(people)
        if last is not None:
            return self.delimiter.join([*names, f"… {self.name(last, len(first))}"])
        if is_cut:
            return self._with_et_al(names)
        return self._with_and(names)

    def _with_et_al(self, names: list[str]) -> str:
        if not names or not self.et_al:
            return self.delimiter.join(names)
        delimited = self._delimited(self.delimiter_precedes_et_al, len(names), _CONTEXT_ET_AL)
        return self.delimiter.join(names) + (self.delimiter if delimited else " ") + self.et_al

    def _with_and(self, names: list[str]) -> str:
        if self.and_term is None or len(names) < 2:  # noqa: PLR2004  "and" stands between two
            return self.delimiter.join(names)
        delimited = self._delimited(self.delimiter_precedes_last, len(names), _CONTEXT_AND, 2)
        before = self.delimiter.join(names[:-1]) + (self.delimiter if delimited else " ")
        return f"{before.rstrip(' ')} {self.and_term} {names[-1]}"

    def _delimited(self, rule: str, names: int, contextual: int, back: int = 1) -> bool:
        """Say whether the delimiter stands before "et al.", or before "and"."""
        if rule == "after-inverted-name":
            return self._is_inverted(names - back)
        return rule == "always" or (rule == "contextual" and names >= contextual)

    def _is_inverted(self, number: int) -> bool:
        return self.name_as_sort_order == "all" or (
            self.name_as_sort_order == "first" and number == 0
        )

    def name(self, person: Person, number: int) -> str:
        """Return one name; ``number`` is its position in the list, from 0."""
        text = self.family_part(person.body) if person.body else self._ordered(person, number)
        return wrapped(Owner, text) if person.is_owner else text

    def _ordered(self, person: Person, number: int) -> str:
        family = self.family_part(_spaced(person.particle, person.family))
        if self.form == "short":
            return family
        if person.given and _FAMILY_FIRST.fullmatch(person.family + person.given):
            return family + self.given_part(person.given)
        given = self._given(person)
        if not self._is_inverted(number):
            return _spaced(self.given_part(given), family, person.suffix)
        if person.particle and self.demote == "display-and-sort":
            family, given = self.family_part(person.family), _spaced(given, person.particle)
        parts = (family, self.given_part(given), person.suffix)
        return self.sort_separator.join(part for part in parts if part)

    def _given(self, person: Person) -> str:
        if self.initialize_with is None:
            return person.given
        return initials(
            person.given.title() if person.family.isupper() else person.given,
            self.initialize_with,
            hyphen=self.initialize_with_hyphen,
            names_too=self.initialize,
        )


def initials(given: str, mark: str, *, hyphen: bool, names_too: bool) -> str:
    """Return given names as initials, each followed by ``mark``.

    What begins with no capital ("de", 靖) stays as it is, and so do whole names unless
    ``names_too`` are made initials. ``hyphen`` keeps that of "J.-P.".
    """
    made = ""
    for word in given.split():
        parts = [part for part in re.split(r"(?<=\.)|(?=[-\u2010])", word) if part]
        if names_too or all(_is_initial(part.strip(_POINTS)) for part in parts):
            made += "".join(_part(part, mark, hyphen=hyphen) for part in parts)
        else:
            made += f" {word} "
    return re.sub(r" +(?=[-\u2010])", "", " ".join(made.split()))


def _part(part: str, mark: str, *, hyphen: bool) -> str:
    """Return the initials in what stands between points, spaces and hyphens."""
    letters = part.strip(_POINTS)
    lead = "-" if hyphen and part[0] in _POINTS[1:] else ""
    if not letters:
        return ""
    if not letters[0].isupper():
        return f" {part} "
    run = letters if _is_initial(letters) else letters[0]
    return lead + "".join(letter + mark for letter in run)


def _is_initial(letters: str) -> bool:
    return letters.isalpha() and letters.isupper() and len(letters) <= _LONGEST_RUN


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)
