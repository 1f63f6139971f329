"""A Dask cluster of two real workers that share no folder with whoever asks."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fonts.conftest import forge

if TYPE_CHECKING:
    from collections.abc import Iterator

RUN = (sys.executable, "-c", "from cvforge.cli import main; main()")
COUNT = 16
RARE = "\U00016e80\U00016e81"  # letters of a script that few fonts have
PROFILE = """
person: {{name: Ada Quill{}}}
bibliography: lists/a.bib
sections:
  - {{id: a, title: A, kind: bullets, bullets: [x]}}
  - {{id: p, title: P, kind: publications}}
"""
ENTRY = "@misc{a, title = {Serifs}, author = {Quill, Ada}, year = 2020}"
BUILD = ("build", "--variant", "full", "--executor", "dask", "--scheduler")


class Cluster:
    """A scheduler and two workers, each a process in a folder of its own."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._environment = environment
        self._folder = folder
        folder.mkdir()
        file = folder / "scheduler.json"
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self._started = [self._start("scheduler", *options, "--scheduler-file", str(file))]
        deadline = time.monotonic() + 30
        while not (file.exists() and file.read_text("ascii").endswith("}")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        self.address: str = json.loads(file.read_text("ascii"))["address"]
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory")
        for name in ("a", "b"):
            own = str(folder / name)
            self._started.append(self._start("worker", self.address, *options, own))

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", "from dask.__main__ import main; main()", *arguments],
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill_a_worker(self) -> None:
        self._started[-1].kill()

    def close(self) -> None:
        for process in reversed(self._started):
            process.terminate()
            process.wait(20)


@pytest.fixture
def cluster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marked: dict[str, str]
) -> Iterator[Cluster]:
    (tmp_path / "home/lists").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "home")
    made = Cluster(tmp_path / "elsewhere", marked)
    try:
        yield made
    finally:
        made.close()


def test_with_one_worker_killed_every_pdf_arrives_once(
    cluster: Cluster, marked: dict[str, str]
) -> None:
    Path("lists/a.bib").write_text(ENTRY, "utf-8")
    names = [f"cv{number}.yaml" for number in range(COUNT)]
    for number, name in enumerate(names):
        Path(name).write_text(PROFILE.format(number), "utf-8")
    Path(names[0]).write_text(PROFILE.format(0).replace("[x]", f"[{RARE}]"), "utf-8")
    forge(Path("fonts/forged.ttf"), f"{RARE} ")
    with subprocess.Popen(
        [*RUN, *BUILD, cluster.address, *names],
        env=marked,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(2)]
        cluster.kill_a_worker()
        rest, errors = process.communicate(timeout=60)
    lines += rest.splitlines(keepends=True)
    assert sorted(lines) == sorted(f"build/cv{n}-full.pdf: 1 page\n" for n in range(COUNT))
    assert (process.returncode, errors.splitlines()[-1]) == (0, f"{COUNT} built")
    for number in range(COUNT):
        said = subprocess.run(
            ["pdftotext", f"build/cv{number}-full.pdf", "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert f"Ada Quill{number}\n" in said
        assert "Serifs" in said
    again = run(cluster.address, *names, environment=marked)
    assert again.stdout.count("up to date") == COUNT


def test_what_is_wrong_is_told_by_the_names_at_home(
    cluster: Cluster, marked: dict[str, str]
) -> None:
    Path("over.yaml").write_text("person: {phone: '1'}\n", "utf-8")
    Path("sub").mkdir()
    Path("sub/cv.yaml").write_text(PROFILE.format(0), "utf-8")
    done = run(cluster.address, "sub/cv.yaml", "--overlay", "over.yaml", environment=marked)
    here = run("", "sub/cv.yaml", "--overlay", "over.yaml", environment=marked)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == here.stderr
    assert '"sub/lists/a.bib"' in done.stderr
    assert "sub/cv.yaml:3:15" in done.stderr


def test_without_a_scheduler_it_is_one_error(marked: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "cv.yaml"
    path.write_text(PROFILE.format(0), "utf-8")
    done = run("none://nowhere", str(path), environment=marked)
    assert (done.returncode, done.stdout) == (10, "")
    assert done.stderr.startswith('error: there is no Dask scheduler at "none://nowhere"')


def run(
    address: str, *arguments: str, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    options = (*BUILD, address) if address else BUILD[:3]
    return subprocess.run(
        [*RUN, *options, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
