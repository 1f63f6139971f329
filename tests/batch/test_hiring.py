"""Workers that are forks: there at once, without what their parent holds, ending with it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD = "person: {name: Ada Quill}\nsections:\n  - {id: a, title: A, kind: bullets, bullets: [a]}\n"
# A process that has loaded what workers need; what it does then follows.
LOADED = """
import json, os, signal, sys, threading
from dataclasses import replace
from pathlib import Path
import cvforge.batch.workshop
from cvforge.batch.hiring import crew
from cvforge.batch.job import Job, Options
JOB = Job(0, Path("cv.yaml"), ("full",), Options())
said = []
"""
SAY = "\nprint(json.dumps(said))\n"


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marked: dict[str, str]
) -> Callable[[str], list[object]]:
    """Give what a script says that has loaded everything."""
    monkeypatch.chdir(tmp_path)
    Path("cv.yaml").write_text(GOOD, "utf-8")

    def said(script: str) -> list[object]:
        done = subprocess.run(
            [sys.executable, "-c", LOADED + script + SAY],
            env=marked,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert done.stderr == ""
        found: list[object] = json.loads(done.stdout)
        return found

    return said


def test_they_build_and_end_when_there_are_no_more_jobs(
    run: Callable[[str], list[object]], left: Callable[[], list[str]]
) -> None:
    script = """
for worker in crew(2, Options()):
    said.append([type(event).__name__ for event in worker.do(JOB)])
    said.append(worker.end())
"""
    assert run(script) == [["Planned", "Made"], "status 0"] * 2
    assert left() == []


def test_a_job_is_begun_when_the_one_before_is_done_and_done_once(
    run: Callable[[str], list[object]], left: Callable[[], list[str]]
) -> None:
    script = """
(worker,) = crew(1, Options())
following = replace(JOB, number=JOB.number + 1, variants=("absent",))
said.append([type(event).__name__ for event in worker.do(JOB, following)])
said.append([type(event).__name__ for event in worker.do(following)])
said.append([type(event).__name__ for event in worker.do(JOB)])
said.append(worker.end())
"""
    first, second, third, status = run(script)
    assert first == third == ["Planned", "Made"]
    assert second == ["Planned", "Failed"]
    assert status == "status 0"
    assert left() == []


def test_what_their_parent_has_open_they_do_not_hold(run: Callable[[str], list[object]]) -> None:
    script = """
reading, writing = os.pipe()
both = crew(2, Options())
os.close(writing)
said.append(os.read(reading, 1).decode())  # comes when nobody has the other end
first, second = both
said.append(first.end())
said.append(second.end())
"""
    assert run(script) == ["", "status 0", "status 0"]


def test_they_end_with_their_parent(
    run: Callable[[str], list[object]], left: Callable[[], list[str]]
) -> None:
    assert run("both = crew(2, Options())\nprint('[]', flush=True)\nos._exit(0)\n") == []
    assert left() == []


def test_how_one_ended_is_known(run: Callable[[str], list[object]]) -> None:
    script = """
told, killed = crew(2, Options())
told.do(JOB)  # by then it hears signals
told.interrupt()
said.append(told.wait(10))
os.kill(killed._process._process, signal.SIGKILL)
try:
    killed.do(JOB)
except (EOFError, OSError):
    said.append(killed.end())
"""
    assert run(script) == [143, "signal 9"]


@pytest.mark.parametrize(
    "script",
    [
        "del sys.modules['cvforge.batch.workshop']",
        "threading.Timer(5, int).start()",
        "sys.platform = 'darwin'",
    ],
)
def test_there_are_none_where_a_fork_would_lack_something(
    script: str, run: Callable[[str], list[object]]
) -> None:
    assert run(f"{script}\nsaid.append(len(crew(2, Options())))\n") == [0]
