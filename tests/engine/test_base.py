"""What every engine makes of one document: the same pages, text, links, marks and findings."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2
import pytest

from cvforge.engine.base import TexJob, TexPass, TexRun
from cvforge.engine.registry import engine
from cvforge.inline import phrase
from cvforge.pdf.inspection import page_count, page_texts
from cvforge.templates.registry import find_template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cvforge.cv import Cv
    from cvforge.engine.texlive import TexLive
    from cvforge.latex.nodes import Writer
    from cvforge.templates.base import TexDocument
    from cvforge.templates.registry import TemplateFiles

ENGINES = ("xelatex", "lualatex")
EPOCH = 1_700_000_000  # 2023-11-14


class Typeset(NamedTuple):
    """A document and what one engine made of it."""

    run: TexRun
    pdf: bytes
    path: Path


@pytest.fixture(scope="module")
def document(small_cv: Cv, writer: Writer) -> TexDocument:
    return find_template("classic").document(small_cv, writer)


@pytest.fixture(scope="module", params=ENGINES)
def typeset(
    request: pytest.FixtureRequest,
    tex: TexLive,
    classic: TemplateFiles,
    document: TexDocument,
    tmp_path_factory: pytest.TempPathFactory,
) -> Typeset:
    run = engine(request.param, tex).run(
        TexJob(document.source, classic.files, EPOCH, is_shipped=True)
    )
    assert run.findings == ()
    assert run.pdf is not None
    path = tmp_path_factory.mktemp(request.param) / "cv.pdf"
    path.write_bytes(run.pdf)
    return Typeset(run, run.pdf, path)


@pytest.fixture
def opened(typeset: Typeset) -> Iterator[Any]:
    document: Any = pypdfium2.PdfDocument(typeset.path)  # type: ignore[no-untyped-call]  # untyped
    yield document
    document.close()


def poppler(program: str, *arguments: str | Path) -> str:
    return subprocess.run([program, *arguments], capture_output=True, check=True, text=True).stdout


def test_the_pages_are_counted(typeset: Typeset) -> None:
    assert page_count(typeset.pdf) == 1
    (page,) = typeset.run.pages
    assert page.number == 1
    assert 0 < page.used < page.height


def test_every_text_is_there_in_order(typeset: Typeset, small_cv: Cv) -> None:
    text = re.sub(r"\s+", "", "".join(page_texts(typeset.pdf)))
    position = 0
    for leaf in small_cv.leaves():
        wanted = re.sub(r"\s+", "", leaf.plain)
        found = text.find(wanted, position)
        assert found >= 0, wanted
        position = found + len(wanted)


def test_the_foot_counts_the_pages(typeset: Typeset) -> None:
    assert page_texts(typeset.pdf)[0].rstrip().endswith("1 of 1")


def test_a_foot_with_the_number_of_pages_takes_one_pass(typeset: Typeset) -> None:
    assert typeset.run.passes == (TexPass(1, "the first pass"),)


@pytest.mark.parametrize("name", ENGINES)
def test_every_foot_has_the_number_of_all_pages(
    name: str, tex: TexLive, classic: TemplateFiles
) -> None:
    source = (
        "\\documentclass[foot]{cvforge-classic}\n\\begin{document}\\CvFoot{Ada}{}{ of }{}\n"
        + "\\CvOpen{paragraph}{0}One.\\CvClose\\CvPageBreak\n" * 120
        + "\\end{document}\n"
    )
    run = engine(name, tex).run(TexJob(source, classic.files, EPOCH, is_shipped=True))
    assert run.findings == ()
    assert len(run.passes) == 1
    assert run.pdf is not None
    feet = [text.splitlines()[-1] for text in page_texts(run.pdf)]
    assert feet == [f"Ada {number} of 120" for number in range(1, 121)]


def test_every_font_is_embedded_with_its_characters(typeset: Typeset) -> None:
    rows = poppler("pdffonts", typeset.path).splitlines()[2:]
    assert len(rows) >= 5  # regular, italic, bold, typewriter, Chinese
    for row in rows:
        assert "Type 3" not in row
        assert re.search(r" yes +(?:yes|no) +yes +\d+ +\d+$", row), row


def test_links_lead_where_the_profile_says(typeset: Typeset) -> None:
    # In the PDF itself: the links of a page as it stores them, one after the other.
    uris = re.findall(r"\S+:\S+$", poppler("pdfinfo", "-url", typeset.path), re.MULTILINE)
    assert uris == [
        "tel:+15550100",
        "mailto:ada@example.org",
        "https://example.org/a_b?c=1#d",
        "https://doi.org/10.1000/1",
        "https://example.org/serifs.pdf",
    ]


def test_every_section_has_a_bookmark_to_its_page(opened: Any, small_cv: Cv) -> None:
    bookmarks = [(mark.get_title(), mark.get_dest().get_index()) for mark in opened.get_toc()]
    assert bookmarks == [(section.title.plain, 0) for section in small_cv.sections]


def test_bookmarks_lead_down_the_page_in_order(opened: Any) -> None:
    heights = [mark.get_dest().get_view()[1][1] for mark in opened.get_toc()]
    assert heights == sorted(heights, reverse=True)
    assert 0 < heights[-1] < heights[0] < 842


def test_the_metadata_say_who_and_what(opened: Any) -> None:
    metadata = opened.get_metadata_dict()
    assert metadata["Title"] == "Ada Quill \N{EN DASH} Curriculum Vitae"
    assert metadata["Author"] == "Ada Quill"
    assert metadata["Subject"] == "Type designer, Example Press"
    assert metadata["Creator"] == "cvforge"
    assert metadata["CreationDate"].startswith("D:20231114221320")


def test_the_language_is_in_the_catalog(opened: Any) -> None:
    raw: Any = pypdfium2.raw
    length = raw.FPDFCatalog_GetLanguage(opened, None, 0)
    buffer = (raw.FPDF_WCHAR * (length // 2))()
    raw.FPDFCatalog_GetLanguage(opened, buffer, length)
    assert bytes(buffer).decode("utf-16-le").rstrip("\0") == "en"


def test_the_page_has_its_paper_s_size(opened: Any) -> None:
    assert opened[0].get_size() == pytest.approx((595.28, 841.89), abs=0.1)


def test_both_engines_set_the_same_page(
    tex: TexLive, classic: TemplateFiles, writer: Writer, small_cv: Cv
) -> None:
    cv = replace(small_cv, pages=1, design=replace(small_cv.design, paper="letter"))
    document = find_template("classic").document(cv, writer)
    job = TexJob(document.source, classic.files, EPOCH, is_shipped=True)
    first, second = (engine(name, tex).run(job) for name in ENGINES)
    assert first.passes == second.passes == (TexPass(1, "the first pass"),)
    assert first.pages == second.pages != ()
    assert first.pdf is not None
    assert second.pdf is not None
    assert "".join(page_texts(first.pdf)).split() == "".join(page_texts(second.pdf)).split()


@pytest.mark.parametrize("name", ENGINES)
def test_an_overfull_line_is_a_warning_with_its_size_and_line(
    name: str, tex: TexLive, classic: TemplateFiles, small_cv: Cv, writer: Writer
) -> None:
    wide = "x" * 30  # too short to be taken for a word that may break
    head = replace(small_cv.header, headline=(phrase(wide),))
    source = find_template("classic").document(replace(small_cv, header=head, pages=1), writer)
    document = replace(source, source=source.source.replace(wide, wide * 4))
    wide *= 4
    run = engine(name, tex).run(TexJob(document.source, classic.files, EPOCH, is_shipped=True))
    (finding,) = run.findings
    assert (finding.code, finding.is_error) == ("overfull", False)
    assert re.fullmatch(r"the text runs \d+\.\d mm into the margin", finding.message)
    assert finding.line == 1 + document.source.split("\n").index(rf"\CvHeadline{{{wide}}}%")
    assert run.pdf is not None


@pytest.mark.parametrize("name", ENGINES)
def test_a_missing_glyph_that_reaches_the_engine_is_an_error_with_its_line(
    name: str, tex: TexLive, classic: TemplateFiles, document: TexDocument
) -> None:
    source = document.source.replace("Drew a sans", "Drew \N{SNOWMAN} a sans")
    run = engine(name, tex).run(TexJob(source, classic.files, EPOCH, is_shipped=True))
    assert run.pdf is None
    (finding,) = run.findings
    assert (finding.code, finding.is_error) == ("missing-glyph", True)
    assert "U+2603" in finding.message
    line = 1 + source.split("\n").index("\\CvBullet{Drew \N{SNOWMAN} a sans.}%")
    assert document.origin(line) is not None
    # LuaTeX looks for glyphs when the page is done, and does not know the line any more.
    assert finding.line == (line if name == "xelatex" else None)


@pytest.mark.parametrize("name", ENGINES)
def test_an_undefined_macro_is_an_error_with_its_line(
    name: str, tex: TexLive, classic: TemplateFiles, document: TexDocument
) -> None:
    source = document.source.replace(r"\CvBullet{Drew a sans.}", r"\CvNope{Drew a sans.}")
    run = engine(name, tex).run(TexJob(source, classic.files, EPOCH, is_shipped=True))
    assert run.pdf is None
    assert [(f.code, f.message) for f in run.findings] == [("tex", "Undefined control sequence")]
    assert run.findings[0].line == 1 + source.split("\n").index(r"\CvNope{Drew a sans.}%")


@pytest.mark.parametrize("name", ENGINES)
def test_a_document_that_always_asks_for_a_rerun_gets_four_passes(name: str, tex: TexLive) -> None:
    source = (
        "\\documentclass{minimal}\\begin{document}x"
        "\\immediate\\write16{cvforge-rerun: again}\\end{document}\n"
    )
    run = engine(name, tex).run(TexJob(source, {}, EPOCH, is_shipped=True))
    assert len(run.passes) == 4
    assert run.pdf is None
    assert [finding.message for finding in run.findings] == ["not settled after 4 passes: again"]


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_says_its_version(name: str, tex: TexLive) -> None:
    assert re.search(r"TeX.* Version \d|TeX \d", engine(name, tex).version())
