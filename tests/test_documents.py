"""The two CVs of this repository, from profile to PDF, judged as a reader and a machine would."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fidelity import extracted_pages, lost

from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import engine
from cvforge.library import read_library
from cvforge.outcome import BuildResult
from cvforge.pipeline import build
from cvforge.profile.load import load_profile
from cvforge.publications import Works
from cvforge.setting import Tools

if TYPE_CHECKING:
    from cvforge.engine.texlive import TexLive

ROOT = Path(__file__).parents[1]
PROFILES = ("jing-xu", "jin-xu")
VARIANTS = ("one-page", "full")
MOST_EMPTY = 0.08
CASES = [pytest.param(p, v, id=f"{p}-{v}") for p in PROFILES for v in VARIANTS]


def built(profile: str, variant: str, *, tex: TexLive, engine_name: str = "xelatex") -> BuildResult:
    loaded = load_profile(ROOT / "profiles" / f"{profile}.yaml")
    tools = Tools(engine(engine_name, tex), FontCoverage(tex))
    return build(loaded.profile, variant, works=Works(read_library(loaded).references), tools=tools)


@pytest.fixture(scope="session")
def documents(
    tex: TexLive, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], tuple[BuildResult, Path]]:
    folder = tmp_path_factory.mktemp("documents")
    made = {}
    for profile in PROFILES:
        for variant in VARIANTS:
            result = built(profile, variant, tex=tex)
            path = folder / f"{profile}-{variant}.pdf"
            path.write_bytes(result.pdf)
            made[profile, variant] = (result, path)
    return made


Documents = dict[tuple[str, str], tuple[BuildResult, Path]]


@pytest.mark.parametrize("profile", PROFILES)
def test_the_one_page_variant_is_one_page_and_well_filled(
    documents: Documents, profile: str
) -> None:
    result, path = documents[profile, "one-page"]
    assert result.page_count == 1
    assert result.fitting is not None
    assert result.fitting.fullness >= 1 - MOST_EMPTY
    top, bottom, height = white_space(path)
    assert bottom - top <= MOST_EMPTY * (height - 2 * top)


def white_space(path: Path) -> tuple[float, float, float]:
    """Return the white above the first and below the last word, and the page's height, in bp."""
    out = subprocess.run(
        ["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    page = re.search(r'<page width="[\d.]+" height="([\d.]+)"', out)
    tops = [float(y) for y in re.findall(r'yMin="([\d.]+)"', out)]
    bottoms = [float(y) for y in re.findall(r'yMax="([\d.]+)"', out)]
    assert page is not None
    assert tops
    height = float(page[1])
    return min(tops), height - max(bottoms), height


@pytest.mark.parametrize(("profile", "variant"), CASES)
def test_every_text_is_extracted_in_order(documents: Documents, profile: str, variant: str) -> None:
    result, path = documents[profile, variant]
    foot = result.cv.header.name.plain if variant == "full" else ""
    leaves = [leaf.plain for leaf in result.cv.leaves()]
    assert len(leaves) > 30
    assert lost(leaves, "".join(extracted_pages(path, foot=foot))) == []


def test_a_text_that_is_not_in_the_pdf_is_noticed(documents: Documents) -> None:
    _, path = documents["jing-xu", "full"]
    text = "".join(extracted_pages(path, foot="Jing Xu"))
    assert lost(["Education", "Embroidery", "Skills"], text) == ["Embroidery"]
    assert lost(["Skills", "Education"], text) == ["Education"]


@pytest.mark.parametrize(("profile", "variant"), CASES)
def test_every_font_is_embedded_and_can_be_read(
    documents: Documents, profile: str, variant: str
) -> None:
    _, path = documents[profile, variant]
    out = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True)
    fonts = out.stdout.splitlines()[2:]
    assert fonts
    for font in fonts:
        assert "Type 3" not in font
        assert re.search(r"\byes yes yes\b", font), font


@pytest.mark.parametrize(("profile", "variant"), CASES)
def test_nothing_is_reported_about_the_pages(
    documents: Documents, profile: str, variant: str
) -> None:
    result, _ = documents[profile, variant]
    assert result.warnings == ()


@pytest.mark.parametrize("profile", PROFILES)
def test_a_last_page_of_a_few_lines_is_reported(tex: TexLive, profile: str) -> None:
    """On letter paper both full CVs run over by a few lines."""
    path = ROOT / "profiles" / f"{profile}.yaml"
    loaded = load_profile(path, settings=["design.paper=letter"])
    tools = Tools(engine("xelatex", tex), FontCoverage(tex))
    made = build(loaded.profile, "full", works=Works(read_library(loaded).references), tools=tools)
    assert [(w.code, f"page {made.page_count}" in w.message) for w in made.warnings] == [
        ("short-last-page", True)
    ]


def test_the_same_profile_gives_the_same_bytes(documents: Documents, tex: TexLive) -> None:
    assert built("jing-xu", "one-page", tex=tex).pdf == documents["jing-xu", "one-page"][0].pdf
    assert built("jin-xu", "full", tex=tex).pdf == documents["jin-xu", "full"][0].pdf


@pytest.mark.parametrize("profile", PROFILES)
def test_lualatex_sets_the_same_texts_on_as_many_pages(
    documents: Documents, tex: TexLive, tmp_path: Path, profile: str
) -> None:
    result = built(profile, "full", tex=tex, engine_name="lualatex")
    path = tmp_path / "lua.pdf"
    path.write_bytes(result.pdf)
    assert result.page_count == documents[profile, "full"][0].page_count
    text = "".join(extracted_pages(path, foot=result.cv.header.name.plain))
    assert lost([leaf.plain for leaf in result.cv.leaves()], text) == []


@pytest.mark.parametrize(
    "words",
    [
        "许靖",
        "2021.9 – 2026.7 (expected)",
        "2022~2023 Spring",
        "(2022.9 & 2023.9)",
        "Jingwei Li*, Jing Xu*, Zifan Wang",
        "Kimi Team et al.",
        "Honers & Awards",
        "China's stock market",
    ],
)
def test_the_words_of_jing_xu_come_out_as_typed(documents: Documents, words: str) -> None:
    _, path = documents["jing-xu", "full"]
    assert lost([words], "".join(extracted_pages(path, foot="Jing Xu"))) == []


@pytest.mark.parametrize("words", ["μP²: Effective", "Kaspar Märtens", "Victor Rühle"])
def test_the_words_of_jin_xu_come_out_as_typed(documents: Documents, words: str) -> None:
    _, path = documents["jin-xu", "full"]
    assert lost([words], "".join(extracted_pages(path, foot="Jin Xu"))) == []


@pytest.mark.parametrize(("profile", "variant"), CASES)
def test_the_legend_of_marks_stands_once(documents: Documents, profile: str, variant: str) -> None:
    _, path = documents[profile, variant]
    text = " ".join("".join(extracted_pages(path)).split())
    assert text.count("(* denotes equal contribution)") == 1
