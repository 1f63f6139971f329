"""Hundreds of generated CVs through the whole program: the pages asked for, and the best choice."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest
from invented import NAMES, WORDS, Invented, invented
from rulers import Hand, bullet, cv, fitted, section

from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import engine
from cvforge.errors import PageLimitError
from cvforge.fit.measures import SCALED_POINTS
from cvforge.fit.pages import top
from cvforge.fit.solve import fits
from cvforge.latex.fonts import FaceSet, declared_faces
from cvforge.pdf.inspection import page_count
from cvforge.pipeline import build
from cvforge.publications import Works
from cvforge.setting import Overrides, Tools
from cvforge.templates.registry import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cvforge.engine.texlive import TexLive
    from cvforge.fit.fitting import Fitting
    from cvforge.outcome import BuildResult
    from cvforge.templates.registry import TemplateFiles

COUNT, CHUNK = 220, 10
AGREEMENT = 0.5  # pt
FEWEST, MOST = 5, 400


class Case(NamedTuple):
    """One document: the profile of a seed, and what it is asked for."""

    seed: int
    pages: int
    paper: str
    template: str
    prefer: str
    blocks: int

    def invented(self) -> Invented:
        return invented(
            self.seed,
            pages=self.pages,
            paper=self.paper,
            prefer=self.prefer,
            blocks=self.blocks,
        )


def cases() -> Iterator[Case]:
    """Yield the documents: every combination of wishes, each in many sizes."""
    random = Random(1)  # noqa: S311  not for secrets
    wishes = itertools.product(
        (1, 2, 3), ("a4", "letter"), TEMPLATES, ("content", "balance", "air")
    )
    for seed, (pages, paper, template, prefer) in zip(range(COUNT), itertools.cycle(wishes)):
        fewest = FEWEST if seed % 8 == 0 else 45 * pages
        blocks = round(math.exp(random.uniform(math.log(fewest), math.log(MOST))))
        yield Case(seed, pages, paper, template, prefer, blocks)


CASES = tuple(cases())


def test_every_wish_and_size_is_among_the_documents() -> None:
    assert len(CASES) >= 200
    assert {case.pages for case in CASES} == {1, 2, 3}
    assert len({case[1:5] for case in CASES}) == 18 * len(TEMPLATES)
    assert min(case.blocks for case in CASES) < 10
    assert max(case.blocks for case in CASES) > 350


def test_the_documents_have_all_that_a_profile_can_say_about_choosing() -> None:
    made = [case.invented() for case in CASES]
    text = "".join(str(one.written) for one in made)
    assert {one.written["language"] for one in made} == set(WORDS)
    for key in ("group", "'keep': 'always'", "at_least", "weights", "roles", "details", "floor"):
        assert key in text
    assert any("abstract" in one.bib and "equal" in one.bib for one in made)
    assert any("$" in str(one.written) for one in made)


def test_a_seed_makes_the_same_document_again() -> None:
    assert CASES[7].invented() == CASES[7].invented()
    assert CASES[7].invented() != CASES[7]._replace(seed=8).invented()


def test_the_faces_have_every_character_of_the_documents(
    tex: TexLive, classic: TemplateFiles
) -> None:
    faces = FaceSet(declared_faces(classic.class_source), coverage=FontCoverage(tex))
    for language in WORDS:
        assert list(faces.missing(WORDS[language] + NAMES[language])) == []


def test_a_worse_choice_is_noticed() -> None:
    """A weighs less than B and is as high; C is low; the page has room for two of them."""
    made = cv(section(bullet("A", 40), bullet("B", 60), bullet("C", 10)))
    best = fitted(made, Hand(page=23.001))
    assert sorted(best.solution.kept) == [0, 1, 2]
    assert better_neighbours(best) == []
    for kept, better in (
        ({0, 1}, [(None, 2), (None, 3), (1, 2)]),
        ({0, 2, 3}, [(3, 1)]),
        ({0, 1, 3}, [(1, 2), (3, 2)]),
    ):
        solution = replace(best.solution, kept=frozenset(kept))
        assert better_neighbours(replace(best, solution=solution)) == better


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, COUNT, CHUNK))
def test_generated_documents_have_their_pages_and_the_best_choice(
    first: int, tex: TexLive, tmp_path: Path
) -> None:
    tools = Tools(engine("xelatex", tex), FontCoverage(tex), epoch=0)
    built = []
    for case in CASES[first : first + CHUNK]:
        profile, library = case.invented().load(tmp_path)
        overrides = Overrides(template=case.template)
        try:
            result = build(profile, "mine", works=Works(library), tools=tools, overrides=overrides)
        except PageLimitError as refused:
            assert_specific(refused)
            continue
        built.append(case)
        assert page_count(result.pdf) == case.pages, case
        assert result.warnings == (), case
        assert_predicted(result, case)
        assert result.fitting is not None
        assert better_neighbours(result.fitting) == [], case
    assert len(built) >= CHUNK // 2, built


def assert_specific(refused: PageLimitError) -> None:
    (diagnostic,) = refused.diagnostics
    assert diagnostic.code in {"too-many-pages", "too-few-pages", "limit-and-keep"}
    assert diagnostic.hint is not None
    assert diagnostic.place is not None


def assert_predicted(result: BuildResult, case: Case) -> None:
    """Hold the heights of the pages against those that were predicted."""
    assert result.fitting is not None
    used = [height / SCALED_POINTS for height in result.fitting.solution.used]
    assert [page.number for page in result.pages] == list(range(1, case.pages + 1)), case
    assert [page.used for page in result.pages] == pytest.approx(used, abs=AGREEMENT), case
    for page in result.pages:
        assert page.used <= page.height + AGREEMENT, case


def better_neighbours(fitting: Fitting) -> list[tuple[int | None, int | None]]:
    """Return which block to take away and which to add for a higher value that fits.

    A block goes with what stands under it, and comes with what it stands under; either may be
    None. Nothing is taken from the solver but the rules of what fits.
    """
    kept = fitting.solution.kept
    gone = [(None, frozenset[int]()), *((i, _subtree(fitting, i) & kept) for i in sorted(kept))]
    come = [(None, frozenset[int]()), *((i, _line(fitting, i) - kept) for i in fitting.left_out)]
    lighter = {i: _height(fitting, kept - nodes) for i, nodes in gone}
    higher = {i: _height(fitting, kept | nodes) for i, nodes in come}
    most = _most_room(fitting)
    values = [node.value for node in fitting.problem.nodes]
    return [
        (away, added)
        for (away, going), (added, coming) in itertools.product(gone, come)
        if sum(values[i] for i in coming) > sum(values[i] for i in going)
        and (
            lighter[away] + higher[added] - lighter[None] <= most
            or _are_near(fitting, going, coming)
        )
        and fits(fitting.problem, fitting.measure, (kept - going) | coming)
    ]


def _subtree(fitting: Fitting, index: int) -> frozenset[int]:
    found = {index}
    for other, part in enumerate(fitting.parts):
        if part.parent in found:
            found.add(other)
    return frozenset(found)


def _line(fitting: Fitting, index: int) -> frozenset[int]:
    """Return a block with what it stands under."""
    parent = fitting.parts[index].parent
    return frozenset({index}) | (frozenset() if parent is None else _line(fitting, parent))


def _height(fitting: Fitting, kept: frozenset[int]) -> int:
    """Return how high a selection is on one page without an end, in sp."""
    measure, nodes = fitting.measure, fitting.problem.nodes
    order = sorted(kept)
    kinds = [measure.head_kind, *(nodes[i].kind for i in order)]
    charged = {top(fitting.problem, i) for i in order if nodes[i].marked}
    return (
        measure.head
        + sum(measure.heights[i] for i in order)
        + sum(measure.gaps(above, below).height for above, below in itertools.pairwise(kinds))
        + sum(measure.surcharges.get(section, 0) for section in charged)
    )


def _most_room(fitting: Fitting) -> int:
    """Return how high a selection can be that fits: a page break saves a gap."""
    pages = fitting.problem.pages
    widest = max(gap.height for gap in fitting.ruler.gaps.values())
    return pages * fitting.measure.page + (pages - 1) * widest


def _are_near(fitting: Fitting, going: frozenset[int], coming: frozenset[int]) -> bool:
    """Say whether two changes share a gap or a legend, so that their heights do not add up."""
    if not going or not coming:
        return False
    if {fitting.parts[i].section for i in going} & {fitting.parts[i].section for i in coming}:
        return True
    low, high = sorted((going, coming), key=min)
    return not any(max(low) < i < min(high) for i in fitting.solution.kept - going)
