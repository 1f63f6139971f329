"""The house style of publications: from a reference to what the page shows of it.

The line after the authors is made of what the entry says, and of nothing else:

1. Where: the first of ``booktitle``, ``journaltitle``, ``journal``, ``eventtitle``,
   ``howpublished``, ``school``, ``institution``, ``organization``, ``publisher`` (a
   ``…subtitle`` follows after a colon). A thesis or report is led by its ``type``.
2. In a journal: volume(number), then pages: "Journal of Invented Results 12(3), 45--67".
   Elsewhere: the volume, then the ``series`` in parentheses, then "pp. 45--67". With a series, the
   volume is the series': "Lecture Notes (Invented Series, volume 7)".
3. Without a place, or with "arXiv preprint" as the place, the ``eprint``:
   "arXiv preprint arXiv:2401.01234".
4. The year of ``year`` or ``date`` after a comma, unless its figures stand in the line already, in
   the name of a place or series ("(ICML 2025)") or as its volume.
5. ``pubstate`` after a comma; ``note`` after a comma when it begins in lower case or with a
   figure, else as a sentence of its own.

The title leads to the DOI, else to the arXiv page, else to ``url``. Other fields are not shown.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from cvforge.bibliography.links import title_target
from cvforge.bibliography.names import CORRESPONDING, EQUAL
from cvforge.bibliography.owner import Owner, owned
from cvforge.bibliography.venue import venue
from cvforge.cv import Author, Publication, Rank
from cvforge.inline import Phrase, verbatim

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Place

__all__ = ["MARKS", "Owner", "legend", "publication"]

# Annotation words that the page shows, and the mark beside the author.
MARKS: Mapping[str, str] = MappingProxyType({EQUAL: "*", CORRESPONDING: "†"})
# What the marks mean, by language; English where a language is not here.
MEANINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "de": {EQUAL: "* gleicher Beitrag", CORRESPONDING: "† korrespondierende Person"},
        "en": {EQUAL: "* denotes equal contribution", CORRESPONDING: "† corresponding author"},
        "es": {EQUAL: "* igual contribución", CORRESPONDING: "† autor de correspondencia"},
        "fr": {EQUAL: "* contribution égale", CORRESPONDING: "† auteur correspondant"},
        "zh": {EQUAL: "* 同等贡献", CORRESPONDING: "† 通讯作者"},
    }
)


def publication(  # noqa: PLR0913  one argument a column of the list, all but the first named
    reference: Reference,
    *,
    number: int,
    owner: Owner,
    abstract: bool,
    rank: Rank,
    place: Place | None,
) -> Publication:
    """Return what the page shows of ``reference``; ``place`` is where the profile chose it."""
    mine = owned(reference.authors, owner)
    return Publication(
        key=reference.key,
        number=number,
        title=reference.title,
        authors=tuple(
            Author(name.printed, position in mine, _marks(reference, position + 1))
            for position, name in enumerate(reference.authors)
        ),
        others=reference.others,
        venue=venue(reference),
        link=title_target(reference.raw),
        abstract=reference.fields.get("abstract", ()) if abstract else (),
        rank=rank,
        place=reference.place if place is None else place,
    )


def legend(publications: Sequence[Publication], *, language: str = "en") -> Phrase | None:
    """Return what the marks mean that stand beside any author, None when none does."""
    shown = {mark for made in publications for author in made.authors for mark in author.marks}
    words = MEANINGS.get(language.partition("-")[0], MEANINGS["en"])
    meanings = [words[word] for word, mark in MARKS.items() if mark in shown]
    return verbatim(f"({', '.join(meanings)})") if meanings else None


def _marks(reference: Reference, position: int) -> tuple[str, ...]:
    words = reference.annotations.get(position, frozenset())
    return tuple(mark for word, mark in MARKS.items() if word in words)
