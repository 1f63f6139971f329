"""Many CVs by several processes: all arrive, whatever happens to one of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cvforge.batch.workers import worth_workers

if TYPE_CHECKING:
    from collections.abc import Callable

RUN = (sys.executable, "-c", "from cvforge.cli import main; main()")
GOOD = (
    "person: {{name: Ada {0}}}\nsections:\n  - {{id: a, title: A, kind: bullets, bullets: [{0}]}}\n"
)


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    made = [f"cv{number}.yaml" for number in range(8)]
    for name in made:
        Path(name).write_text(GOOD.format(f"Quill{name[2]}"), "utf-8")
    return made


def build(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RUN, "build", "--jobs", "2", "--variant", "full", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def text_of(pdf: Path) -> str:
    return subprocess.run(
        ["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize(("builds", "fewest"), [(1, 0), (2, 0), (5, 0), (600, 1)])
def test_few_builds_are_not_worth_a_worker(builds: int, fewest: int) -> None:
    assert fewest <= worth_workers(builds) <= (os.cpu_count() or 1)
    assert (worth_workers(builds) < 2) == (fewest == 0 or (os.cpu_count() or 1) < 2)


def test_all_arrive_and_a_broken_one_does_not_keep_the_others(
    names: list[str], marked: dict[str, str], left: Callable[[], list[str]]
) -> None:
    Path("cv3.yaml").write_text("person: [", "utf-8")
    Path("cv5.yaml").write_text(GOOD.format("Quill5") + "bibliography: none.bib\n", "utf-8")
    done = build("--json", *reversed(names), environment=marked)
    document = json.loads(done.stdout)
    assert done.returncode == document["exit_status"] == 4  # of cv5, which was named before cv3
    built = [Path(result["output"]) for result in document["built"]]
    assert [path.stem for path in built] == [f"cv{n}-full" for n in (7, 6, 4, 2, 1, 0)]
    for path in built:
        assert f"Quill{path.name[2]}" in text_of(path)
    assert left() == []
    again = json.loads(build("--json", *names, environment=marked).stdout)
    assert [result["up_to_date"] for result in again["built"]] == [True] * 6


def test_at_the_end_is_a_summary(names: list[str], marked: dict[str, str]) -> None:
    Path("cv3.yaml").write_text("person: [", "utf-8")
    done = build(*names, environment=marked)
    assert done.returncode == 3
    assert len(done.stdout.splitlines()) == 7
    assert done.stderr.splitlines()[-1] == "7 built, 1 failed"
    again = build("--quiet", *names, environment=marked)
    assert again.stdout == ""
    assert "failed" not in again.stderr


def wrapped(program: str, script: str, environment: dict[str, str]) -> dict[str, str]:
    """Let a program of TeX's be run by a script, which finds it as $REAL."""
    Path("bin").mkdir(exist_ok=True)
    real = subprocess.run(["which", program], capture_output=True, text=True, check=True).stdout
    wrapper = Path("bin", program).absolute()
    wrapper.write_text(f'#!/bin/sh\nREAL="{real.strip()}"\n{script}\nexec "$REAL" "$@"\n', "utf-8")
    wrapper.chmod(0o755)
    wall = wrapper.with_name("bwrap")  # one that does not work: the script is outside of any wall
    wall.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    wall.chmod(0o755)
    return environment | {"PATH": f"{wrapper.parent}:{environment['PATH']}"}


def in_pdf(text: str) -> str:
    """Return how a text is written in the title of a document, which its driver reads."""
    return text.encode("utf-16-be").hex().upper()


def test_a_worker_that_dies_is_replaced_and_its_job_done_again(
    names: list[str], marked: dict[str, str]
) -> None:
    once = Path("once").absolute()
    script = f'mkdir "{once}" 2>/dev/null && kill -9 $PPID'
    done = build(*names, environment=wrapped("xdvipdfmx", script, marked))
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "8 built")
    assert once.exists()
    assert len(done.stdout.splitlines()) == 8


def test_a_job_that_kills_every_worker_fails_alone(
    names: list[str], marked: dict[str, str]
) -> None:
    # Without a format each document has an engine of its own, and its driver a folder of its own.
    plain = wrapped("xetex", 'case "$*" in *" -recorder "*) exit 1 ;; esac', marked)
    script = f"grep -aq {in_pdf('Quill4')} cv.xdv 2>/dev/null && kill -9 $PPID"
    done = build(*names, environment=wrapped("xdvipdfmx", script, plain))
    assert (done.returncode, done.stderr.splitlines()[-1]) == (8, "7 built, 1 failed")
    assert 'the process that built "cv4.yaml" ended with signal 9' in done.stderr


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_all_workers_and_engines(
    number: int,
    status: int,
    names: list[str],
    marked: dict[str, str],
    left: Callable[[], list[str]],
) -> None:
    started = Path("started").absolute()
    script = f'grep -aq {in_pdf("Quill")} cv.xdv 2>/dev/null && touch "{started}" && sleep 60'
    environment = wrapped("xdvipdfmx", script, marked)
    with subprocess.Popen(
        [*RUN, "build", "--jobs", "2", *names],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        deadline = time.monotonic() + 60
        while not started.exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(number)
        _, errors = process.communicate(timeout=15)
    assert (process.returncode, errors) == (status, "")
    assert left() == []


def test_what_a_worker_cannot_begin_is_said_once(names: list[str], marked: dict[str, str]) -> None:
    done = build("--engine", "xelatx", *names, environment=marked)
    assert done.returncode == 7
    assert done.stderr.count('there is no engine "xelatx"') == 1
