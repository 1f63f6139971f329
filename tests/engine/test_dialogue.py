"""A running engine that asks: one start, one answer, and nothing left behind when it goes wrong."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cvforge.engine import sandbox
from cvforge.engine.base import TexJob, TexRun
from cvforge.engine.dialogue import Dialogue
from cvforge.engine.registry import engine
from cvforge.engine.sandbox import Finished, Limits, converse
from cvforge.engine.tectonic import Tectonic
from cvforge.engine.texlive import TexLive
from cvforge.engine.trace import Trace
from cvforge.fit.measures import read_rulers
from cvforge.pdf.inspection import page_count
from cvforge.templates.base import Layout
from cvforge.templates.registry import find_template

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cvforge.cv import Cv
    from cvforge.latex.nodes import Writer
    from cvforge.templates.base import TexDocument
    from cvforge.templates.registry import TemplateFiles

ENVIRONMENT = {"PATH": os.environ["PATH"]}
LIMITS = Limits()
DIALOGUE = ("xelatex", "lualatex")
DENSITIES = ("comfortable", "tight")
PREAMBLE = "\\documentclass[a4]{cvforge-classic}%\n\\begin{document}%\n"
CLOSING = "\\end{document}\n"
ASKING = PREAMBLE + "\\CvAsk%\n" + CLOSING
PAGE = PREAMBLE + "A page.\n" + CLOSING


def shell(
    script: str,
    folder: Path,
    answer: Callable[[str], str],
    limits: Limits | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Finished:
    return converse(
        ["/bin/sh", "-c", script],
        folder=folder,
        environment=ENVIRONMENT,
        limits=limits,
        question="ready",
        answer=answer,
        meanwhile=meanwhile,
    )


def never(_: str) -> str:
    raise AssertionError("nothing was asked")


def ends_soon(process_id: int) -> bool:
    """Say whether a process is gone, or only waits to be asked for, within a few seconds."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii")
        except FileNotFoundError:
            return True
        if state.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.01)
    return False


def test_what_may_be_done_meanwhile_is_done_before_the_question_and_after(tmp_path: Path) -> None:
    done: list[str] = []

    def meanwhile() -> None:
        done.append("meanwhile")
        (tmp_path / "go").touch()

    def answer(_: str) -> str:
        done.append("answer")
        return ""

    wait = "until [ -e go ]; do sleep 0.01; done; echo ready; read word"
    assert shell(wait, tmp_path, answer, meanwhile=meanwhile).status == 0
    assert done == ["meanwhile", "answer", "meanwhile"]


def test_a_program_ends_when_what_is_done_meanwhile_fails(tmp_path: Path) -> None:
    number = tmp_path / "number"

    def fail() -> None:
        while not (number.exists() and number.read_text("ascii").endswith("\n")):
            time.sleep(0.01)
        raise ZeroDivisionError

    before = time.monotonic()
    with pytest.raises(ZeroDivisionError):
        shell("echo $$ > number; sleep 120", tmp_path, never, meanwhile=fail)
    assert ends_soon(int(number.read_text("ascii")))
    assert time.monotonic() - before < 60


def test_a_question_is_answered_with_what_was_said_before_it(tmp_path: Path) -> None:
    heard: list[str] = []

    def answer(report: str) -> str:
        heard.append(report)
        return "the answer"

    script = 'echo one; echo two >&2; echo ready; read line; echo "got $line"; exit 4'
    finished = shell(script, tmp_path, answer)
    assert finished == Finished(4, "one\ntwo\nready\ngot the answer\n")
    assert heard == ["one\ntwo\nready\n"]


def test_a_second_question_finds_the_end_of_its_input(tmp_path: Path) -> None:
    answers = iter(["first", "second"])
    script = 'echo ready; read a; echo ready; read b; echo "$?"; echo "[$a][$b]"'
    finished = shell(script, tmp_path, lambda _: next(answers))
    assert finished.output.endswith("ready\n1\n[first][]\n")
    assert list(answers) == ["second"]


def begun(script: str, folder: Path, limits: Limits = LIMITS) -> Dialogue:
    """Start a program whose standard error tells what it opens."""
    return sandbox.start(
        ["/bin/sh", "-c", script],
        folder=folder,
        environment=ENVIRONMENT,
        limits=limits,
        guard=Trace(("/usr",)),
    )


def test_of_a_second_question_of_one_that_is_told_no_more_nothing_is_answered(
    tmp_path: Path,
) -> None:
    answers = iter(["first", "second"])
    script = 'read x; echo ready; read a; echo ready; read b; echo "[$a][$b]"; echo done'
    program = begun(script, tmp_path)
    finished = sandbox.ask(
        program,
        "go",
        limits=LIMITS,
        done="done",
        question="ready",
        answer=lambda _: next(answers),
        is_told_more=False,
    )
    if program.process.returncode is None:
        sandbox.end(program)
    assert finished.output == "ready\nready\n[first][]\ndone\n"
    assert list(answers) == ["second"]


def test_what_is_said_of_opened_files_beyond_what_is_looked_through_is_refused(
    tmp_path: Path,
) -> None:
    own, other = (f'echo "kdebug:fopen({path}, r) => 0x1" >&2' for path in ("/usr/a", "/etc/b"))
    script = f"i=0; while [ $i -lt 100 ]; do {own}; i=$((i+1)); done; {other}"
    limits = Limits(output_kib=1)
    program = begun(script, tmp_path, limits)
    assert "more files" in str(sandbox.tell(program, None, limits=limits).refused)
    program = begun(f"read x; {script}; echo; echo done; sleep 60", tmp_path, limits)
    assert "more files" in str(sandbox.ask(program, "go", limits=limits, done="done").refused)
    sandbox.end(program)


def test_what_is_said_of_an_opened_file_in_two_parts_is_understood(tmp_path: Path) -> None:
    first, second = 'printf "kdebug:fopen(/etc"', 'echo "/shadow, r) => 0x1"'
    script = f"read x; {first} >&2; echo; echo done; read x; {second} >&2; echo done"
    program = begun(script, tmp_path)
    assert sandbox.ask(program, "go", limits=LIMITS, done="done").refused is None
    assert sandbox.tell(program, "on", limits=LIMITS).refused == 'opening "/etc/shadow"'


def test_what_is_opened_after_the_last_words_is_judged_however_soon_it_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes on, and ends, as soon as it was looked through."""
    really = Dialogue.errors_said

    def errors_said(program: Dialogue) -> str:
        said = really(program)
        (tmp_path / "go").touch()
        assert ends_soon(program.process.pid)
        return said

    monkeypatch.setattr(Dialogue, "errors_said", errors_said)
    late = 'echo "kdebug:fopen(/etc/shadow, r) => 0x1" >&2'
    wait = "until [ -e go ]; do sleep 0.01; done"
    program = begun(f"read x; echo; echo done; {wait}; {late}", tmp_path)
    finished = sandbox.ask(program, "go", limits=LIMITS, done="done")
    if program.process.returncode is None:  # nobody has seen its end
        finished = sandbox.end(program)
    assert finished.refused == 'opening "/etc/shadow"'


def test_a_program_that_never_asks_is_never_answered(tmp_path: Path) -> None:
    assert shell("echo not ready; exit 3", tmp_path, never) == Finished(3, "not ready\n")


def test_a_program_that_has_gone_when_it_is_answered_is_no_fault(tmp_path: Path) -> None:
    def slow(_: str) -> str:
        time.sleep(0.2)
        return "x" * 1_000_000

    assert shell("echo ready; exit 5", tmp_path, slow) == Finished(5, "ready\n")


def test_an_answer_may_be_in_any_script(tmp_path: Path) -> None:
    assert (
        shell("echo ready; read a; echo $a", tmp_path, lambda _: "羽笔").output == "ready\n羽笔\n"
    )


@pytest.mark.parametrize("script", ["sleep 60", "echo ready; read a; sleep 60", "read a"])
def test_wall_time_is_limited_before_and_after_the_answer(tmp_path: Path, script: str) -> None:
    before = time.monotonic()
    finished = shell(script, tmp_path, lambda _: "go", Limits(wall_seconds=0.5))
    assert finished.timed_out
    assert finished.status == -signal.SIGKILL
    assert time.monotonic() - before < 10


def test_the_time_for_the_answer_counts_too(tmp_path: Path) -> None:
    def slow(_: str) -> str:
        time.sleep(0.6)
        return "late"

    finished = shell("echo ready; read a; echo $a", tmp_path, slow, Limits(wall_seconds=0.3))
    assert finished.timed_out
    assert finished.output == "ready\n"


def test_who_is_done_in_time_is_not_said_to_be_late(tmp_path: Path) -> None:
    finished = shell("echo ready; read a", tmp_path, lambda _: "go", Limits(wall_seconds=5))
    assert not finished.timed_out


def test_a_fault_of_the_answer_ends_the_program_and_all_that_it_started(tmp_path: Path) -> None:
    def fail(_: str) -> str:
        raise ZeroDivisionError

    script = "sleep 60 >/dev/null 2>&1 & echo $! >child; echo $$ >own; echo ready; sleep 60"
    with pytest.raises(ZeroDivisionError):
        shell(script, tmp_path, fail)
    assert ends_soon(int((tmp_path / "own").read_text(encoding="ascii")))
    assert ends_soon(int((tmp_path / "child").read_text(encoding="ascii")))


def test_the_same_limits_hold_as_without_a_dialogue(tmp_path: Path) -> None:
    script = "print('ready', flush=True); input(); b = bytearray(400 * 1024 * 1024)"
    finished = converse(
        [sys.executable, "-S", "-E", "-c", script],
        folder=tmp_path,
        environment=ENVIRONMENT,
        limits=Limits(memory_kib=200 * 1024),
        question="ready",
        answer=lambda _: "go",
    )
    assert finished.status != 0
    assert "MemoryError" in finished.output


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the programs that are started, by name."""
    names: list[str] = []
    start = sandbox._started  # noqa: SLF001  the one place that starts a process

    def noted(command: Sequence[str | Path], *rest: object, **where: int) -> object:
        inside = list(command)
        names.append(Path(inside[inside.index("--") + 1 if "--" in inside else 0]).name)
        return start(command, *rest, **where)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(sandbox, "_started", noted)
    return names


def asked(document: TexDocument, classic: TemplateFiles, answer: Callable[[str], str]) -> TexJob:
    return TexJob(document.source, classic.files, 0, answer, is_shipped=True)


@pytest.mark.parametrize(
    ("name", "programs"), [("xelatex", ["xetex", "xdvipdfmx"]), ("lualatex", ["lualatex"])]
)
def test_one_engine_measures_and_sets(  # noqa: PLR0913, PLR0917  fixtures
    name: str,
    programs: list[str],
    tex: TexLive,
    writer: Writer,
    classic: TemplateFiles,
    small_cv: Cv,
    started: list[str],
) -> None:
    template = find_template("classic")
    whole = replace(small_cv, pages=1)
    ruler = template.ruler(whole, writer, dict.fromkeys(DENSITIES))
    reports: list[str] = []

    def answer(report: str) -> str:
        reports.append(report)
        return template.document(whole, writer, Layout("tight", 1)).source

    engine(name, tex).run(
        TexJob(PAGE, classic.files, 0, is_shipped=True)
    )  # formats and tables are made first
    started.clear()
    run = engine(name, tex).run(asked(ruler, classic, answer))
    assert run.pdf is not None
    assert page_count(run.pdf) == 1
    assert [one.reason for one in run.passes] == ["the first pass"]
    assert started == programs
    (report,) = reports
    assert list(read_rulers(report)) == list(DENSITIES)
    assert set(read_rulers(report)["tight"].blocks) == set(range(len(ruler.origins)))
    assert read_rulers(report) == read_rulers(run.log)


@pytest.mark.parametrize("name", DIALOGUE)
def test_the_answer_alone_gives_the_same_page(
    name: str, tex: TexLive, writer: Writer, classic: TemplateFiles, small_cv: Cv
) -> None:
    template = find_template("classic")
    whole = replace(small_cv, pages=1)
    document = template.document(whole, writer, Layout("tight", 1, is_filled=True))
    ruler = template.ruler(whole, writer, dict.fromkeys(DENSITIES))
    told = engine(name, tex).run(asked(ruler, classic, lambda _: document.source))
    alone = engine(name, tex).run(TexJob(document.source, classic.files, 0, is_shipped=True))
    assert told.pages == alone.pages
    assert told.findings == alone.findings == ()


@pytest.mark.parametrize("name", DIALOGUE)
def test_both_engines_measure_all_blocks_and_gaps(
    name: str, tex: TexLive, writer: Writer, classic: TemplateFiles, small_cv: Cv
) -> None:
    ruler = find_template("classic").ruler(small_cv, writer, dict.fromkeys(DENSITIES))
    run = engine(name, tex).run(TexJob(ruler.source, classic.files, 0, is_shipped=True))
    rulers = read_rulers(run.log)
    airy, close = (rulers[density] for density in DENSITIES)
    assert len(airy.blocks) == len(close.blocks) == len(ruler.origins)
    assert all(0 < close.blocks[n].height < airy.blocks[n].height for n in airy.blocks)
    assert airy.text_width < close.text_width
    assert airy.gaps["entry", "section"].height > airy.gaps["section", "entry"].height > 0


@pytest.mark.parametrize("name", DIALOGUE)
def test_an_engine_measures_while_something_else_is_done(
    name: str, tex: TexLive, writer: Writer, classic: TemplateFiles, small_cv: Cv
) -> None:
    template = find_template("classic")
    whole = replace(small_cv, pages=1)
    ruler = template.ruler(whole, writer, dict.fromkeys(DENSITIES))
    done: list[str] = []

    def answer(_: str) -> str:
        done.append("answer")
        return template.document(whole, writer, Layout("tight", 1)).source

    job = replace(asked(ruler, classic, answer), meanwhile=lambda: done.append("meanwhile"))
    assert engine(name, tex).run(job).pdf is not None
    assert done == ["meanwhile", "answer", "meanwhile"]


@pytest.mark.parametrize("name", DIALOGUE)
def test_an_exception_of_the_answer_comes_through_and_the_engine_goes(
    name: str, tex: TexLive, classic: TemplateFiles
) -> None:
    def fail(_: str) -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine(name, tex).run(TexJob(ASKING, classic.files, 0, fail, is_shipped=True))


@pytest.mark.parametrize("name", DIALOGUE)
def test_a_source_that_does_not_ask_is_not_answered(
    name: str, tex: TexLive, classic: TemplateFiles
) -> None:
    run = engine(name, tex).run(TexJob(PAGE, classic.files, 0, never, is_shipped=True))
    assert run.pdf is not None


@pytest.mark.parametrize("name", DIALOGUE)
def test_who_is_not_answered_ends_with_an_empty_page(
    name: str, tex: TexLive, classic: TemplateFiles
) -> None:
    run = engine(name, tex).run(TexJob(ASKING, classic.files, 0, is_shipped=True))
    assert run.findings == ()
    assert run.pdf is not None


def found(run: TexRun) -> list[tuple[str, int | None, bool]]:
    assert run.pdf is None
    return [(finding.code, finding.line, finding.is_answer) for finding in run.findings]


@pytest.mark.parametrize("name", DIALOGUE)
def test_an_error_before_the_question_is_of_the_source_that_asks(
    name: str, tex: TexLive, classic: TemplateFiles
) -> None:
    source = ASKING.replace("\\CvAsk", "%\n\\CvNope\\CvAsk")
    assert found(
        engine(name, tex).run(TexJob(source, classic.files, 0, never, is_shipped=True))
    ) == [("tex", 4, False)]


@pytest.mark.parametrize("name", DIALOGUE)
def test_an_error_after_the_question_is_of_the_answer_with_the_answer_s_lines(
    name: str, tex: TexLive, classic: TemplateFiles
) -> None:
    answer = PREAMBLE + "One.\n\nTwo.\n\\CvNope\n" + CLOSING
    run = engine(name, tex).run(TexJob(ASKING, classic.files, 0, lambda _: answer, is_shipped=True))
    assert found(run) == [("tex", 6, True)]
    assert answer.split("\n")[5] == "\\CvNope"


@pytest.mark.parametrize("name", DIALOGUE)
def test_warnings_of_the_ruler_are_not_repeated(
    name: str, tex: TexLive, classic: TemplateFiles
) -> None:
    wide = "\\hbox to\\hsize{\\kern20cm}\n"
    source = ASKING.replace("\\CvAsk", "\\setbox0\\vbox{" + wide + "}%\n\\CvAsk")
    answer = PREAMBLE + wide + CLOSING
    run = engine(name, tex).run(TexJob(source, classic.files, 0, lambda _: answer, is_shipped=True))
    assert run.pdf is not None
    assert [(f.code, f.line, f.is_answer) for f in run.findings] == [("overfull", 3, True)]


@pytest.mark.parametrize(("name", "is_answer"), [("xelatex", False), ("lualatex", True)])
def test_a_missing_glyph_is_found_by_the_ruler_or_on_the_page(
    name: str, *, is_answer: bool, tex: TexLive, classic: TemplateFiles
) -> None:
    """LuaTeX says so when a page is made, and a ruler makes none."""
    block = "\\CvOpen{bullet}{0}%\n\\CvBullet{a\u0e01b}%\n\\CvClose%\n"
    source = ASKING.replace("\\CvAsk", f"\\CvRuler{{tight}}%\n{block}\\CvRulerEnd%\n\\CvAsk")
    answer = PREAMBLE + block + CLOSING
    run = engine(name, tex).run(TexJob(source, classic.files, 0, lambda _: answer, is_shipped=True))
    assert run.pdf is None
    assert {(f.code, f.is_answer) for f in run.findings} == {("missing-glyph", is_answer)}
    assert "\u0e01" in run.findings[0].message


@pytest.mark.parametrize("name", DIALOGUE)
def test_a_missing_file_ends_the_run_at_once_instead_of_asking_for_another(
    name: str, tex: TexLive, classic: TemplateFiles
) -> None:
    source = ASKING.replace("\\begin", "\\usepackage{cvforge-absent}\\begin")
    before = time.monotonic()
    run = engine(name, tex).run(TexJob(source, classic.files, 0, never, is_shipped=True))
    assert time.monotonic() - before < 20
    assert run.pdf is None
    assert "cvforge-absent.sty" in run.findings[0].message
    assert "timeout" not in {finding.code for finding in run.findings}


@pytest.mark.parametrize("name", DIALOGUE)
def test_a_text_that_looks_like_the_question_is_none(
    name: str, tex: TexLive, classic: TemplateFiles
) -> None:
    wide = "\\hbox to 5cm{\\hskip9cm cvforge-ready}%\n" * 2
    source = ASKING.replace("\\CvAsk", f"\\setbox0\\vbox{{{wide}}}%\n\\CvAsk")
    heard: list[str] = []

    def answer(report: str) -> str:
        heard.append(report)
        return PAGE

    run = engine(name, tex).run(TexJob(source, classic.files, 0, answer, is_shipped=True))
    assert run.findings == ()
    assert len(heard) == 1
    assert heard[0].endswith("\ncvforge-ready\n")


@pytest.fixture
def tectonic(tmp_path: Path) -> Callable[[str], Tectonic]:
    """Make a Tectonic of a script, alone on its PATH."""

    def make(script: str) -> Tectonic:
        program = tmp_path / "tectonic"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        return Tectonic(TexLive({"PATH": f"{tmp_path}:/usr/bin:/bin"}, tmp_path))

    return make


def test_tectonic_runs_twice_the_ruler_and_then_the_answer(
    tectonic: Callable[[str], Tectonic], tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    script = (
        f'cat cv.tex >>"{seen}"; printf "%%PDF" >cv.pdf\n'
        'printf "cvforge-room: tight 7 8\\ncvforge-ready\\n" >cv.log'
    )
    reports: list[str] = []

    def answer(report: str) -> str:
        reports.append(report)
        return "the document\n"

    run = tectonic(script).run(TexJob("the ruler\n", {}, 0, answer))
    assert seen.read_text(encoding="utf-8") == "the ruler\nthe document\n"
    assert run.pdf == b"%PDF"
    (report,) = reports
    assert read_rulers(report)["tight"].text_height == 7


ERROR = '{ echo "! Undefined control sequence."; echo "l.3 x"; } >cv.log; exit 1'


def test_what_tectonic_finds_in_the_ruler_is_not_the_answer_s(
    tectonic: Callable[[str], Tectonic],
) -> None:
    run = tectonic(ERROR).run(TexJob("the ruler\n", {}, 0, never))
    assert found(run) == [("tex", 3, False)]


def test_what_tectonic_finds_in_the_document_is_the_answer_s(
    tectonic: Callable[[str], Tectonic],
) -> None:
    script = f'if grep -q ruler cv.tex; then printf "%%PDF" >cv.pdf; else {ERROR}; fi'
    run = tectonic(script).run(TexJob("the ruler\n", {}, 0, lambda _: "the document\n"))
    assert found(run) == [("tex", 3, True)]
