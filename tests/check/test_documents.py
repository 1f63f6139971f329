"""The CVs of this repository, all variants: 100 % of their texts, in order, by both readers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cvforge.check.contacts import read
from cvforge.check.quick import check_quickly
from cvforge.check.report import check
from cvforge.check.visual import turned
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import engine
from cvforge.inline import phrase
from cvforge.library import read_library
from cvforge.pdf.inspection import page_texts
from cvforge.pdf.structure import read_structure
from cvforge.pipeline import build
from cvforge.profile.load import load_profile
from cvforge.profile.references import variant_names
from cvforge.publications import Works
from cvforge.setting import Overrides, Tools

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.cv import Cv
    from cvforge.engine.texlive import TexLive
    from cvforge.outcome import BuildResult

ROOT = Path(__file__).parents[2]
PROFILES = ("profiles/jing-xu.yaml", "profiles/jin-xu.yaml", "examples/ada-quill.yaml")
CASES = [
    pytest.param(path, name, id=f"{Path(path).stem}-{name}")
    for path in PROFILES
    for name in variant_names(load_profile(ROOT / path).profile)
]


def test_every_variant_is_among_the_cases() -> None:
    assert len(CASES) >= 9


def built(path: Path, tex: TexLive, name: str, pages: int | None = None) -> BuildResult:
    loaded = load_profile(path)
    tools = Tools(engine("xelatex", tex), FontCoverage(tex))
    works = Works(read_library(loaded).references)
    return build(loaded.profile, name, works=works, tools=tools, overrides=Overrides(pages=pages))


@pytest.mark.parametrize(("path", "name"), CASES)
def test_everything_is_found(tex: TexLive, path: str, name: str) -> None:
    made = built(ROOT / path, tex, name)
    report = check(made.pdf, made.cv)
    assert report.findings == ()
    assert check(made.pdf).findings == ()
    assert check_quickly(made.pdf, made.cv) == []
    assert report.pages == made.page_count
    assert report.reading.name.startswith(made.cv.header.name.plain)


LEFTWARD = {
    "dana-defus": ("מרץ 2019 – יוני 2023", "2021", "2020"),
    "layla-qalam": ("مارس 2019 – يونيو 2023", "2015 – 2019", "2021", "2020"),
}


@pytest.fixture(scope="module", params=LEFTWARD)
def leftward(tex: TexLive, request: pytest.FixtureRequest) -> tuple[BuildResult, tuple[str, ...]]:
    """Return a CV that runs from right to left, and the dates that its profile says."""
    return built(ROOT / f"examples/{request.param}.yaml", tex, "full"), LEFTWARD[request.param]


def test_both_readers_find_the_dates_that_a_leftward_profile_says(
    leftward: tuple[BuildResult, tuple[str, ...]],
) -> None:
    made, dates = leftward
    report = check(made.pdf, made.cv)
    assert report.findings == ()
    assert report.reading.dates == dates
    (by_pdfium,) = page_texts(made.pdf)
    assert read(by_pdfium.splitlines(), language=made.cv.language).dates == dates
    (sheet,) = read_structure(made.pdf).sheets
    seen = [turned(line) for line in sheet.text.splitlines()]
    assert read(seen, language=made.cv.language).dates == dates


def swapped(text: str, at: int) -> str:
    """Return a text with two neighbouring words of it in each other's place."""
    words = text.split(" ")
    words[at : at + 2] = reversed(words[at : at + 2])
    return " ".join(words)


def with_name(cv: Cv, change: Callable[[str], str]) -> Cv:
    name = cv.header.name
    return replace(cv, header=replace(cv.header, name=phrase(change(name.plain))))


def with_first_headline(cv: Cv, change: Callable[[str], str]) -> Cv:
    first, *more = cv.header.headline
    return replace(cv, header=replace(cv.header, headline=(phrase(change(first.plain)), *more)))


@pytest.mark.parametrize("fault", [with_name, with_first_headline])
def test_words_that_are_printed_in_another_order_are_found(
    leftward: tuple[BuildResult, tuple[str, ...]], fault: Callable[..., Cv]
) -> None:
    made, _ = leftward
    claimed = fault(made.cv, lambda text: swapped(text, 0))
    codes = {finding.code for finding in check(made.pdf, claimed).findings}
    assert "text-turned" in codes
    assert not check(made.pdf, fault(made.cv, str)).findings


IPA = "ˈɹʌn ə ʃ θ ŋ͡m"


@pytest.mark.parametrize(
    "line", [IPA, "ŋ͡m", "🎓 שלום 💻 עולם, ½", "$x^2$ שלום", f"Phonetics: {IPA}"]
)
def test_a_line_at_the_end_of_the_only_page_is_read(
    tex: TexLive, tmp_path: Path, line: str
) -> None:
    """Two words or two halves of a character become one there in what PDFium reads quickly."""
    path = tmp_path / "ada.yaml"
    path.write_text(
        "person: {name: Ada Quill}\n"
        f"sections: [{{id: a, title: A, kind: bullets, bullets: ['{line}']}}]\n",
        "utf-8",
    )
    made = built(path, tex, "full", pages=1)
    assert check_quickly(made.pdf, made.cv) == []
    assert check(made.pdf, made.cv).findings == ()
