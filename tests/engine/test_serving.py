"""One engine for many documents: each is as if it were the first, and none outlives a failure."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from cvforge.cv import Paragraph
from cvforge.engine import serving
from cvforge.engine.base import TexJob
from cvforge.engine.preload import Shelf, options_of
from cvforge.engine.sandbox import Limits
from cvforge.engine.serving import Serving
from cvforge.engine.xelatex import XeLatex
from cvforge.inline import parse
from cvforge.templates.base import Layout
from cvforge.templates.registry import find_template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cvforge.cv import Cv
    from cvforge.engine.preload import Preloaded
    from cvforge.engine.texlive import TexLive
    from cvforge.latex.nodes import Writer
    from cvforge.templates.registry import TemplateFiles

EPOCH = 1_700_000_000
DENSITIES = ("comfortable", "regular", "compact", "tight", "dense")
BROKEN = "\\documentclass{cvforge-classic}\n\\begin{document}\\CvNope\\end{document}\n"
ENDLESS = "\\documentclass{cvforge-classic}\n\\begin{document}\\def\\x{\\x}\\x\\end{document}\n"
OPTIONS = ("a4", "regular", "fill", "math")
SILENT = "\\documentclass{cvforge-classic}\n\\begin{document}x\\csname @@end\\endcsname\n"


@pytest.fixture
def jobs(small_cv: Cv, writer: Writer, classic: TemplateFiles) -> dict[str, TexJob]:
    """Documents that differ in all that a document can set up: what one leaves another shows."""
    template = find_template("classic")
    paper = replace(small_cv, design=replace(small_cv.design, paper="letter", density="minute"))
    paged = replace(small_cv, pages=1)
    chosen = template.document(paged, writer, Layout("tight", 1, is_filled=True)).source
    ruler = template.ruler(paged, writer, dict.fromkeys(DENSITIES)).source
    sparse = replace(small_cv, labels=(), sections=small_cv.sections[:1])
    long = template.document(small_cv, writer).source
    more = "\\CvOpen{paragraph}{99}More of it.%\n\\CvClose%\n" * 90 + "\\end{document}"
    sources = {
        "letter": template.document(paper, writer).source,
        "measured": ruler,
        "chosen": chosen,
        "sparse": template.document(sparse, writer).source,
        "three pages": long.replace("\\end{document}", more),
    }
    answers = {"measured": lambda _: chosen}
    return {
        name: TexJob(source, classic.files, EPOCH + n, answers.get(name), is_shipped=True)
        for n, (name, source) in enumerate(sources.items())
    }


@pytest.fixture
def staying(
    warm: TexLive,
    preloaded: Preloaded,
    classic: TemplateFiles,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Serving]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    tex = replace(warm, stays=True)
    assert preloaded.serves
    made = Serving(tex, preloaded.start(serves=True), classic.files, limits=Limits(wall_seconds=5))
    yield made
    made.end()
    assert list(tmp_path.iterdir()) == []


def test_documents_come_out_in_any_order_as_by_themselves(
    jobs: dict[str, TexJob], staying: Serving, tex: TexLive
) -> None:
    plain = {name: XeLatex(tex).run(job) for name, job in jobs.items()}
    assert len({run.pdf for run in plain.values()} - {None}) == len(jobs)
    followed = [name for pair in permutations(jobs, 2) for name in pair]
    for name in followed:
        run = staying.typeset(jobs[name])
        assert (name, run.pdf) == (name, plain[name].pdf)
        assert run.findings == plain[name].findings
        assert run.pages == plain[name].pages
    assert staying.is_alive()


AGAIN = r"\def\setmathfont#1{\errmessage{set up again}}\documentclass"
FORMULA = r"Area $\sum_{i=1}^n \alpha_i x^2$ **and $\pi$** with $\mathbf{A} \le \mathrm{const}$"


@pytest.fixture
def formulas(small_cv: Cv, writer: Writer, classic: TemplateFiles) -> dict[str, TexJob]:
    """Documents with the same class options: no formula, some, and some at another density."""
    template = find_template("classic")
    first, *others = small_cv.sections
    text = replace(small_cv.header.name, content=parse(FORMULA))
    items = (Paragraph(text=text, place=first.place), *first.items)
    cv = replace(small_cv, sections=(replace(first, items=items), *others), pages=1)
    ruler = template.ruler(cv, writer, dict.fromkeys(DENSITIES)).source
    without = template.document(replace(small_cv, pages=1), writer, Layout("tight", 1)).source
    answer = template.document(cv, writer, Layout("dense", 1)).source
    sources = {
        "none": without.replace("fill]", "fill,math]"),
        "some": template.document(cv, writer, Layout("regular", 1)).source,
        "measured": ruler,
    }
    assert {options_of(source) for source in sources.values()} == {frozenset(OPTIONS)}
    return {
        name: TexJob(
            source,
            classic.files,
            EPOCH,
            (lambda _: answer) if name == "measured" else None,
            is_shipped=True,
        )
        for name, source in sources.items()
    }


def test_formulas_are_set_up_once_for_documents_in_any_order(
    formulas: dict[str, TexJob], warm: TexLive, classic: TemplateFiles, tex: TexLive
) -> None:
    plain = {name: XeLatex(tex).run(job) for name, job in formulas.items()}
    assert len({run.pdf for run in plain.values()} - {None}) == len(formulas)
    shelf = Shelf.of(warm, classic.files, OPTIONS)
    assert shelf is not None
    preloaded = shelf.look()[1]
    assert preloaded is not None
    assert preloaded.serves
    start = preloaded.start(serves=True, options=shelf.ahead)
    made = Serving(replace(warm, stays=True), start, classic.files, limits=Limits())
    try:
        for name in [name for pair in permutations(formulas, 2) for name in pair]:
            source = formulas[name].source.replace(r"\documentclass", AGAIN)
            run = made.typeset(replace(formulas[name], source=source))
            assert (name, run.pdf) == (name, plain[name].pdf)
            assert (run.findings, run.pages) == (plain[name].findings, plain[name].pages)
        assert made.is_alive()
    finally:
        made.end()


def test_an_engine_that_stays_is_started_once(
    jobs: dict[str, TexJob], warm: TexLive, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[bool] = []
    really = Serving.__init__

    def noted(*arguments: object, **named: object) -> None:
        started.append(True)
        really(*arguments, **named)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(Serving, "__init__", noted)
    with XeLatex(replace(warm, stays=True)) as engine:
        for job in jobs.values():
            engine.reserve(job.files)
            assert engine.run(job).pdf is not None
    assert len(started) == 1


def test_where_nothing_is_to_follow_it_sets_one_document(
    jobs: dict[str, TexJob], warm: TexLive, preloaded: Preloaded, classic: TemplateFiles
) -> None:
    single = Serving(warm, preloaded.start(serves=True), classic.files, limits=Limits())
    assert single.typeset(jobs["letter"]).pdf is not None
    assert not single.is_alive()


def test_it_ends_after_so_many_documents(
    jobs: dict[str, TexJob],
    warm: TexLive,
    preloaded: Preloaded,
    classic: TemplateFiles,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serving, "MOST", 2)
    tex = replace(warm, stays=True)
    made = Serving(tex, preloaded.start(serves=True), classic.files, limits=Limits())
    for is_alive in (True, False):
        assert made.typeset(jobs["letter"]).pdf is not None
        assert made.is_alive() == is_alive


@pytest.mark.parametrize("source", [BROKEN, ENDLESS, SILENT])
def test_what_fails_ends_it(
    source: str, jobs: dict[str, TexJob], staying: Serving, classic: TemplateFiles
) -> None:
    assert staying.typeset(jobs["letter"]).pdf is not None
    run = staying.typeset(TexJob(source, classic.files, EPOCH, is_shipped=True))
    assert run.pdf is None
    assert any(finding.is_error for finding in run.findings)
    assert not staying.is_alive()


@pytest.mark.parametrize("own", ["template", "picture", "font"])
def test_what_may_leave_something_is_the_last(
    own: str, jobs: dict[str, TexJob], staying: Serving, tmp_path: Path
) -> None:
    font = tmp_path.parent / "own.otf"
    font.write_bytes(b"")
    changed = {
        "template": replace(jobs["letter"], is_shipped=False),
        "picture": replace(jobs["letter"], pictures={"photo.jpg": b""}),
        "font": replace(jobs["letter"], fonts={"cv-own.otf": font}),
    }
    assert staying.typeset(changed[own]).pdf is not None
    assert not staying.is_alive()


def test_an_answer_that_fails_leaves_nothing(jobs: dict[str, TexJob], staying: Serving) -> None:
    def fail(_: str) -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        staying.typeset(replace(jobs["measured"], answer=fail))
    assert not staying.is_alive()
