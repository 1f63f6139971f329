"""The fast way and the plain way: the same bytes, and the plain way where the fast one fails."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cvforge.cv import Paragraph
from cvforge.engine import passes
from cvforge.engine.base import TexJob, TexRun
from cvforge.engine.lualatex import LuaLatex
from cvforge.engine.preload import Making, Preloaded, Shelf, options_of
from cvforge.engine.waiting import Waiting
from cvforge.engine.xelatex import LIMITS, XeLatex
from cvforge.inline import parse
from cvforge.templates.base import Layout
from cvforge.templates.registry import find_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cvforge.cv import Cv
    from cvforge.engine.texlive import TexLive
    from cvforge.latex.nodes import Writer
    from cvforge.templates.registry import TemplateFiles

EPOCH = 1_700_000_000
DENSITIES = ("comfortable", "regular", "compact", "tight", "dense")


@pytest.fixture
def plain_jobs(monkeypatch: pytest.MonkeyPatch) -> list[TexJob]:
    """Note the jobs that go the plain way."""
    jobs: list[TexJob] = []
    really = passes.typeset

    def noted(job: TexJob, *rest: object, **named: object) -> TexRun:
        jobs.append(job)
        return really(job, *rest, **named)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr("cvforge.engine.xelatex.typeset", noted)
    return jobs


@pytest.fixture
def fast(warm: TexLive, preloaded: Preloaded) -> Iterator[XeLatex]:
    assert preloaded.has_tree
    with XeLatex(warm) as engine:
        yield engine


def with_formula(cv: Cv) -> Cv:
    first, *others = cv.sections
    formula = parse(r"Area $\sum_{i=1}^n \alpha_i x^2$ **and** $\pi$")
    paragraph = Paragraph(text=replace(cv.header.name, content=formula), place=first.place)
    return replace(cv, sections=(replace(first, items=(paragraph, *first.items)), *others))


def design(cv: Cv, *, paper: str, density: str) -> Cv:
    return replace(cv, design=replace(cv.design, paper=paper, density=density))


@pytest.fixture(
    params=["full a4", "full letter", "full math", "one-page", "measured", "measured math", "loose"]
)
def job(
    request: pytest.FixtureRequest, small_cv: Cv, writer: Writer, classic: TemplateFiles
) -> TexJob:
    """A job of each kind; Chinese is in all of them."""
    template = find_template("classic")
    kind: str = request.param
    cv = with_formula(small_cv) if "math" in kind else small_cv
    if kind.startswith("full"):
        cv = design(cv, paper="letter", density="minute") if "letter" in kind else cv
        return TexJob(template.document(cv, writer).source, classic.files, EPOCH)
    if kind == "loose":
        source = template.document(design(cv, paper="a4", density="comfortable"), writer).source
        more = "\\CvOpen{paragraph}{99}More.%\n\\CvClose%\n" * 60 + "\\end{document}"
        source = source.replace("\\end{document}", more)
        return TexJob(source, classic.files, EPOCH)
    cv = replace(cv, pages=1)
    chosen = template.document(cv, writer, Layout("tight", 1, is_filled=True)).source
    if kind == "one-page":
        return TexJob(chosen, classic.files, EPOCH)
    ruler = template.ruler(cv, writer, dict.fromkeys(DENSITIES))
    return TexJob(ruler.source, classic.files, EPOCH, lambda _: chosen)


def test_every_way_gives_the_same_bytes(
    job: TexJob, fast: XeLatex, tex: TexLive, plain_jobs: list[TexJob], tmp_path: Path
) -> None:
    """The order matters: the engine that waits was started for no job in particular."""
    fast.reserve(job.files, options=options_of(job.source))
    waiting = fast.run(job)
    started = fast.run(job)
    with XeLatex(replace(tex, preloads=tmp_path, making=Making.NOT)) as without_format:
        without_format.reserve(job.files, options=options_of(job.source))
        loading = without_format.run(job)
    assert len(plain_jobs) == 0
    plain = XeLatex(tex).run(job)
    assert len(plain_jobs) == 1
    assert plain.pdf is not None
    assert waiting.pdf == plain.pdf
    assert started.pdf == plain.pdf
    assert loading.pdf == plain.pdf
    assert waiting.findings == started.findings == loading.findings == plain.findings
    assert waiting.pages == started.pages == loading.pages == plain.pages
    assert len(waiting.passes) == len(loading.passes) == len(plain.passes) == 1


def test_a_document_that_needs_larger_tables_goes_the_plain_way(
    small_cv: Cv, writer: Writer, classic: TemplateFiles, fast: XeLatex, plain_jobs: list[TexJob]
) -> None:
    source = find_template("classic").document(small_cv, writer).source
    many = (
        "\\count255=0 \\loop \\expandafter\\gdef\\csname x\\the\\count255\\endcsname{}"
        "\\advance\\count255 1 \\ifnum\\count255<60000 \\repeat\n"
    )
    made = fast.run(
        TexJob(source.replace("\\end{document}", many + "\\end{document}"), classic.files, EPOCH)
    )
    assert made.pdf is not None
    assert len(plain_jobs) == 1


def test_what_is_reported_to_the_answer_is_the_same(
    small_cv: Cv, writer: Writer, classic: TemplateFiles, fast: XeLatex, tex: TexLive
) -> None:
    template = find_template("classic")
    cv = replace(small_cv, pages=1)
    reports: list[list[str]] = []

    def answer(report: str) -> str:
        reports.append([line for line in report.splitlines() if line.startswith("cvforge-")])
        return template.document(cv, writer, Layout("tight", 1)).source

    job = TexJob(
        template.ruler(cv, writer, dict.fromkeys(DENSITIES)).source, classic.files, EPOCH, answer
    )
    fast.reserve(classic.files)
    for engine in (fast, fast, XeLatex(tex)):
        assert engine.run(job).pdf is not None
    first, second, plain = reports
    assert len(plain) > 100
    assert first == second == plain


@pytest.mark.parametrize("epoch", [0, 1_700_000_000, 4_102_444_799])
def test_a_waiting_engine_serves_any_date(
    epoch: int, classic: TemplateFiles, fast: XeLatex, tex: TexLive
) -> None:
    source = (
        "\\documentclass{cvforge-classic}\n\\begin{document}"
        "\\today, \\number\\time\n\\end{document}\n"
    )
    fast.reserve(classic.files)
    job = TexJob(source, classic.files, epoch)
    made = fast.run(job).pdf
    assert made is not None
    assert made == XeLatex(tex).run(job).pdf


UNKNOWN_CLASS = "\\documentclass{article}\n\\begin{document}x\\end{document}\n"
UNKNOWN_PACKAGE = (
    "\\documentclass{cvforge-classic}\n\\usepackage{longtable}\n\\begin{document}x\\end{document}\n"
)
UNKNOWN_FONT = (
    "\\documentclass{cvforge-classic}\n\\begin{document}"
    "{\\fontencoding{OT1}\\fontfamily{cmss}\\selectfont x}"
    '\\font\\x="[texgyretermes-math.otf]" \\x y\\font\\y=cmmi10 \\y z\\end{document}\n'
)
RERUN = (
    "\\documentclass{cvforge-classic}\n\\begin{document}x"
    "\\IfFileExists{seen}{}{\\immediate\\write16{cvforge-rerun: not seen}}"
    "\\newwrite\\s\\immediate\\openout\\s=seen\\immediate\\closeout\\s\\end{document}\n"
)


@pytest.mark.parametrize("source", [UNKNOWN_CLASS, UNKNOWN_PACKAGE, UNKNOWN_FONT, RERUN])
def test_what_the_fast_way_cannot_do_is_done_the_plain_way(
    source: str,
    classic: TemplateFiles,
    fast: XeLatex,
    tex: TexLive,
    plain_jobs: list[TexJob],
) -> None:
    job = TexJob(source, classic.files, EPOCH)
    fast.reserve(classic.files)
    made = fast.run(job)
    assert len(plain_jobs) == 1
    assert made == XeLatex(tex).run(job)
    assert made.pdf is not None


@pytest.mark.parametrize("body", [r"\CvNope", "\N{THAI CHARACTER KO KAI}", r"\input{absent.tex}"])
def test_a_document_s_own_fault_is_reported_as_the_plain_way_reports_it(
    body: str, classic: TemplateFiles, fast: XeLatex, tex: TexLive
) -> None:
    source = f"\\documentclass{{cvforge-classic}}\n\\begin{{document}}x\n{body}\n\\end{{document}}"
    job = TexJob(source, classic.files, EPOCH)
    fast.reserve(classic.files)
    made = fast.run(job)
    assert made.pdf is None
    assert made.findings == XeLatex(tex).run(job).findings


def test_a_tex_font_is_embedded_though_the_maps_are_not_in_the_tree(
    warm: TexLive, preloaded: Preloaded, classic: TemplateFiles
) -> None:
    """The driver alone goes the plain way: cmr10 is in the format and needs no file of TeX's."""
    source = (
        "\\documentclass{cvforge-classic}\n\\begin{document}"
        "{\\fontencoding{OT1}\\fontfamily{cmr}\\fontsize{10}{12}\\selectfont x}\\end{document}\n"
    )
    waiting = Waiting(warm, preloaded.start(loads_fonts=False), classic.files, limits=LIMITS)
    run = waiting.typeset(TexJob(source, classic.files, EPOCH))
    assert run.pdf is not None
    done = subprocess.run(["pdffonts", "-"], input=run.pdf, capture_output=True, check=True)
    assert b"CMR10" in done.stdout


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: b"{}\n", id="no format"),
        pytest.param(lambda content: content[: len(content) // 2], id="cut off"),
    ],
)
def test_a_damaged_format_is_thrown_away_and_made_anew(
    damage: Callable[[bytes], bytes], tex: TexLive, classic: TemplateFiles, tmp_path: Path
) -> None:
    private = replace(tex, preloads=tmp_path)
    job = TexJob(
        "\\documentclass{cvforge-classic}\n\\begin{document}x\\end{document}\n", classic.files, 0
    )
    with XeLatex(private) as engine:
        assert engine.run(job).pdf is not None
    shelf = Shelf.of(private, classic.files)
    assert shelf is not None
    made = shelf.look()[1]
    assert made is not None
    status = made.format.stat()
    whole = made.format.read_bytes()
    damaged = damage(whole)
    made.format.write_bytes(damaged + bytes(len(whole) - len(damaged)))
    os.utime(made.format, ns=(status.st_atime_ns, status.st_mtime_ns))
    with XeLatex(private) as engine:
        assert shelf.look()[1] is not None  # nothing shows the damage
        engine.reserve(classic.files, 2)
        run = engine.run(job)
        assert run.findings == ()
        assert run.pdf is not None
        assert shelf.look()[1] is None
        engine.reserve(classic.files)
    assert made.format.read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == ["preloaded"]


def test_luatex_takes_no_part_in_it(warm: TexLive, tex: TexLive, classic: TemplateFiles) -> None:
    job = TexJob(
        "\\documentclass[foot]{cvforge-classic}\n\\begin{document}\\CvFoot{A}{}{/}{}x"
        "\\end{document}\n",
        classic.files,
        EPOCH,
    )
    engine = LuaLatex(warm)
    engine.reserve(classic.files)
    made = engine.run(job)
    engine.close()
    assert made.pdf is not None
    assert made.pdf == LuaLatex(tex).run(job).pdf
