"""Short names of journals and conferences: which field holds one, and the name without its year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.inline import plain
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from cvforge.bibliography.reference import Reference

_YEAR = pattern(r"\W*(?:(?<!\d)(?:19|20)\d\d(?!\d)|['\u2019]\d\d(?!\d))")
# Acronyms of publishers' series: they say who printed the proceedings, not which they are.
_PUBLISHERS = frozenset(
    {"acm icps", "aisc", "ccis", "ceur", "ceur-ws", "eptcs", "icps", "ifip", "ifip aict", "lipics"}
    | {"lnai", "lnbi", "lnbip", "lncs", "lnee", "lnicst", "lnm", "lnme", "lnns", "oasics", "pmlr"}
)
_MOST_WORDS = 3


def series_is_short(reference: Reference) -> bool:
    """Say whether ``series`` is the short name of the conference: "ICML 2025", "KDD '24", "COLT".

    It is when it is of three words at most with a year, or a single word with two capitals, and no
    publisher's series ("LNCS").
    """
    series = plain(reference.fields.get("series", ()))
    name = without_year(series)
    words = name.split()
    if not words or len(words) > _MOST_WORDS or name.lower() in _PUBLISHERS:
        return False
    return name != series or _is_acronym(name)


def _is_acronym(name: str) -> bool:
    return " " not in name and sum(character.isupper() for character in name) > 1


def short_name(reference: Reference) -> str:
    """Return the short name of where ``reference`` came out, "" where it has none.

    It is ``shortjournal`` or ``shortbooktitle``, else such a ``series``, else the name itself
    where that is one word, its year not counted: "Nature", "NeurIPS 2024".
    """
    fields = {name: plain(content) for name, content in reference.fields.items()}
    names = ("shortjournal", "shortbooktitle", *(["series"] * series_is_short(reference)))
    given = next((fields[name] for name in names if name in fields), None)
    if given is not None:
        return given
    whole = next((fields[name] for name in _NAMES if name in fields), "")
    return whole if len(without_year(whole).split()) == 1 else ""


_NAMES = ("journaltitle", "journal", "booktitle", "eventtitle")


def without_year(name: str) -> str:
    """Return "ICML" for "ICML 2025", "ICML'25" and "2025 ICML"."""
    return " ".join(_YEAR.sub(" ", name).split()).strip(" ,:()")
