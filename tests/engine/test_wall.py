"""The wall of bubblewrap: its command line, what is behind it where it stands, and who says so."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from walls import HERE, WALL

from cvforge.engine import sandbox, wall
from cvforge.engine.base import TexJob
from cvforge.engine.preload import Making
from cvforge.engine.texlive import TexLive
from cvforge.engine.trace import Trace
from cvforge.engine.wall import Tried, Wall, hoped, is_shown, tried
from cvforge.engine.xelatex import XeLatex
from cvforge.templates.registry import find_template

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.cv import Cv
    from cvforge.latex.nodes import Writer
    from cvforge.templates.registry import TemplateFiles

# Bubblewrap as far as it starts what stands after "--", and notes that it was called.
STUB = """#!/bin/sh
echo "$*" >>"{called}"
while [ "$1" != -- ]; do shift; done
shift
exec "$@"
"""
REFUSING = """#!/bin/sh
echo "bwrap: No permissions to create new namespace" >&2
exit 1
"""


def stubbed(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> TexLive:
    """Return TeX with a bubblewrap of our own, and kpsewhich as it is."""
    programs = folder / "bin"
    programs.mkdir()
    (programs / "bwrap").write_text(script, "utf-8")
    (programs / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return TexLive(os.environ, folder / "cache")


@pytest.fixture
def job(small_cv: Cv, writer: Writer, classic: TemplateFiles) -> TexJob:
    """A whole CV."""
    return TexJob(find_template("classic").document(small_cv, writer).source, classic.files, 0)


def test_the_command_shows_trees_and_lets_only_the_folder_be_written(tmp_path: Path) -> None:
    made = Wall("/usr/bin/bwrap", reads=("/opt/tex",), writes=("/var/tables",))
    command = made.command(["xetex", "-x"], tmp_path)
    text = " ".join(command)
    assert command[0] == "/usr/bin/bwrap"
    assert command[-3:] == ["--", "xetex", "-x"]
    for part in (
        "--unshare-all",
        "--cap-drop ALL",
        "--ro-bind-try /usr /usr",
        "--ro-bind-try /opt/tex /opt/tex",
        "--bind-try /var/tables /var/tables",
        f"--bind {tmp_path} {tmp_path} --chdir {tmp_path} --remount-ro / --",
    ):
        assert part in text
    hidden = {"/", "/etc", "/home", "/proc", "/root", "/var"}
    assert not hidden & set(command[: command.index("--remount-ro")])
    assert "--share-net" not in text
    assert not {"--die-with-parent", "--new-session"} & set(command)


def test_it_is_tried_once_and_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called = tmp_path / "called"
    tex = stubbed(tmp_path, STUB.format(called=called), monkeypatch)
    assert tried(tex).wall is not None
    first = called.read_text("utf-8")
    assert first.count("latex.ltx") == 1
    assert tried(tex).wall is not None
    wall._tried.cache_clear()  # noqa: SLF001  as in another process
    assert tried(tex).wall is not None
    assert called.read_text("utf-8") == first
    tried(tex, anew=True)
    assert called.read_text("utf-8") != first


@pytest.mark.parametrize(
    ("script", "reason"), [(STUB, ""), (REFUSING, "No permissions to create new namespace")]
)
def test_the_first_engine_hopes_for_a_wall_that_nobody_has_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, job: TexJob, script: str, reason: str
) -> None:
    called = tmp_path / "called"
    tex = stubbed(tmp_path, script.replace("{called}", str(called)), monkeypatch)
    tex.xelatex_format()  # TeX may come without it
    called.unlink(missing_ok=True)
    (tex.cache / wall.RECORD).unlink(missing_ok=True)
    wall._tried.cache_clear()  # noqa: SLF001  as in another process
    tex = replace(tex, preloads=tex.cache, making=Making.NOT)
    with XeLatex(tex) as engine:
        engine.reserve(job.files)
        made = engine.run(replace(job, is_shipped=True))
    assert made.pdf is not None
    assert json.loads((tex.cache / wall.RECORD).read_bytes())["reason"] == reason
    assert hoped(tex) == tried(tex).wall
    if not reason:
        programs = [
            call.partition(" -- ")[2].split()[0] for call in called.read_text("utf-8").splitlines()
        ]
        # The driver waits in a shell, which begins beside the engine.
        assert {*programs[-2:]} == {str(tex.required("xetex")), "/bin/sh"}
        assert str(tex.required("kpsewhich")) not in programs


@pytest.mark.parametrize("change", ["state", "time", "damage"])
def test_what_is_remembered_is_not_believed_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    tex = stubbed(tmp_path, REFUSING, monkeypatch)
    refused = tried(tex)
    assert refused == Tried(None, "No permissions to create new namespace")
    assert str(refused) == "cannot be used here: No permissions to create new namespace"
    record = tex.cache / wall.RECORD
    content = json.loads(record.read_text("utf-8"))
    working = STUB.format(called=tmp_path / "called")
    (tmp_path / "bin" / "bwrap").write_text(working, "utf-8")
    wall._tried.cache_clear()  # noqa: SLF001  as in another process
    if change == "time":
        monkeypatch.setattr(wall, "_state", lambda _: content["state"])
        assert tried(tex) == refused
        wall._tried.cache_clear()  # noqa: SLF001  the same
        record.write_text(json.dumps(content | {"time": 0}), "utf-8")
    elif change == "damage":
        record.write_text("{", "utf-8")
    assert tried(tex).wall is not None


def test_without_bubblewrap_an_eye_is_kept_on_what_tex_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    tex = TexLive(os.environ, tmp_path / "cache")
    assert tried(tex) == Tried(None, "not installed")
    assert str(tried(tex)) == "not installed"
    assert isinstance(tex.guard(), Trace)
    assert not tex.cache.exists()


def test_fonts_are_shown_and_homes_are_not(tmp_path: Path) -> None:
    tex = TexLive({"HOME": "/home/ada", "PATH": os.environ["PATH"]}, tmp_path / "cache")
    shown = ("/usr/share/fonts/a.otf", "/home/ada/.fonts/a.otf", "a.otf", "./a.otf")
    hidden = ("/home/ada/a.otf", "../a.otf", "/usr/../etc/passwd", "/home/ada/.ssh/id", "/")
    folder = tmp_path / "job"
    assert [path for path in shown if not is_shown(tex, path, folder=folder)] == []
    assert [path for path in hidden if is_shown(tex, path, folder=folder)] == []


def test_a_tex_that_is_nobody_s_package_is_shown_with_its_trees(tmp_path: Path) -> None:
    programs = tmp_path / "texlive" / "2024" / "bin" / "linux"
    programs.mkdir(parents=True)
    (programs / "xetex").write_text("#!/bin/sh\n", "utf-8")
    (programs / "xetex").chmod(0o755)
    tex = TexLive({"HOME": str(tmp_path), "PATH": str(programs)}, tmp_path / "cache")
    for tree in ("texlive/2024/texmf-dist/a.sty", "texlive/texmf-local/a.sty"):
        assert is_shown(tex, str(tmp_path / tree), folder=tmp_path / "job")
    assert not is_shown(tex, str(tmp_path / "texlive" / "a.sty"), folder=tmp_path / "job")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("ls -d /etc/passwd /home /root /proc/self", ""),
        ("ls -A .. | wc -l", "1\n"),
        ("echo x >written && cat written", "x\n"),
        ("echo x >/usr/x || echo x >/x || echo x >../x || echo refused", "refused\n"),
        ("echo $$", "2\n"),
        ("kill -0 1 && ls /sys/class/net", ""),
    ],
)
def test_behind_it_are_programs_and_one_folder(tmp_path: Path, script: str, said: str) -> None:
    if WALL is None:
        assert HERE.reason
        return
    done = sandbox.run(
        ["/bin/sh", "-c", f"{{ {script}; }} 2>/dev/null"],
        folder=tmp_path,
        environment={"PATH": os.environ["PATH"]},
        guard=WALL,
    )
    assert done.output == said


def test_the_endings_are_those_of_a_program_without_it(tmp_path: Path) -> None:
    if WALL is None:
        assert HERE.reason
        return

    def ending(script: str, limits: sandbox.Limits | None = None) -> sandbox.Finished:
        environment = {"PATH": os.environ["PATH"]}
        command = ["/bin/sh", "-c", script]
        return sandbox.run(
            command, folder=tmp_path, environment=environment, limits=limits, guard=WALL
        )

    assert ending("exit 3").status == 3
    assert ending("kill -SEGV $$").status == -signal.SIGSEGV
    assert ending("sleep 60 & exec sleep 60", sandbox.Limits(wall_seconds=0.5)).timed_out
    burning = ending("while :; do :; done", sandbox.Limits(cpu_seconds=1))
    assert burning.status in {-signal.SIGXCPU, -signal.SIGKILL}


HOLDING = """
import os, sys
from pathlib import Path
from cvforge.engine import sandbox
from cvforge.engine.wall import Wall
wall = Wall(sys.argv[1])
begun = sandbox.start(["/bin/cat"], folder=Path(sys.argv[2]),
                      environment={}, limits=sandbox.Limits(), guard=wall)
print("started", flush=True)
sys.stdin.read()
"""


def works_below(folder: Path) -> bool:
    for process in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if process.readlink() == folder:
                return True
        except OSError:
            continue
    return False


def test_what_waits_behind_it_ends_with_whoever_started_it(tmp_path: Path) -> None:
    if WALL is None:
        assert HERE.reason
        return
    command = [sys.executable, "-c", HOLDING, WALL.program, str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"started\n"
        assert in_time(lambda: works_below(tmp_path))
        time.sleep(0.3)
        program.kill()
    assert in_time(lambda: not works_below(tmp_path))


def in_time(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.01)
    return holds()
