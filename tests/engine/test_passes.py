"""Passes over a document: each has its reason, never more than four."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cvforge.engine import passes, sandbox
from cvforge.engine.base import MAX_PASSES, TexJob, TexPass, TexRun
from cvforge.engine.passes import JOB_NAME
from cvforge.engine.sandbox import Finished
from cvforge.errors import EngineMissingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

JOB = TexJob("source\n", {"beside.sty": b"style\n"}, 0)
RERUN = "cvforge-rerun: the number of pages is now {}\n"


class Engine:
    """Stands for the engine's process: writes these logs, one a pass, and a PDF where told to."""

    def __init__(
        self, logs: Iterable[str], *, status: int = 0, pdf: bytes | None = b"%PDF"
    ) -> None:
        self._logs = iter(logs)
        self._status = status
        self._pdf = pdf
        self.folder: Path | None = None

    def __call__(self, _command: Sequence[str], *, folder: Path, **_: object) -> Finished:
        self.folder = folder
        assert (folder / f"{JOB_NAME}.tex").read_text(encoding="utf-8") == JOB.source
        assert (folder / "beside.sty").read_bytes() == b"style\n"
        (folder / f"{JOB_NAME}.log").write_text(next(self._logs), encoding="utf-8")
        if self._pdf is not None:
            (folder / f"{JOB_NAME}.pdf").write_bytes(self._pdf)
        return Finished(self._status, "first\nlast words\n")


Typeset = Callable[..., TexRun]


@pytest.fixture
def typeset(monkeypatch: pytest.MonkeyPatch) -> Typeset:
    """Typeset the job with an engine that is played."""

    def typeset(process: Callable[..., Finished], **driver: Callable[[Path], Finished]) -> TexRun:
        monkeypatch.setattr(sandbox, "run", process)
        return passes.typeset(JOB, passes.Program(("tex",), {}, sandbox.Limits()), **driver)

    return typeset


def test_one_pass_is_enough_when_nothing_asks_for_another(typeset: Typeset) -> None:
    run = typeset(Engine(["all is well\n"]))
    assert run.pdf == b"%PDF"
    assert run.passes == (TexPass(1, "the first pass"),)
    assert run.findings == ()


def test_a_further_pass_has_the_reason_that_the_log_gives(typeset: Typeset) -> None:
    run = typeset(Engine([RERUN.format(2), RERUN.format(3), ""]))
    assert [one.reason for one in run.passes] == [
        "the first pass",
        "the number of pages is now 2",
        "the number of pages is now 3",
    ]
    assert run.pdf is not None


def test_a_document_that_never_settles_is_given_up_after_four_passes(typeset: Typeset) -> None:
    run = typeset(Engine(RERUN.format(number) for number in range(10)))
    assert len(run.passes) == MAX_PASSES == 4
    assert run.pdf is None
    (finding,) = run.findings
    assert finding.code == "passes"
    assert finding.is_error
    assert "the number of pages is now 3" in finding.message


def test_an_error_ends_the_passes_and_no_pdf_counts(typeset: Typeset) -> None:
    run = typeset(Engine(["! Extra }.\nl.3 x\n" + RERUN.format(2), ""]))
    assert run.pdf is None
    assert len(run.passes) == 1
    assert [(finding.code, finding.line) for finding in run.findings] == [("tex", 3)]


def test_a_failure_without_an_error_in_the_log_says_the_last_words(typeset: Typeset) -> None:
    run = typeset(Engine(["all is well\n"], status=1))
    assert run.pdf is None
    assert [finding.message for finding in run.findings] == [
        "the engine ended with status 1: last words"
    ]


def test_a_signal_is_named_as_one(typeset: Typeset) -> None:
    run = typeset(Engine([""], status=-9))
    assert "signal 9" in run.findings[0].message


def test_too_long_a_time_is_a_finding_of_its_own(typeset: Typeset) -> None:
    run = typeset(lambda *_, **__: Finished(-9, "", timed_out=True))
    assert run.pdf is None
    assert [finding.code for finding in run.findings] == ["timeout"]


def test_the_driver_runs_once_after_the_last_pass(typeset: Typeset) -> None:
    calls = []

    def driver(folder: Path) -> Finished:
        calls.append(folder)
        (folder / f"{JOB_NAME}.pdf").write_bytes(b"%PDF of the driver")
        return Finished(0, "")

    run = typeset(Engine([RERUN.format(2), ""], pdf=None), to_pdf=driver)
    assert len(calls) == 1
    assert run.pdf == b"%PDF of the driver"


def test_a_driver_that_fails_leaves_no_pdf(typeset: Typeset) -> None:
    run = typeset(Engine([""]), to_pdf=lambda _: Finished(1, "no such font"))
    assert run.pdf is None
    assert "no such font" in run.findings[0].message


def test_an_engine_that_writes_nothing_gives_no_pdf(typeset: Typeset) -> None:
    assert typeset(Engine([""], pdf=None)).pdf is None


def test_the_folder_is_gone_afterwards(typeset: Typeset) -> None:
    process = Engine([""])
    typeset(process)
    assert process.folder is not None
    assert not process.folder.exists()


def test_fonts_are_copied_beside_the_document(tmp_path: Path) -> None:
    """A link would lead out of the folder, and whoever writes to it would write to the font."""
    font, folder = tmp_path / "a font.ttf", tmp_path / "job"
    font.write_bytes(b"\x00\x01\x00\x00")
    folder.mkdir()
    passes.write_source(folder, replace(JOB, fonts={"font1.ttf": font}))
    assert (folder / "font1.ttf").read_bytes() == font.read_bytes()
    assert not (folder / "font1.ttf").is_symlink()


def test_a_font_that_has_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineMissingError) as missing:
        passes.write_source(tmp_path, replace(JOB, fonts={"font1.ttf": tmp_path / "gone.ttf"}))
    (finding,) = missing.value.diagnostics
    assert "gone.ttf cannot be read: No such file or directory" in finding.message
