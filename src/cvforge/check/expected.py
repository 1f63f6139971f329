"""What a CV says that its PDF must hold: texts in order, links, headings, the ways to reach."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from cvforge.check.extracted import normal
from cvforge.frozen import dataclass
from cvforge.inline import Code, Math, Phrase, Text, links
from cvforge.latex.escape import pdf_uri
from cvforge.latex.math import math_plain
from cvforge.templates.words import page_of_total

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cvforge.cv import Cv, Item, Photo, Publication
    from cvforge.diagnostics import Place
    from cvforge.inline import Inline

LIGATURES = tuple(map(chr, range(0xFB00, 0xFB07)))
LETTERS_OF = str.maketrans({c: unicodedata.normalize("NFKC", c) for c in LIGATURES})


@dataclass(frozen=True, slots=True)
class Formula:
    """The letters of a set formula by NFKD, in the order of the page, and its accents."""

    letters: str
    accents: str = ""


Part: TypeAlias = str | Formula


@dataclass(frozen=True, slots=True)
class Leaf:
    """One text of the CV. It may be preceded by one of ``labels`` and followed by a full stop.

    A part that is a ``str`` is normal; next to a formula it has no space.
    """

    parts: tuple[Part, ...]
    plain: str
    place: Place | None = None
    labels: frozenset[str] = frozenset()
    may_stop: bool = False

    @property
    def ends_in_formula(self) -> bool:
        """Whether the last part is a formula, next to which spaces do not count."""
        return isinstance(self.parts[-1], Formula)

    def without_ligatures(self) -> Leaf:
        """Return the leaf with the letters of each typed ligature character, as pdfium gives it."""
        if self.plain.isascii():
            return self
        parts = (p.translate(LETTERS_OF) if isinstance(p, str) else p for p in self.parts)
        return replace(self, parts=tuple(parts))


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link of the CV leads."""

    uri: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """All that is compared with a PDF. ``foot`` stands around the page's number and the total.

    ``photos`` are the images of the first page, one at most; others have none.
    """

    language: str
    name: str
    leaves: tuple[Leaf, ...]
    headings: tuple[str, ...]
    targets: tuple[Target, ...]
    dates: tuple[str, ...]
    foot: tuple[str, str, str]
    photos: tuple[Photo, ...] = ()

    @property
    def typed(self) -> str:
        """All that the author typed."""
        return "".join(leaf.plain for leaf in self.leaves)


def expect(cv: Cv) -> Expected:
    """Return what the PDF of ``cv`` must hold."""
    publications = [p for section in cv.sections for p in section.publications]
    labels: dict[Inline, set[str]] = defaultdict(set)
    for publication in publications:
        labels[publication.citation or publication.title].add(normal(publication.label))
    stopped = {content for p in publications for content in (p.title, p.authors, p.venue)}
    leaves = (
        _leaf(leaf, labels=labels, stopped=stopped) for leaf in cv.leaves() if leaf.plain.strip()
    )
    return Expected(
        language=cv.language,
        name=normal(cv.header.name.plain),
        leaves=tuple(leaves),
        headings=tuple(normal(section.title.plain) for section in cv.sections),
        targets=tuple(_targets(cv)),
        dates=tuple(normal(date.plain) for date in _dates(cv)),
        foot=page_of_total(cv.language),
        photos=() if cv.header.photo is None else (cv.header.photo,),
    )


def _leaf(phrase: Phrase, *, labels: Mapping[Inline, set[str]], stopped: set[Inline]) -> Leaf:
    return Leaf(
        tuple(parts(phrase.content)),
        normal(phrase.plain),
        phrase.place,
        frozenset(labels.get(phrase.content, ())) - {""},
        phrase.content in stopped,
    )


def parts(content: Inline) -> Iterator[Part]:
    """Yield the text and the formulas of ``content`` in turn; markup is left out."""
    text = ""
    is_after_formula = False
    for span in _flat(content):
        if isinstance(span, str):
            text += span
            continue
        if before := normal(text):
            yield before
        yield span
        text, is_after_formula = "", True
    if (after := normal(text)) or not is_after_formula:
        yield after


def _flat(content: Inline) -> Iterator[Part]:
    for span in content:
        match span:
            case Text(text) | Code(text):
                yield text
            case Math(source):
                yield Formula(*unaccented(math_plain(source)))
            case _:
                yield from _flat(span.children)


def unaccented(text: str) -> tuple[str, str]:
    """Return the letters of ``text`` without spaces, and its accents; each by NFKD."""
    characters = [c for c in unicodedata.normalize("NFKD", text) if not c.isspace()]
    accents = [c for c in characters if unicodedata.category(c) == "Mn"]
    return "".join(c for c in characters if c not in accents), "".join(accents)


def _targets(cv: Cv) -> Iterator[Target]:
    around = {c.text: c.target for c in cv.header.contacts} | {
        Phrase(p.title, p.place): p.link for section in cv.sections for p in section.publications
    }
    for leaf in cv.leaves():
        if (uri := around.get(leaf)) is not None:
            yield _target(uri, leaf.place)
        for link in links(leaf.content):
            yield _target(link.target, leaf.place)


def _target(uri: str, place: Place | None) -> Target:
    return Target(bytes.fromhex(pdf_uri(uri)).decode("ascii"), place)


def _dates(cv: Cv) -> Iterator[Phrase]:
    for section in cv.sections:
        for item in section.items:
            yield from _dates_of(item)


def _dates_of(item: Item | Publication) -> Iterator[Phrase]:
    for dated in (item, *getattr(item, "roles", ())):
        if (date := getattr(dated, "date", None)) is not None:
            yield date
