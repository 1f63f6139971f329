"""A profile to fitted pages by a real engine: as high as predicted, filled, nothing lost."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fidelity import extracted_pages, lost
from invented import Invented, invented

from cvforge import pipeline
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.preload import options_of
from cvforge.engine.registry import engine
from cvforge.errors import PageLimitError, ProfileError, TextLostError
from cvforge.fit.measures import SCALED_POINTS
from cvforge.fit.report import explain
from cvforge.latex.fonts import declared_faces
from cvforge.library import read_library
from cvforge.pipeline import build, measure
from cvforge.profile.load import load_profile
from cvforge.publications import Works
from cvforge.setting import Overrides, Tools
from cvforge.templates.registry import TEMPLATES, find_template, read_template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.engine.base import TexJob, TexRun
    from cvforge.engine.texlive import TexLive
    from cvforge.outcome import BuildResult
    from cvforge.templates.registry import TemplateFiles

ADA = Path(__file__).parents[1] / "examples/ada-quill.yaml"
AGREEMENT = 0.5  # pt
FROM_THE_FOOT = 0.03  # of the height of the text
BIG_POINTS = 72 / 72.27 / SCALED_POINTS
# More than two pages, in four scripts; nothing is pinned.
SEEDS = {"en": 4, "el": 50, "ru": 38, "zh": 62}


def cases() -> Iterator[tuple[str, str, str, str, int]]:
    """Yield engines, templates with their papers and densities, and numbers of pages."""
    for template in TEMPLATES:
        offered = read_template(find_template(template)).description
        for paper in offered.papers:
            for density in offered.densities:
                yield "xelatex", template, paper, density, 1
                yield "xelatex", template, paper, density, 2
                yield "lualatex", template, paper, density, 2


@pytest.fixture
def tools(tex: TexLive) -> Tools:
    return Tools(engine("xelatex", tex), FontCoverage(tex), epoch=0)


@pytest.mark.parametrize("pages", [None, 1])
def test_what_reads_the_pdf_is_loaded_while_the_engine_is_at_work(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int | None
) -> None:
    events: list[str] = []
    really = tools.engine.run

    def run(job: TexJob) -> TexRun:
        made = really(job)
        events.append("set")
        return made

    monkeypatch.setattr(pipeline, "load_ahead", lambda: events.append("reader"))
    monkeypatch.setattr(tools.engine, "run", run)
    settings = () if pages is None else (f"variants.full.pages={pages}",)
    ada(tools, tmp_path, *settings, variant="full")
    assert events == ["reader", "set"]


def big(language: str = "en", *, pages: int = 1, paper: str = "a4", blocks: int = 300) -> Invented:
    return invented(SEEDS[language], pages=pages, paper=paper, prefer="content", blocks=blocks)


def set_by(tools: Tools, made: Invented, folder: Path, **overrides: object) -> BuildResult:
    profile, library = made.load(folder)
    wanted = Overrides(**overrides)  # type: ignore[arg-type]  # the fields of Overrides
    result = build(profile, "mine", works=Works(library), tools=tools, overrides=wanted)
    (folder / "cv.pdf").write_bytes(result.pdf)
    return result


def ada(tools: Tools, folder: Path, *settings: str, variant: str = "one-page") -> BuildResult:
    """Build the example, without a private overlay that may lie beside it."""
    for path in (ADA, ADA.with_suffix(".bib")):
        (folder / path.name).write_bytes(path.read_bytes())
    loaded = load_profile(folder / ADA.name, settings=settings)
    works = Works(read_library(loaded).references)
    result = build(loaded.profile, variant, works=works, tools=tools)
    (folder / "cv.pdf").write_bytes(result.pdf)
    return result


@dataclass(frozen=True, slots=True)
class White:
    """What is white above and below the text of a page, without its foot, in bp."""

    top: float
    bottom: float
    has_foot: bool


def white_space(pdf: Path) -> list[White]:
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True)
    pages = done.stdout.decode("utf-8").split("<page ")[1:]
    return [_white(page, foot=f"{n} of {len(pages)}") for n, page in enumerate(pages, 1)]


def _white(page: str, *, foot: str) -> White:
    height = re.search(r'height="([\d.]+)"', page)
    words = re.findall(r'yMin="([\d.]+)".*?yMax="([\d.]+)">(.*?)</word>', page)
    assert height is not None
    lowest = max(float(bottom) for _, bottom, _ in words)
    last_line = [word for _, bottom, word in words if float(bottom) > lowest - 1]
    has_foot = " ".join(last_line).endswith(foot)
    body = [
        (float(top), float(bottom))
        for top, bottom, _ in words
        if not has_foot or float(bottom) < lowest - 1
    ]
    return White(
        min(top for top, _ in body), float(height[1]) - max(bottom for _, bottom in body), has_foot
    )


def assert_as_predicted(result: BuildResult) -> None:
    assert result.fitting is not None
    used = [height / SCALED_POINTS for height in result.fitting.solution.used]
    assert len(used) == len(result.pages) == result.page_count
    assert [page.used for page in result.pages] == pytest.approx(used, abs=AGREEMENT)


def assert_filled(result: BuildResult, pdf: Path) -> None:
    assert result.fitting is not None
    text = result.fitting.measure.page * BIG_POINTS
    for page in white_space(pdf):
        assert abs(page.bottom - page.top) <= FROM_THE_FOOT * text
        assert page.has_foot == (result.page_count > 1)


@pytest.mark.parametrize(("name", "template", "paper", "density", "pages"), list(cases()))
def test_pages_are_as_high_as_predicted_and_filled_to_their_foot(  # noqa: PLR0913, PLR0917  a case
    name: str,
    template: str,
    paper: str,
    density: str,
    pages: int,
    tex: TexLive,
    tmp_path: Path,
) -> None:
    tools = Tools(engine(name, tex), FontCoverage(tex), epoch=0)
    made = big(pages=pages, paper=paper)
    result = set_by(tools, made, tmp_path, template=template, density=density)
    assert result.fitting is not None
    assert result.fitting.lacks_room
    assert result.fitting.ruler.density == density
    assert result.page_count == pages
    assert result.warnings == ()
    assert_as_predicted(result)
    assert_filled(result, tmp_path / "cv.pdf")


@pytest.mark.parametrize("language", SEEDS)
@pytest.mark.parametrize("pages", [1, 2])
def test_what_is_kept_is_on_the_pages_in_its_order(
    language: str, pages: int, tools: Tools, tmp_path: Path
) -> None:
    made = big(language, pages=pages)
    made.written["language"] = "en"  # the words of the foot
    result = set_by(tools, made, tmp_path)
    foot = result.cv.header.name.plain if pages > 1 else ""
    leaves = [leaf.plain for leaf in result.cv.leaves()]
    assert len(leaves) > 30
    assert lost(leaves, "".join(extracted_pages(tmp_path / "cv.pdf", foot=foot))) == []
    assert_as_predicted(result)


def test_each_page_begins_with_the_block_that_was_chosen_for_it(
    tools: Tools, tmp_path: Path
) -> None:
    result = set_by(tools, big(pages=3), tmp_path)
    assert result.fitting is not None
    report = explain(result.fitting)
    pages = extracted_pages(tmp_path / "cv.pdf", foot="Ada Quill")
    for number in (2, 3):
        (first, *_) = (line.label for line in report.lines if line.page == number)
        page = " ".join(pages[number - 1].split())
        assert first.split()[0] in page[:40]


def test_what_is_left_out_is_on_no_page(tools: Tools, tmp_path: Path) -> None:
    result = ada(tools, tmp_path)
    assert result.fitting is not None
    text = "".join(extracted_pages(tmp_path / "cv.pdf"))
    report = explain(result.fitting)
    distinct = {line.label for line in report.left_out} - {line.label for line in report.kept}
    assert len(distinct) > 5
    for label in distinct - {"Service", "Teaching"}:  # words that others use too
        assert lost([label], text) == [label]


def test_publications_are_numbered_as_they_are_shown(tools: Tools, tmp_path: Path) -> None:
    result = ada(tools, tmp_path)
    labels = [paper.label for section in result.cv.sections for paper in section.publications]
    assert len(labels) > 2
    assert labels == [f"{number}." for number in range(1, len(labels) + 1)]


def test_when_all_fits_nothing_is_left_out_and_nothing_squeezed_or_stretched(
    tools: Tools, tmp_path: Path
) -> None:
    result = set_by(tools, big(blocks=12), tmp_path)
    assert result.fitting is not None
    assert result.fitting.left_out == ()
    assert result.fitting.ruler.density == "comfortable"
    (page,) = white_space(tmp_path / "cv.pdf")
    assert page.bottom > 1.5 * page.top
    assert (
        lost(
            [leaf.plain for leaf in result.cv.leaves()],
            "".join(extracted_pages(tmp_path / "cv.pdf")),
        )
        == []
    )


def test_what_only_a_limit_leaves_out_does_not_stretch_the_page(
    tools: Tools, tmp_path: Path
) -> None:
    made = big(blocks=12)
    first = made.written["sections"][0]["id"]
    made.written["variants"]["mine"]["limits"] = {first: {"entries": 1}}
    result = set_by(tools, made, tmp_path)
    assert result.fitting is not None
    assert result.fitting.left_out != ()
    (page,) = white_space(tmp_path / "cv.pdf")
    assert page.bottom > 1.5 * page.top


@pytest.mark.parametrize("pages", [1, 2])
def test_a_page_is_filled_even_when_what_is_left_out_is_tall(
    pages: int, tools: Tools, tmp_path: Path
) -> None:
    made = big(blocks=12, pages=pages)
    passages = [f"{'Words of type and of the page. ' * 62}End {n}." for n in range(3 * pages)]
    made.written["sections"] = [
        {"id": f"s{n}", "title": f"Part {n}", "kind": "text", "paragraphs": [passage]}
        for n, passage in enumerate(passages)
    ]
    result = set_by(tools, made, tmp_path, density="regular")
    assert result.fitting is not None
    assert len(result.fitting.left_out) >= 2
    assert result.fitting.fullness < 0.9
    assert_as_predicted(result)
    assert_filled(result, tmp_path / "cv.pdf")


def test_more_air_keeps_less(tools: Tools, tmp_path: Path) -> None:
    found = {}
    for prefer in ("content", "balance", "air"):
        result = ada(tools, tmp_path, f"variants.one-page.fit.prefer={prefer}")
        assert result.fitting is not None
        found[prefer] = result.fitting
    values = [fitting.solution.value for fitting in found.values()]
    heights = [fitting.measure.page for fitting in found.values()]
    assert values == sorted(values, reverse=True)
    assert heights == sorted(heights, reverse=True)
    assert values[0] > values[-1]


@pytest.mark.parametrize("pages", [1, 2])
def test_measuring_alone_comes_to_the_same_choice(pages: int, tools: Tools, tmp_path: Path) -> None:
    made = big(pages=pages)
    result = set_by(tools, made, tmp_path)
    profile, library = made.load(tmp_path)
    alone = measure(profile, "mine", works=Works(library), tools=tools)
    assert result.fitting is not None
    assert alone.solution == result.fitting.solution
    assert alone.ruler == result.fitting.ruler


def test_the_same_document_is_fitted_to_the_same_bytes(tools: Tools, tmp_path: Path) -> None:
    made = big(pages=2)
    assert set_by(tools, made, tmp_path).pdf == set_by(tools, made, tmp_path).pdf


def test_a_variant_without_pages_is_not_measured(tools: Tools, tmp_path: Path) -> None:
    made = big(blocks=12)
    del made.written["variants"]["mine"]["pages"]
    assert set_by(tools, made, tmp_path).fitting is None
    profile, library = made.load(tmp_path)
    with pytest.raises(ProfileError, match="has no number of pages to fit"):
        measure(profile, "mine", works=Works(library), tools=tools)


def test_what_is_chosen_has_the_options_that_it_was_measured_with(
    tools: Tools, tmp_path: Path
) -> None:
    """Of the formulas none is on the one page: the engine that waits is the same for all of it."""
    made = ada(tools, tmp_path)
    assert "CvMath" not in made.source
    assert options_of(made.source) == {"a4", "regular", "fill", "math"}


def test_the_pages_of_the_caller_come_before_the_variant_s(tools: Tools, tmp_path: Path) -> None:
    result = set_by(tools, big(pages=1), tmp_path, pages=2)
    assert result.page_count == 2
    assert_filled(result, tmp_path / "cv.pdf")


def test_what_cannot_be_is_refused_and_no_engine_is_left(tools: Tools, tmp_path: Path) -> None:
    made = big(blocks=200)
    for section in made.written["sections"]:
        section["keep"] = "always"
        for part in ("paragraphs", "bullets", "entries"):
            for item in section.get(part, ()):
                item["keep"] = "always"
    with pytest.raises(PageLimitError, match=r"needs [\d.]+ mm more than 1 page") as raised:
        set_by(tools, made, tmp_path)
    (finding,) = raised.value.diagnostics
    assert finding.place is not None
    assert finding.place.file.endswith("ada.yaml")


def test_a_glyph_that_only_the_engine_misses_is_found_where_it_is_written(
    tex: TexLive, tools: Tools, classic: TemplateFiles, tmp_path: Path
) -> None:
    """Bold italic has fewer characters; what is left out for want of room is measured, too."""
    (text,) = (face for face in declared_faces(classic.class_source) if face.name == "text")
    *others, bold_italic = (FontCoverage(tex)(file) for file in text.files)
    character = chr(min(code for code in frozenset.intersection(*others) - bold_italic))
    made = big(blocks=12)
    made.written["sections"].append(
        {
            "id": "last",
            "title": "Last",
            "kind": "bullets",
            "bullets": ["Nothing.", f"A ***{character}*** letter."],
        }
    )
    with pytest.raises(TextLostError) as raised:
        set_by(tools, made, tmp_path)
    lines = (tmp_path / "ada.yaml").read_text(encoding="utf-8").split("\n")
    for finding in raised.value.diagnostics:
        assert finding.code == "missing-glyph"
        assert finding.place is not None
        assert character in lines[finding.place.line - 1]
