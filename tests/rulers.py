"""CVs of invented people with rulers made by hand: what fitting is given, without TeX."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from cvforge.cv import (
    Bullet,
    Cv,
    Entry,
    Header,
    Item,
    Keep,
    Labelled,
    OneLiner,
    Paragraph,
    Publication,
    PublicationGroup,
    Rank,
    Role,
    Section,
)
from cvforge.fit.fitting import Fitting, fit
from cvforge.fit.measures import MILLIMETRES, NO_BREAK, BlockMeasure, GapMeasure, Ruler
from cvforge.fit.tree import parts
from cvforge.fit.wishes import Wishes
from cvforge.inline import Owner, Phrase, Text, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LINE, GAP = 5.0, 1.0  # mm: what a block and a gap take up where nothing else is said
WIDE = 170.0
# Where no page may end: under what stands over something, and over what belongs to a block.
TOGETHER = {"name", "section"}
FASTENED = {("entry", "bullet"), ("role", "bullet"), ("publication", "abstract"), ("entry", "role")}


def sp(millimetres: float) -> int:
    """Return millimetres in scaled points."""
    return round(millimetres / MILLIMETRES)


def kinds(cv: Cv) -> tuple[str, ...]:
    """Return the kinds of the blocks of a CV, as its template would set them."""
    found = ["name", *("headline" for _ in cv.header.headline)]
    for part in parts(cv):
        found.append(part.kind)
        if isinstance(part.block, Section) and part.block.note is not None:
            found.append("note")
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """How a ruler is made: lengths in mm; ``heights`` are by block, ``gaps`` by pair of kinds."""

    page: float
    line: float = LINE
    gap: float = GAP
    heights: Mapping[int, float] = field(default_factory=dict)
    gaps: Mapping[tuple[str, str], float] = field(default_factory=dict)
    last_lines: Mapping[int, tuple[float, int]] = field(default_factory=dict)

    def ruler(self, cv: Cv, density: str = "comfortable") -> Ruler:
        """Return the ruler for the blocks of a CV."""
        here = kinds(cv)
        return Ruler(
            density,
            sp(self.page),
            sp(WIDE),
            {number: self._block(number) for number in range(len(here))},
            {(a, b): self._gap(a, b) for a in {*here} for b in {*here}},
        )

    def _block(self, number: int) -> BlockMeasure:
        width, lines = self.last_lines.get(number, (0.0, 1))
        return BlockMeasure(sp(self.heights.get(number, self.line)), sp(width), lines)

    def _gap(self, above: str, below: str) -> GapMeasure:
        stays = above in TOGETHER or (above, below) in FASTENED
        height = sp(self.gaps.get((above, below), self.gap))
        return GapMeasure(height, 0, NO_BREAK if stays else 0)


def fitted(cv: Cv, hand: Hand, **wishes: object) -> Fitting:
    """Return the choice at one density."""
    asked = replace(Wishes(pages=1, densities=("comfortable",)), **wishes)  # type: ignore[arg-type]  # the fields of Wishes
    rulers = {density: hand.ruler(cv, density) for density in asked.densities}
    return fit(cv, kinds(cv), rulers=rulers, wishes=asked)


def cv(*sections: Section) -> Cv:
    header = Header(name=phrase("Ada Quill"))
    return Cv(variant="one-page", language="en", header=header, sections=sections, pages=1)


def section(*items: Item, name: str = "a", rank: Rank | None = None) -> Section:
    return Section(id=name, title=phrase(name), items=items, rank=rank or Rank())


def bullet(
    name: str, priority: int = 50, keep: Keep = Keep.AUTO, group: str | None = None
) -> Bullet:
    return Bullet(text=phrase(name), rank=Rank(priority, keep, group))


def entry(name: str, *bullets: Bullet, roles: tuple[Role, ...] = (), priority: int = 50) -> Entry:
    return Entry(heading=phrase(name), bullets=bullets, roles=roles, rank=Rank(priority))


def role(name: str, *bullets: Bullet, priority: int = 50) -> Role:
    return Role(title=phrase(name), bullets=bullets, rank=Rank(priority))


def publication(
    name: str,
    *,
    abstract: str = "",
    marks: tuple[str, ...] = (),
    rank: Rank | None = None,
) -> Publication:
    return Publication(
        key=name,
        title=(Text(name),),
        authors=(Owner((Text("Ada Quill"),)),),
        marks=frozenset(marks),
        abstract=(Text(abstract),) if abstract else (),
        rank=rank or Rank(),
    )


KINDS = (Paragraph, Bullet, Entry, OneLiner, Labelled, Publication, PublicationGroup)


@st.composite
def cvs(draw: st.DrawFn, *, most: int = 3, groups: bool = True) -> Cv:
    """Draw a CV of all kinds of blocks, each with a text of its own."""
    names = (phrase(f"w{number}") for number in range(10_000))
    drawn = [_section(draw, names, most, groups=groups) for _ in range(draw(st.integers(1, most)))]
    return cv(*(replace(one, id=f"s{number}") for number, one in enumerate(drawn)))


def _rank(draw: st.DrawFn, *, groups: bool) -> Rank:
    group = draw(st.sampled_from([None] * 4 + ["g", "h"])) if groups else None
    keep = draw(st.sampled_from([Keep.AUTO] * 9 + [Keep.ALWAYS]))
    return Rank(draw(st.integers(0, 100)), keep, group)


def _section(draw: st.DrawFn, names: Iterator[Phrase], most: int, *, groups: bool) -> Section:
    kind = draw(st.sampled_from(KINDS))
    title, rank = next(names), _rank(draw, groups=groups)
    items = tuple(
        _item(draw, names, kind, groups=groups) for _ in range(draw(st.integers(1, most)))
    )
    made = Section(id="s", title=title, items=items, rank=rank)
    marked = any(paper.marks for paper in made.publications)
    return replace(made, note=phrase("(*)") if marked else None)


def _item(draw: st.DrawFn, names: Iterator[Phrase], kind: type[Item], *, groups: bool) -> Item:
    text, rank = next(names), _rank(draw, groups=groups)
    if kind is Entry:
        return Entry(
            heading=text,
            rank=rank,
            bullets=_bullets(draw, names, groups=groups),
            roles=tuple(
                Role(
                    title=next(names),
                    rank=_rank(draw, groups=groups),
                    bullets=_bullets(draw, names, groups=groups),
                )
                for _ in range(draw(st.integers(0, 2)))
            ),
        )
    if kind is Publication:
        return _publication(draw, text, rank)
    if kind is PublicationGroup:
        names_and_ranks = [
            (next(names), _rank(draw, groups=groups)) for _ in range(draw(st.integers(1, 3)))
        ]
        papers = tuple(_publication(draw, name, rank) for name, rank in names_and_ranks)
        return PublicationGroup(title=text, items=papers)
    if kind is Labelled:
        return Labelled(label=text, text=phrase("text"), rank=rank)
    made: dict[type[Item], Item] = {
        Paragraph: Paragraph(text=text, rank=rank),
        Bullet: Bullet(text=text, rank=rank),
        OneLiner: OneLiner(text=text, rank=rank),
    }
    return made[kind]


def _bullets(draw: st.DrawFn, names: Iterator[Phrase], *, groups: bool) -> tuple[Bullet, ...]:
    count = draw(st.integers(0, 2))
    return tuple(Bullet(text=next(names), rank=_rank(draw, groups=groups)) for _ in range(count))


@st.composite
def hands(draw: st.DrawFn, made: Cv) -> Hand:
    """Draw a ruler on which some of a CV fits."""
    count = len(kinds(made))
    heights = draw(st.lists(st.integers(1, 9), min_size=count, max_size=count))
    share = draw(st.floats(0.2, 1.1))
    return Hand(
        page=sum(heights) * share + 9,
        heights=dict(enumerate(heights)),
        gap=draw(st.sampled_from([0.0, 0.7])),
    )


def _publication(draw: st.DrawFn, name: Phrase, rank: Rank) -> Publication:
    marks = draw(st.sampled_from([(), ("*",)]))
    abstract = draw(st.sampled_from(["", "Words."]))
    return publication(name.plain, abstract=abstract, marks=marks, rank=rank)
