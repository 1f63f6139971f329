"""The house style of publications: from a reference to what the page shows of it.

Title first, with ``titleaddon`` in parentheses, then the line of the authors (`authors`), then the
line of where and when (`venue`). This says which fields are shown; words are those of the list's
language (`words`), with a capital where the line begins with them.

The line after the authors has these parts, in this order, separated by commas:

1. What it is: ``type`` and ``number`` of a thesis, report or patent, and of all that is no article,
   paper, book or part of one. ``@phdthesis``, ``@mastersthesis``, ``@techreport`` and ``@patent``
   say it by themselves: "Technical report 7", "Patent US 7654321".
2. ``howpublished``.
3. Where: ``journaltitle`` or ``journal`` with ``series``, ``volume(number)`` and ``issuetitle``;
   else ``booktitle``; else ``eventtitle``; each with its subtitle and addon. After a book or event
   there follow in parentheses the short name, the ``maintitle``, and the ``series`` with volume
   and number: "Advances (NeurIPS 2025, vol. 38)". A part of a book begins with "In" and its
   ``bookauthor``. Of a whole book: ``maintitle``, ``series``, numbers, without parentheses.
4. ``venue`` (the town of an event); ``school``, ``institution``, ``organization``; ``holder``.
5. ``editor`` ("ed. Bo Rune") and ``translator``; ``edition``, ``volumes``, ``chapter`` (of a part
   of a book under its ``type``: "Section 3").
6. ``publisher``, ``location`` or ``address``, ``version``.
7. ``eid`` or ``articleno``; ``pages``; ``pagetotal``.
8. An ``issue`` in words, and the years of ``date``, ``year`` or ``eventdate``, unless their figures
   stand in 1 to 3 already ("ICML 2025").
9. ``pubstate``, then ``award`` (emphasised; ";" separates two).
10. ``note`` and ``addendum``: after a comma when one begins in lower case or with a figure, else as
    a sentence of its own. A note that is a state ("To appear") stands in 9.

What says the same twice is shown once; so is a body or publisher that stands as author, and a
``bookauthor`` who is the author. Where no journal, book, event, body or publisher is named,
or none but arXiv, ``eprint`` stands in their place: "arXiv preprint arXiv:2401.01234".

Articles and papers that name their journal, book or event do not show what is the volume's:
``editor``, ``edition``, ``volumes``, ``chapter``, ``school``, ``institution``, ``organization``,
``publisher``, ``location``, ``address``. A part of a book does not show the three bodies; articles,
papers and books do not show ``type``, which programs fill.

Where two name the place, one is shown: of an article the journal, of others the book; an event
where neither is named, and with a whole book. ``issuetitle`` needs a journal, ``maintitle`` none;
``bookauthor`` a part of a book; a part whose book is named by ``maintitle`` alone is in that.

A title that nothing else links leads to the arXiv number that a journal or ``howpublished`` is:
"arXiv preprint arXiv:2401.01234", "CoRR abs/2401.01234".

Never shown: months and days; originals and reprints (``orig…``, ``reprinttitle``); other roles
(``editora`` to ``editorc``, ``annotator``, ``commentator``, ``introduction``, ``foreword``,
``afterword``); ``language``; ISBN, ISSN and their like; ``urldate``; ``eprintclass``; ``numpages``;
keywords, sorting keys, short titles, labels and whatever else programs keep for themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.bibliography.house.authors import MARKS, authors
from cvforge.bibliography.house.labels import LINKS, labelled, title_link
from cvforge.bibliography.house.phrasing import enclosed, spaced
from cvforge.bibliography.house.setting import AuthorLimit, Setting
from cvforge.bibliography.house.venue import venue
from cvforge.bibliography.house.words import word
from cvforge.bibliography.owner import Owner, owner_findings
from cvforge.cv import Publication, Rank
from cvforge.inline import Inline, Phrase, plain, verbatim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Place

__all__ = ["LINKS", "MARKS", "AuthorLimit", "Owner", "Setting"]
__all__ += ["legend", "owner_findings", "publication"]


def publication(
    reference: Reference, *, owner: Owner, setting: Setting, rank: Rank, place: Place | None
) -> Publication:
    """Return what the page shows of ``reference``; ``place`` is where the profile chose it."""
    line, marks = authors(reference, owner, setting=setting)
    return Publication(
        key=reference.key,
        title=_title(reference),
        authors=line,
        venue=venue(reference, owner, setting=setting),
        link=title_link(reference, setting.links),
        links=labelled(reference, setting.links, language=setting.language),
        abstract=reference.fields.get("abstract", ()) if setting.abstracts else (),
        marks=marks,
        rank=rank,
        place=reference.place if place is None else place,
    )


def _title(reference: Reference) -> Inline:
    """Return the title, and what it is with (``titleaddon``) in parentheses."""
    addon = reference.fields.get("titleaddon", ())
    is_enclosed = plain(addon)[:1] in tuple("([")
    return spaced([reference.title, addon if is_enclosed else enclosed([addon])])


def legend(publications: Iterable[Publication], *, language: str = "en") -> Phrase | None:
    """Return what the marks mean that stand beside any author, None when none does."""
    shown = {mark for made in publications for mark in made.marks}
    meanings = [f"{mark} {word(key, language)}" for key, mark in MARKS.items() if mark in shown]
    return verbatim(f"({', '.join(meanings)})") if meanings else None
