"""An engine that waits: its limits, its end, and that it serves one document."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from portraits import portrait

from cvforge.engine import sandbox
from cvforge.engine.base import TexJob, TexRun
from cvforge.engine.sandbox import Finished, Limits
from cvforge.engine.serving import Serving
from cvforge.engine.waiting import Waiting
from cvforge.engine.xelatex import XeLatex
from cvforge.photo.encoding import encoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.engine.dialogue import Dialogue
    from cvforge.engine.preload import Preloaded
    from cvforge.engine.texlive import TexLive
    from cvforge.templates.registry import TemplateFiles

SECONDS = 10.0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where engines work in this test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def start(
    warm: TexLive, preloaded: Preloaded, classic: TemplateFiles, folder: Path
) -> Callable[[Limits], Waiting]:
    assert folder.is_dir()
    return lambda limits: Waiting(warm, preloaded.start(), classic.files, limits=limits)


def job(body: str, classic: TemplateFiles, *, is_shipped: bool = False) -> TexJob:
    source = f"\\documentclass{{cvforge-classic}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"
    return TexJob(source, classic.files, 0, is_shipped=is_shipped)


def in_time(holds: Callable[[], bool]) -> bool:
    """Say whether something comes true within some seconds."""
    deadline = time.monotonic() + SECONDS
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.01)
    return holds()


def processes(folder: Path) -> list[int]:
    """Return the processes that work below a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            place = (process / "cwd").readlink()
        except OSError:
            continue
        if place.is_relative_to(folder):
            found.append(int(process.name))
    return found


def engines(folder: Path) -> list[int]:
    """Return the engines among them; bubblewrap stands around each where it works."""
    return [number for number in processes(folder) if _name(number) == "xetex"]


def _name(number: int) -> str:
    try:
        return Path(f"/proc/{number}/comm").read_text("ascii").strip()
    except OSError:  # it has ended
        return ""


def jobs(folder: Path) -> list[Path]:
    """Return the folders there in which an engine waits; what is there of a driver is another."""
    return [path.parent for path in folder.glob("*/*.cls")]


def is_clean(folder: Path) -> bool:
    """Say whether nothing works there and nothing lies there."""
    return not processes(folder) and not list(folder.iterdir())


def codes(run: TexRun) -> list[str]:
    return [finding.code for finding in run.findings]


def test_it_waits_in_a_folder_of_its_own_until_it_is_ended(
    start: Callable[[Limits], Waiting], folder: Path
) -> None:
    waiting = start(Limits())
    assert in_time(lambda: len(engines(folder)) == 1)
    assert waiting.is_alive()
    assert len(jobs(folder)) == 1
    waiting.end()
    assert not waiting.is_alive()
    assert is_clean(folder)


@pytest.mark.parametrize("is_shipped", [True, False])
def test_nothing_is_left_of_one_that_has_set_its_document(
    start: Callable[[Limits], Waiting], classic: TemplateFiles, folder: Path, *, is_shipped: bool
) -> None:
    waiting = start(Limits())
    assert waiting.typeset(job("x", classic, is_shipped=is_shipped)).pdf is not None
    assert not waiting.is_alive()
    assert is_clean(folder)


@pytest.mark.parametrize("body", ["\\undefined", "\\endinput", "\\csname @@end\\endcsname"])
def test_nothing_is_left_of_one_that_has_set_nothing(
    body: str, start: Callable[[Limits], Waiting], classic: TemplateFiles, folder: Path
) -> None:
    made = start(Limits()).typeset(job(body, classic, is_shipped=True))
    assert made.pdf is None
    assert codes(made) != []
    assert is_clean(folder)


def ended_so(**how: Any) -> SimpleNamespace:
    """Return a sandbox in which programs end in a way of ours, whenever it is that they end."""

    def altered(really: Callable[..., Finished]) -> Callable[..., Finished]:
        def call(begun: Dialogue, *given: object, **named: object) -> Finished:
            done = really(begun, *given, **named)
            return done if begun.process.returncode is None else replace(done, **how)

        return call

    names = ("ask", "tell", "end")
    changed = {name: altered(getattr(sandbox, name)) for name in names}
    return SimpleNamespace(**{**vars(sandbox), **changed})


def test_what_an_engine_made_that_fails_at_its_end_does_not_count(
    start: Callable[[Limits], Waiting],
    classic: TemplateFiles,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its last words are believed, so that the driver can begin; its exit status is, too."""
    waiting = start(Limits())
    monkeypatch.setattr("cvforge.engine.waiting.sandbox", ended_so(status=3))
    made = waiting.typeset(job("x", classic, is_shipped=True))
    assert made.pdf is None
    assert codes(made) != []
    assert is_clean(folder)


@pytest.mark.parametrize("kind", [Waiting, Serving])
def test_what_an_engine_opened_by_its_end_is_judged_before_anything_is_handed_out(
    kind: type[Waiting | Serving],
    warm: TexLive,
    preloaded: Preloaded,
    classic: TemplateFiles,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its last words may not be its last: whoever wrote the template may say them, too."""
    engine = kind(warm, preloaded.start(serves=kind is Serving), classic.files, limits=Limits())
    refusing = ended_so(status=1, refused="opening it")
    monkeypatch.setattr(f"{kind.__module__}.sandbox", refusing)
    made = engine.typeset(job("x", classic))
    assert (made.pdf, made.log, codes(made)) == (None, "", ["refused"])


@pytest.mark.parametrize("is_shipped", [True, False])
def test_nothing_is_left_of_one_whose_answer_fails(
    start: Callable[[Limits], Waiting], classic: TemplateFiles, folder: Path, *, is_shipped: bool
) -> None:
    def fail(_: str) -> str:
        raise ZeroDivisionError

    asking = replace(job("\\CvAsk", classic, is_shipped=is_shipped), answer=fail)
    with pytest.raises(ZeroDivisionError):
        start(Limits()).typeset(asking)
    assert is_clean(folder)


def test_its_wall_time_counts_from_the_moment_when_it_is_told(
    start: Callable[[Limits], Waiting], classic: TemplateFiles
) -> None:
    waiting = start(Limits(wall_seconds=2.0))
    time.sleep(2.1)
    assert waiting.typeset(job("x", classic)).pdf is not None
    before = time.monotonic()
    run = start(Limits(wall_seconds=1.0)).typeset(job(r"\def\x{\x}\x", classic))
    assert time.monotonic() - before < 10
    assert codes(run) == ["timeout"]


@pytest.mark.parametrize(
    ("limits", "body"),
    [
        (Limits(cpu_seconds=1), r"\def\x{\x}\x"),
        (Limits(memory_kib=512 * 1024), r"\def\x{\edef\y{\y\y aaaaaaaa}\x}\def\y{a}\x"),
        (Limits(file_kib=1024), r"\def\x{\immediate\write16{aaaaaaaaaaaaaaaaaaaaaaaa}\x}\x"),
    ],
)
def test_the_limits_hold_as_for_any_engine(
    start: Callable[[Limits], Waiting], classic: TemplateFiles, limits: Limits, body: str
) -> None:
    run = start(limits).typeset(job(body, classic))
    assert run.pdf is None
    assert len(run.findings) == 1


def test_one_that_is_not_needed_for_long_is_ended(
    warm: TexLive, classic: TemplateFiles, folder: Path
) -> None:
    with XeLatex(warm, limits=Limits(idle_seconds=0.2)) as engine:
        engine.reserve(classic.files)
        assert in_time(lambda: list(folder.iterdir()) == [])
        assert processes(folder) == []
        assert engine.run(job("x", classic)).pdf is not None


def test_one_that_died_meanwhile_is_replaced(
    warm: TexLive, classic: TemplateFiles, folder: Path
) -> None:
    with XeLatex(warm) as engine:
        engine.reserve(classic.files, 2)
        assert in_time(lambda: len(engines(folder)) == 2)
        for process in engines(folder):
            os.kill(process, signal.SIGKILL)
        assert in_time(lambda: engines(folder) == [])
        assert engine.run(job("x", classic)).pdf is not None
    assert list(folder.iterdir()) == []


def test_closing_ends_all_that_wait(warm: TexLive, classic: TemplateFiles, folder: Path) -> None:
    with XeLatex(warm) as engine:
        engine.reserve(classic.files, 3)
        engine.reserve(classic.files, 2)
        assert len(jobs(folder)) == 3
    assert is_clean(folder)


RESERVING = """
import os, signal, sys, tempfile, time
from pathlib import Path
from cvforge.engine.texlive import TexLive
from cvforge.engine.xelatex import XeLatex
folder, cache, files = Path(sys.argv[1]), Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]]
tempfile.tempdir = str(folder)
engine = XeLatex(TexLive(os.environ, cache, preloads=cache))
engine.reserve({path.name: path.read_bytes() for path in files}, 2)
print("reserved", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("early", [True, False])
def test_no_engine_outlives_a_program_that_is_killed(
    warm: TexLive, preloaded: Preloaded, classic: TemplateFiles, tmp_path: Path, *, early: bool
) -> None:
    """Also while it loads its format, and before anybody looks after it."""
    assert preloaded.folder.is_relative_to(warm.cache)
    work = tmp_path / "work"
    work.mkdir()
    files = [tmp_path / name for name in classic.files]
    for path in files:
        path.write_bytes(classic.files[path.name])
    command = [sys.executable, "-c", RESERVING, *map(str, (work, warm.cache, *files))]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"reserved\n"
        assert len(jobs(work)) == 2
        if not early:
            assert in_time(lambda: len(engines(work)) == 2)
        program.kill()
    assert in_time(lambda: processes(work) == [])


OVERWRITE = (
    r"\immediate\openout15=photo.jpg \immediate\write15{no picture}\immediate\closeout15"
    r"\immediate\openout15=own.otf \immediate\write15{no font}\immediate\closeout15"
)


@pytest.mark.parametrize("kind", [Waiting, Serving])
def test_the_driver_shows_the_pictures_and_fonts_that_were_given(
    kind: type[Waiting | Serving], warm: TexLive, preloaded: Preloaded, classic: TemplateFiles
) -> None:
    """TeX cannot reach its copies, whatever it does with its own."""
    font = warm.find(["LinLibertine_RI.otf"])["LinLibertine_RI.otf"]
    body = r"\CvPortrait{photo.jpg}{A}%" + "\n" + r'{\font\own="[./own.otf]" \own own}'

    def shows(text: str) -> TexJob:
        pictures = {"photo.jpg": encoded(portrait())}
        return replace(job(text, classic), pictures=pictures, fonts={"own.otf": font})

    plain = XeLatex(replace(warm, preloads=None)).run(shows(body))
    assert plain.pdf is not None
    for text in (body, body + OVERWRITE):
        start = preloaded.start(serves=kind is Serving)
        made = kind(warm, start, classic.files, limits=Limits())
        assert made.typeset(shows(text)).pdf == plain.pdf
