"""Whole documents in other scripts: what is on the page, where, and in which fonts."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1

from cvforge.check.quick import check_quickly
from cvforge.cv import Bullet
from cvforge.diagnostics import Severity
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import engine
from cvforge.errors import CvforgeError, TextLostError
from cvforge.fonts.chain import Chain
from cvforge.library import read_library
from cvforge.pdf.structure import read_structure
from cvforge.pipeline import build
from cvforge.profile.load import load_profile
from cvforge.publications import Works
from cvforge.setting import Overrides, Tools

if TYPE_CHECKING:
    from cvforge.engine.texlive import TexLive
    from cvforge.outcome import BuildResult

EXAMPLES = Path(__file__).parents[1] / "examples"
AGREEMENT = 0.01  # pt, between what was measured and what was set
HALF = 297.6  # bp, of the width of A4
SCALED_POINTS = 65536

LINES = {
    "Hebrew": "a line with שלום עולם (עברית) שנת 2019, לא then **עוד שלום** more",
    "Arabic": "a line with مرحبا بالعالم (العربية) سنة 2019، لا then more",
    "Hindi": "हिन्दी में क्षत्रिय और विद्यालय, 2019",
    "Thai": "ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอนหรือวรรณยุกต์เช่นเดียวกับภาษาจีน และออกเสียง",
    "Japanese": "骨と直、東京大学でデザインを学びました。",
    "Chinese": "骨与直，在北京大学学习。",
    "Korean": "서울대학교에서 글꼴 디자인을 공부했습니다.",
    "Greek": "Ελληνικά, **έντονα** και *πλάγια*",
    "Cyrillic": "Русский язык, **жирный** и *курсив*",
    "Signs": "μP² → ≥ ½ № ✓ ★ ∀ ℝ ☎",
    "Emoji": "🎓 💻 🚀 ☎\ufe0e ❤\ufe0f",
    "Accents": "é\u0331 ṓ x\u0302 ệ",
}


def profile(folder: Path, lines: dict[str, str], *, language: str = "en") -> Path:
    bullets = "\n".join(f'      - "{name}: {text}"' for name, text in lines.items())
    path = folder / "profile.yaml"
    path.write_text(
        "person: {name: Ada Quill}\n"
        "sections:\n"
        "  - id: lines\n    title: Lines\n    kind: bullets\n    bullets:\n"
        f"{bullets}\n"
        f"variants:\n  full: {{language: {language}}}\n",
        "utf-8",
    )
    return path


def built(path: Path, tex: TexLive, variant: str = "full", *, name: str = "xelatex") -> BuildResult:
    loaded = load_profile(path)
    tools = Tools(engine(name, tex), FontCoverage(tex), epoch=0)
    return build(loaded.profile, variant, works=Works(read_library(loaded).references), tools=tools)


def fonts_of(pdf: bytes) -> set[str]:
    done = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True)
    rows = done.stdout.decode("utf-8").splitlines()[2:]
    return {row.split()[0].partition("+")[2].removesuffix("-Identity-H") for row in rows}


def links_of(pdf: bytes) -> list[tuple[str, list[float]]]:
    """Return where the links of the first page lead, and their areas in bp."""
    page = next(PDFPage.get_pages(io.BytesIO(pdf)))
    found = [resolve1(link) for link in resolve1(page.annots)]
    return [
        (resolve1(link["A"])["URI"].decode("ascii"), [float(x) for x in resolve1(link["Rect"])])
        for link in found
    ]


@pytest.fixture(scope="module")
def many(tex: TexLive, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    return built(profile(tmp_path_factory.mktemp("many"), LINES), tex)


@pytest.mark.slow
def test_a_line_of_each_script_is_printed_and_read(many: BuildResult) -> None:
    found = check_quickly(many.pdf, many.cv)
    assert [finding for finding in found if finding.severity is Severity.ERROR] == []
    own = {name for name in fonts_of(many.pdf) if name.startswith("LinLibertine")}
    assert len(fonts_of(many.pdf) - own) >= 6


@pytest.mark.slow
def test_no_path_of_a_font_is_told(many: BuildResult) -> None:
    assert "./font1" in many.source
    assert "/usr" not in many.source
    assert b"/usr" not in many.pdf
    assert b"font1" not in many.pdf


@pytest.mark.slow
@pytest.mark.parametrize("lost", ["שלום", "مرحبا", "हिन्दी", "骨", "🎓"])
def test_what_is_lost_beside_other_scripts_is_noticed(many: BuildResult, lost: str) -> None:
    """The letters of such lines are compared wherever they are, but they are compared."""
    said = next(leaf for leaf in many.cv.leaves() if lost in leaf.plain)
    (section,) = many.cv.sections
    more = (*section.items, Bullet(text=said))
    claimed = replace(many.cv, sections=(replace(section, items=more),))
    found = check_quickly(many.pdf, claimed)
    assert {"text-lost", "text-changed"} & {finding.code for finding in found}


@pytest.fixture(scope="module")
def hebrew(tex: TexLive) -> BuildResult:
    return built(EXAMPLES / "dana-defus.yaml", tex)


def first_page(pdf: bytes) -> Any:
    return pypdfium2.PdfDocument(pdf)[0].get_textpage()  # type: ignore[no-untyped-call]  # pypdfium2


def left_edges(pdf: bytes, text: str) -> list[float]:
    """Return where each occurrence of a text begins on the first page, in bp from the left."""
    page = first_page(pdf)
    searcher = page.search(text)
    found = []
    while (match := searcher.get_next()) is not None:
        found.append(min(page.get_charbox(match[0] + n)[0] for n in range(match[1])))
    return found


@pytest.mark.slow
def test_a_document_in_hebrew_is_mirrored(hebrew: BuildResult) -> None:
    assert all(edge > HALF for edge in left_edges(hebrew.pdf, "•"))
    assert len(left_edges(hebrew.pdf, "•")) == 4
    assert all(edge < HALF for edge in left_edges(hebrew.pdf, "2021"))
    (kerning,) = left_edges(hebrew.pdf, "On kerning")
    assert kerning > HALF


@pytest.mark.slow
def test_numbers_and_latin_words_keep_their_direction(hebrew: BuildResult) -> None:
    text = first_page(hebrew.pdf).get_text_range()
    for whole in ("2023", "Python", "3.11", "dana@example.org", "On kerning, Example Conference"):
        assert whole in text


@pytest.mark.slow
def test_brackets_hold_what_they_hold(hebrew: BuildResult) -> None:
    """A reader that turns the line around turns brackets too: they were mirrored on the page."""
    text = first_page(hebrew.pdf).get_text_range()
    assert "(כולל 2 מתמחים)" in text


@pytest.mark.slow
@pytest.mark.parametrize("path", ["dana-defus", "layla-qalam"])
def test_measured_heights_are_those_of_the_page(tex: TexLive, path: str) -> None:
    loaded = load_profile(EXAMPLES / f"{path}.yaml")
    tools = Tools(engine("xelatex", tex), FontCoverage(tex), epoch=0)
    result = build(
        loaded.profile,
        "full",
        works=Works(read_library(loaded).references),
        tools=tools,
        overrides=Overrides(pages=1),
    )
    assert result.fitting is not None
    used = [height / SCALED_POINTS for height in result.fitting.solution.used]
    assert [page.used for page in result.pages] == pytest.approx(used, abs=AGREEMENT)


@pytest.mark.slow
def test_every_link_leads_on_in_arabic(tex: TexLive) -> None:
    result = built(EXAMPLES / "layla-qalam.yaml", tex)
    areas = links_of(result.pdf)
    assert {uri for uri, _ in areas} == {
        "mailto:layla@example.org",
        "tel:+15550100",
        "https://layla.example.org",
        "https://layla.example.org/blog",
        "https://example.org/long",
    }
    assert all(right - left < HALF and top - bottom < 30 for _, (left, bottom, right, top) in areas)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "families"),
    [("ja", {"SawarabiMincho-Medium", "IPAexMincho"}), ("zh", {"GBZenKai-Medium"})],
)
def test_han_has_the_form_of_the_language(
    tex: TexLive, tmp_path: Path, language: str, families: set[str]
) -> None:
    result = built(profile(tmp_path, {"A": "骨直"}, language=language), tex)
    assert families & fonts_of(result.pdf)


@pytest.mark.slow
def test_without_a_font_all_clusters_are_named_with_their_places(
    tex: TexLive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = Chain([], cache=tmp_path / "cache", manager=lambda: "apt-get")
    monkeypatch.setattr(FontCoverage, "chain", lambda *_: empty)
    lines = {"Hindi": "हिन्दी", "Emoji": "👩\u200d💻"}
    with pytest.raises(TextLostError) as lost:
        built(profile(tmp_path, lines), tex)
    findings = {finding.message: finding for finding in lost.value.diagnostics}
    (emoji,) = (found for message, found in findings.items() if "U+1F469" in message)
    assert "U+200D (ZERO WIDTH JOINER)" in emoji.message
    assert emoji.place is not None
    assert emoji.place.line == 8
    assert (emoji.hint or "").startswith("leave out U+200D (ZERO WIDTH JOINER), or put a font")
    others = [found for found in findings.values() if found is not emoji]
    assert all("install" in (found.hint or "") for found in others)


@pytest.mark.slow
def test_lualatex_has_fallback_fonts_too(tex: TexLive, tmp_path: Path) -> None:
    lines = {name: LINES[name] for name in ("Hindi", "Japanese", "Greek", "Signs")}
    result = built(profile(tmp_path, lines), tex, name="lualatex")
    assert any(re.search("Devanagari", name) for name in fonts_of(result.pdf))


@pytest.mark.slow
def test_lualatex_refuses_what_runs_leftward_by_name(tex: TexLive, tmp_path: Path) -> None:
    with pytest.raises(CvforgeError) as refused:
        built(profile(tmp_path, {"Hebrew": LINES["Hebrew"]}), tex, name="lualatex")
    (finding,) = refused.value.diagnostics
    assert finding.code == "right-to-left"


def test_forms_of_letters_that_have_no_character_are_read_by_what_they_spell(
    tex: TexLive, tmp_path: Path
) -> None:
    """Lohit has such forms for the signs that stand before and behind कीखि's letters."""
    pdf = built(profile(tmp_path, {"Hindi": "कीखि और कीखि"}), tex).pdf
    structure = read_structure(pdf)
    assert "Hindi: कीखि और कीखि\n" in structure.sheets[0].text
    assert [font.unmapped for font in structure.fonts] == [()] * len(structure.fonts)
