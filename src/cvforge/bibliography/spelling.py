"""Spellings of a person's name made comparable: accents, transliterations, particles, initials."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cvforge.bibliography.names import Name

# Letters that Unicode does not take apart, as most writers replace them.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ħ": "h",
    }
)
# The other common way: German, Danish, Swedish and Norwegian without their letters.
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_WORD = pattern(r"[^\W_]+")
_PARTICLES = frozenset(
    {"af", "al", "av", "bin", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos"}
    | {"du", "el", "ibn", "la", "le", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur"}
)
_SUFFIX = pattern(r",\s*(?:jr|sr|ii|iii|iv)\.?\Z", re.IGNORECASE)
_INITIALS = pattern(r"[^\W\d_]{1,3}")


def fold(name: str) -> str:
    """Return ``name`` without case, accents and punctuation, its words one space apart."""
    return _folded(name.casefold())


def initial(name: str) -> str:
    """Return the first letter of ``name``, folded; "" where it does not begin with one."""
    return _first_letter(name[:1])


@cache
def _first_letter(character: str) -> str:
    return fold(character)[:1]


def variants(name: str) -> frozenset[str]:
    """Return ``name`` folded in every way that its accents are written without them."""
    composed = unicodedata.normalize("NFC", name.casefold())
    return frozenset({_folded(composed), _folded(composed.translate(_DIGRAPHS))})


def _folded(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_WORD.findall(letters))


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the owner's name: as written, folded, and its words for looser comparison.

    ``joined`` are the letters without spaces and particles; ``words`` the words as written,
    the family name last, without particles and suffix.
    """

    written: str
    folded: str
    joined: frozenset[str]
    words: tuple[str, ...]


@cache
def form(written: str) -> Form:
    """Return a form of a name, given as "Ada Quill" or "Quill, Ada"."""
    name = _SUFFIX.sub("", written)
    family, comma, given = name.partition(",")
    ordered = f"{given} {family}" if comma else name
    words = tuple(word for word in ordered.split() if word not in _PARTICLES and fold(word))
    return Form(written, fold(written), _joined(" ".join(words)), words)


def joined(name: Name) -> frozenset[str]:
    """Return the letters of ``name`` without spaces and particles, the family name last or first.

    So "JingZhao Zhang", "Jing-Zhao Zhang" and "Zhang Jing Zhao" are one.
    """
    orders = (f"{name.given} {name.family}", f"{name.family} {name.given}")
    return frozenset(each for order in orders for each in _joined(order))


def _joined(name: str) -> frozenset[str]:
    return frozenset(each.replace(" ", "") for each in variants(name)) - {""}


def agreement(name: Name, owner: Form) -> int | None:
    """Say how the given names agree where the family names are the same: None when they do not.

    0: the first given name is the same, and others are missing or initials ("Ada M. Quill");
    1: there are only initials ("A. Quill", "Quill AM").
    """
    found = (_compared(words, given) for words, given, _family in _beside(name, owner))
    return min((agreed for agreed in found if agreed is not None), default=None)


def contradicts(name: Name, alias: Form, forms: Iterable[Form]) -> bool:
    """Say whether ``name`` has other given names than those that ``alias`` has the initials of.

    With the alias "A. Quill", "Anna Quill" contradicts the form "Ada Quill"; no other form does it.
    """
    for words, given, family in _beside(name, alias):
        full = [] if _is_spelled_out(words) else [*_spelled_out_as(words, family, forms)]
        if not full or any(_compared(own, given) is not None for own in full):
            return False
    return True


def _spelled_out_as(
    initials: tuple[str, ...], family: str, forms: Iterable[Form]
) -> Iterator[tuple[str, ...]]:
    """Yield the given names that the initials may stand for; of another family name the first."""
    for each in forms:
        own = [*_before(family, each.words)] or [each.words[:1]]
        full = (words for words in own if len(each.words) > 1 and _is_spelled_out(words))
        yield from (words for words in full if _compared(words, initials) is not None)


def _is_spelled_out(words: tuple[str, ...]) -> bool:
    return any(len(fold(word)) > 1 for word in words)


def _beside(name: Name, owner: Form) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Yield the given names of both, and the family name, where that is the same."""
    for family, given in _readings(name):
        for words in _before(family, owner.words):
            yield words, given, family


def _compared(ours: tuple[str, ...], theirs: tuple[str, ...]) -> int | None:
    pairs = product(_each_variant(ours), _each_variant(theirs))
    found = (_agreed(one, other) for one, other in pairs)
    return min((agreed for agreed in found if agreed is not None), default=None)


def _readings(name: Name) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield family and given names, also those of "Quill A. M.", whose family name comes first."""
    yield name.family, _spelled_out(name.given, beside=name.family)
    words = f"{name.given} {name.family}".split()
    family = list(words)
    while family and _is_initials(family[-1]):
        family.pop()
    if 0 < len(family) < len(words):
        given = " ".join(words[len(family) :])
        yield " ".join(family), _spelled_out(given, beside=" ".join(family))


def _is_initials(word: str) -> bool:
    bare = word.replace(".", "").replace("-", "")
    return _INITIALS.fullmatch(bare) is not None and bare.isupper()


def _spelled_out(given: str, *, beside: str) -> tuple[str, ...]:
    """Return the given names; of "JP" beside a name that is not in capitals, both initials."""
    words = [part for part in re.split(r"[\s.\-\u2010\u2011]+", given) if part]
    together = not beside.isupper()
    return tuple(
        letter
        for each in words
        for letter in (
            each if together and each.isupper() and _INITIALS.fullmatch(each) else [each]
        )
    )


def _before(family: str, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the words of the owner's name before ``family``, where it ends with that."""
    wanted = _joined(family)
    for at in range(1, len(words)):
        if wanted & _joined(" ".join(words[at:])):
            yield _spelled_out(" ".join(words[:at]), beside=" ".join(words[at:]))


def _each_variant(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    plainly = tuple(fold(each) for each in words)
    return {plainly, tuple(max(variants(each), key=len) for each in words)}


def _agreed(ours: tuple[str, ...], theirs: tuple[str, ...]) -> int | None:
    pairs = list(zip(ours, theirs, strict=False))
    if not pairs or not all(_agree(one, other) for one, other in pairs):
        return None
    one, other = pairs[0]
    return 0 if one == other and len(one) > 1 else 1


def _agree(one: str, other: str) -> bool:
    """Say whether two words are the same or one is the initial of the other.

    Scripts without capitals have no initials.
    """
    short = min(one, other, key=len)
    is_initial = len(short) == 1 and short != short.upper()
    return one == other or (is_initial and one[0] == other[0])
