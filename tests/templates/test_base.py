"""The whole ``.tex`` of a CV, its class options, and the way back from its lines to the profile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cvforge.cv import Cv, Design, Header, Paragraph, Section
from cvforge.fit.tree import keep
from cvforge.inline import phrase
from cvforge.latex.fonts import Face, FaceSet
from cvforge.latex.nodes import Writer
from cvforge.templates import words
from cvforge.templates.blocks import Block
from cvforge.templates.registry import find_template

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.templates.base import TexDocument

CASES = Path(__file__).parents[1] / "cases/latex"
CJK = frozenset(range(0x2E80, 0xA000)) | frozenset(range(0xFF00, 0xFFF0))
LATIN = frozenset(range(0x20, 0x2E80))
WRITER = Writer(
    FaceSet(
        [Face(name, (name,) * 4) for name in ("text", "code", "cjk")],
        coverage=lambda file: CJK if file == "cjk" else LATIN,
    )
)


def document(cv: Cv) -> TexDocument:
    return find_template("classic").document(cv, WRITER)


def options(cv: Cv) -> list[str]:
    return list(find_template("classic").options(cv))


def bare(text: str = "Words.", *, language: str = "en", pages: int | None = None) -> Cv:
    section = Section(id="a", title=phrase("Aims"), items=(Paragraph(text=phrase(text)),))
    header = Header(name=phrase("Ada Quill"))
    return Cv(variant="full", language=language, header=header, sections=(section,), pages=pages)


def one_page_letter(small: Cv) -> Cv:
    design = Design(paper="letter", density="compact")
    return replace(small, pages=1, design=design, sections=small.sections[:1])


GOLDEN: dict[str, Callable[[Cv], Cv]] = {
    "every-block": lambda small: small,
    "one-page-letter": one_page_letter,
    "formula": lambda _: bare("Bounds of $O(n^2)$."),
    "chinese": lambda _: bare("字体 and type", language="zh"),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_the_source_is_the_golden_one(name: str, small_cv: Cv, *, update_golden: bool) -> None:
    golden = CASES / name / "expected.tex"
    source = document(GOLDEN[name](small_cv)).source
    if update_golden:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(source, encoding="utf-8")
    assert source == golden.read_text(encoding="utf-8")


def test_there_is_a_golden_folder_for_each_case_and_no_other() -> None:
    assert {folder.name for folder in CASES.iterdir()} == set(GOLDEN)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("density", ["comfortable", "regular", "compact", "tight"])
def test_paper_and_density_are_options_of_the_class(paper: str, density: str) -> None:
    cv = replace(bare(), design=Design(paper=paper, density=density))
    assert options(cv) == [paper, density, "foot"]


def test_what_a_choice_keeps_is_not_written_again(
    small_cv: Cv, monkeypatch: pytest.MonkeyPatch
) -> None:
    template, writer = find_template("classic"), Writer(WRITER.faces)
    whole = replace(small_cv, sections=tuple(replace(s, note=None) for s in small_cv.sections))
    blocks = template.blocks(whole, writer)
    monkeypatch.delattr(Block, "of")
    assert template.blocks(whole, writer) == blocks
    shorter = keep(whole, frozenset({0}))
    assert template.blocks(shorter, writer) == blocks[: len(template.blocks(shorter, writer))]


def test_one_page_is_filled_and_has_no_foot() -> None:
    assert options(bare(pages=1)) == ["a4", "regular", "fill"]
    assert options(bare()) == ["a4", "regular", "foot"]


@pytest.mark.parametrize("text", ["$x$", "**$x$**", "[$x$](https://example.org)"])
def test_only_a_formula_asks_for_mathematics(text: str) -> None:
    assert "math" in options(bare(text))
    assert "math" not in options(bare(text.replace("$", "")))


def test_every_block_leads_back_to_its_line_of_the_profile(small_cv: Cv) -> None:
    made = document(small_cv)
    lines = made.source.split("\n")
    for text in ("Drew a sans.", "Apprentice", "On \\CvEmphasis", "(2022.9", "What stands"):
        (number,) = [n for n, line in enumerate(lines, 1) if text in line]
        opening = next(line for line in reversed(lines[:number]) if line.startswith(r"\CvOpen"))
        place = made.origin(number)
        assert place is not None
        assert opening.endswith(f"% {place.file}:{place.line}")


def test_the_origin_of_a_bullet_is_the_bullet_s(small_cv: Cv) -> None:
    made = document(small_cv)
    lines = made.source.split("\n")
    bullet = small_cv.sections[0].items[1]
    number = next(n for n, line in enumerate(lines, 1) if line.startswith(r"\CvBullet{Letters"))
    assert made.origin(number) == bullet.place
    assert made.origin(number - 1) == bullet.place  # where the block opens
    assert made.origin(number - 2) == small_cv.sections[0].items[0].place


def test_what_stands_before_the_first_block_comes_from_nowhere(small_cv: Cv) -> None:
    assert document(small_cv).origin(1) is None
    assert document(small_cv).origin(3) is None


def test_a_document_is_closed_and_each_of_its_blocks_too(small_cv: Cv) -> None:
    source = document(small_cv).source
    assert (
        source.count(r"\CvOpen{") == source.count("\\CvClose%") == len(document(small_cv).origins)
    )
    assert source.endswith("\\end{document}\n")


def test_the_foot_speaks_the_language() -> None:
    assert r"\CvFoot{Ada Quill}{}{ of }{}" in document(bare()).source
    assert r"\CvFoot{Ada Quill}{}{ von }{}" in document(bare(language="de-AT")).source
    assert r"\CvFoot{Ada Quill}{}{ / }{}" in document(bare(language="xx")).source


def test_patterns_are_of_the_language_or_of_none() -> None:
    assert words.patterns("de-AT") == "naustrian"
    assert words.patterns("de-LU") == "ngerman"
    assert words.patterns("zh") == "nohyphenation"
