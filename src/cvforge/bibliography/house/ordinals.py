"""Numbers in sentences: "2nd", "17th of 94", and which plural a number takes."""

from __future__ import annotations

from cvforge.bibliography.house.words import known, word

_TEENS = range(11, 14)
_ENGLISH = ("th", "st", "nd", "rd")
_MOST_FIGURES = 4  # more are no count of anything that is printed
# English words that an edition is written with, by their number.
_WRITTEN = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth"),
)


def edition(number: int, language: str) -> str:
    """Return "2nd ed."."""
    return word("edition", language).format(_nth(number, language, first="re"))


def position(number: int, of: str, language: str) -> str:
    """Return "17th of 94"; ``of`` is a text, since it may be "94+"."""
    return word("position", language).format(_nth(number, language, first="er"), of)


def plural(key: str, number: int, language: str) -> str:
    """Return the words of ``key`` in the plural that ``number`` takes, with the number in them."""
    forms = word(key, language).split("|")
    return forms[min(_form(number, language), len(forms) - 1)].format(number)


def written_number(text: str) -> int | None:
    """Return the number of "2", "2nd", "2." or "Second", None when ``text`` is no such number."""
    plain = text.strip().lower()
    figures = plain.rstrip(".").removesuffix("st").removesuffix("nd")
    figures = figures.removesuffix("rd").removesuffix("th")
    if figures.isascii() and figures.isdigit() and len(figures) <= _MOST_FIGURES:
        return int(figures)
    return _WRITTEN.index(plain) + 1 if plain in _WRITTEN else None


def _nth(number: int, language: str, *, first: str) -> str:
    """Return the figures with the ending that differs by number.

    ``first`` is the French ending of 1. What is the same for all numbers is in the table.
    """
    match known(language):
        case "en":
            unit = 0 if number % 100 in _TEENS else number % 10
            return f"{number}{_ENGLISH[unit] if unit < len(_ENGLISH) else 'th'}"
        case "fr":
            return f"{number}{first if number == 1 else 'e'}"
        case "sv":
            is_a = number % 10 in (1, 2) and number % 100 not in (11, 12)
            return f"{number}:{'a' if is_a else 'e'}"
    return str(number)


def _form(number: int, language: str) -> int:
    """Return which of the plural forms ``number`` takes.

    Source: Unicode CLDR, plural rules (cardinals).
    """
    if number == 1:
        return 0
    is_few = number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14)
    return 2 if known(language) == "pl" and not is_few else 1
