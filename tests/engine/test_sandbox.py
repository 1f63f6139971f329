"""Limits of a program that is not trusted: each is reached, and holds."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from cvforge.engine import sandbox
from cvforge.engine.sandbox import Finished, Limits, run

ENVIRONMENT = {"PATH": os.environ["PATH"]}


def shell(script: str, folder: Path, limits: Limits | None = None) -> Finished:
    return run(["/bin/sh", "-c", script], folder=folder, environment=ENVIRONMENT, limits=limits)


def python(script: str, folder: Path, limits: Limits | None = None) -> Finished:
    command = [sys.executable, "-S", "-E", "-c", script]
    return run(command, folder=folder, environment=ENVIRONMENT, limits=limits)


def is_alive(process_id: int) -> bool:
    """Say whether a process runs; a zombie that nobody has asked for does not."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rpartition(")")[2]
    except FileNotFoundError:
        return False
    return state.split()[0] != "Z"


def ends_soon(process_id: int) -> bool:
    deadline = time.monotonic() + 5
    while is_alive(process_id) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not is_alive(process_id)


def test_output_and_errors_come_back_with_the_status(tmp_path: Path) -> None:
    finished = shell("echo out; echo err >&2; exit 3", tmp_path)
    assert finished == Finished(3, "out\nerr\n")


def test_arguments_are_never_read_by_a_shell(tmp_path: Path) -> None:
    arguments = ["$HOME", "`id`", "a b", ";exit 1", "*"]
    command = [sys.executable, "-c", "import sys; print(sys.argv[1:])", *arguments]
    finished = run(command, folder=tmp_path, environment=ENVIRONMENT)
    assert finished.output == f"{arguments}\n"


def test_output_that_is_no_utf_8_is_shown_all_the_same(tmp_path: Path) -> None:
    assert shell(r"printf 'a\377b'", tmp_path).output == "a\ufffdb"


def test_the_program_runs_in_its_folder(tmp_path: Path) -> None:
    assert shell("pwd -P", tmp_path).output.strip() == str(tmp_path.resolve())


def test_the_environment_holds_the_named_variables_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "x")
    script = "import os; print(sorted(os.environ))"
    names = {"PATH", "LC_CTYPE", "PWD", "OLDPWD", "SHLVL", "_"}  # what a shell and Python add
    names |= {"TMPDIR"}  # its own folder
    shown = python(script, tmp_path).output
    assert "PATH" in shown
    assert set(eval(shown)) <= names  # noqa: S307  the list that our own script prints


def test_there_is_no_standard_input(tmp_path: Path) -> None:
    assert shell("cat; echo end", tmp_path).output == "end\n"


def test_wall_time_is_limited(tmp_path: Path) -> None:
    before = time.monotonic()
    finished = shell("echo begun; sleep 60", tmp_path, Limits(wall_seconds=0.3))
    assert finished.timed_out
    assert finished.status == -signal.SIGKILL
    assert finished.output == "begun\n"
    assert time.monotonic() - before < 10


def test_cpu_time_is_limited(tmp_path: Path) -> None:
    finished = python("while True: pass", tmp_path, Limits(wall_seconds=30, cpu_seconds=1))
    assert not finished.timed_out
    assert finished.status in (-signal.SIGXCPU, -signal.SIGKILL)


def test_memory_is_limited(tmp_path: Path) -> None:
    script = "b = bytearray(400 * 1024 * 1024); print('got it')"
    assert python(script, tmp_path).output == "got it\n"
    refused = python(script, tmp_path, Limits(memory_kib=200 * 1024))
    assert refused.status != 0
    assert "MemoryError" in refused.output


def test_the_size_of_a_file_is_limited(tmp_path: Path) -> None:
    script = "open('big', 'wb').write(bytes(300 * 1024))"
    assert python(script, tmp_path, Limits(file_kib=400)).status == 0
    refused = python(script, tmp_path, Limits(file_kib=200))
    assert refused.status != 0
    assert (tmp_path / "big").stat().st_size <= 200 * 1024


def test_no_core_is_dumped(tmp_path: Path) -> None:
    shell("kill -ABRT $$", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("end", ["exit 0", "exit 1", "sleep 60"])
def test_children_end_with_the_program(tmp_path: Path, end: str) -> None:
    script = f"sleep 60 >/dev/null 2>&1 & echo $! >child; {end}"
    shell(script, tmp_path, Limits(wall_seconds=0.5))
    child = int((tmp_path / "child").read_text(encoding="ascii"))
    assert ends_soon(child)


def test_a_program_that_is_not_there_is_a_status(tmp_path: Path) -> None:
    finished = run(["./absent"], folder=tmp_path, environment=ENVIRONMENT)
    assert finished.status == 127


def test_what_was_started_and_nobody_waits_for_can_be_ended(tmp_path: Path) -> None:
    limits = Limits()
    begun = sandbox.start(["sleep", "60"], folder=tmp_path, environment=ENVIRONMENT, limits=limits)
    sandbox.end_all()
    assert begun.process.wait(10) == -signal.SIGKILL
    sandbox.end(begun)
    sandbox.end_all()  # what has ended is not looked for
