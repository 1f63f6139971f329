"""``cvforge watch`` as its user sees it: a process that follows the files."""

from __future__ import annotations

import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from portraits import drawn, portrait
from portraits import saved as saved_image

from cvforge.templates.folder import templates_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RUN = (sys.executable, "-c", "from cvforge.cli import main; main()", "watch")
GOOD = """
person: {{name: Ada Quill}}
sections: [{{id: a, title: A, kind: bullets, bullets: [{}]}}]
"""
PUBLISHED = "bibliography: ada.bib\nsections: [{id: p, title: P, kind: publications}]\n"
ENTRY = "@misc{{a, title = {{Serifs {}}}, author = {{Quill, Ada}}, year = 2020}}"
BUILT = re.compile(r"\d\d:\d\d:\d\d (?P<name>[\w-]+\.pdf) \d+ ms")
WAIT_SECONDS = 60.0
QUIET_SECONDS = 1.5


class Watching:
    """A command that watches, and what it says."""

    def __init__(self, *arguments: str, environment: dict[str, str]) -> None:
        self._said: queue.Queue[str] = queue.Queue()
        self.process = subprocess.Popen(
            [*RUN, *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._said.put(line.rstrip())

    def until(self, wanted: str) -> list[str]:
        """Return what is said until a line contains ``wanted``."""
        said: list[str] = []
        while not said or wanted not in said[-1]:
            said.append(self._said.get(timeout=WAIT_SECONDS))
        return said

    def built(self, count: int) -> list[str]:
        """Return the names of the next PDFs; nothing else may be said."""
        lines = [self._said.get(timeout=WAIT_SECONDS) for _ in range(count)]
        matches = [BUILT.fullmatch(line) for line in lines]
        assert None not in matches, lines
        return [match["name"] for match in matches if match is not None]

    def silence(self) -> list[str]:
        """Return what is said for a while, which should be nothing."""
        time.sleep(QUIET_SECONDS)
        return list(self._said.queue)

    def close(self) -> None:
        assert self.process.stdout is not None
        self.process.kill()
        self.process.wait()
        self._listener.join()
        self.process.stdout.close()

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=15)


@pytest.fixture
def start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> Iterator[Callable[..., Watching]]:
    """Start the command in a folder that has a profile, with a cache that the tests keep."""
    cache = pytestconfig.cache
    assert cache is not None
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tmp").mkdir()
    Path("ada.yaml").write_text(GOOD.format("one"), "utf-8")
    environment = {k: v for k, v in os.environ.items() if k != "GITHUB_ACTIONS"}
    environment |= {"XDG_CACHE_HOME": str(cache.mkdir("xdg")), "TMPDIR": str(tmp_path / "tmp")}
    started: list[Watching] = []

    def begin(*arguments: str) -> Watching:
        started.append(Watching(*arguments, environment=environment))
        return started[-1]

    yield begin
    for watching in started:
        watching.close()


def text_of(name: str) -> str:
    return subprocess.run(
        ["pdftotext", f"build/{name}", "-"], capture_output=True, text=True, check=True
    ).stdout


def saved(path: str, text: str) -> None:
    """Save as editors do that never leave half a file."""
    Path(f".{path}.new").write_text(text, "utf-8")
    Path(f".{path}.new").replace(path)


def renamed_away(path: str, text: str) -> None:
    """Save as editors do that keep the old file."""
    Path(path).rename(f"{path}~")
    Path(path).write_text(text, "utf-8")


def written(path: str, text: str) -> None:
    Path(path).write_text(text, "utf-8")


def removed_and_back(path: str, text: str) -> None:
    Path(path).unlink()
    time.sleep(0.002)
    Path(path).write_text(text, "utf-8")


def one(watching: Watching) -> None:
    """Take the first build."""
    assert watching.until(" ms")[0].startswith("watching")


@pytest.mark.parametrize("save", [written, saved, renamed_away, removed_and_back])
def test_a_saved_profile_is_built_however_it_is_saved(
    save: Callable[[str, str], None], start: Callable[..., Watching]
) -> None:
    watching = start("ada.yaml", "--variant", "full")
    one(watching)
    save("ada.yaml", GOOD.format("two"))
    watching.until("ada-full.pdf")
    deadline = time.monotonic() + WAIT_SECONDS
    while "two" not in text_of("ada-full.pdf"):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_burst_ends_with_the_last_text_and_what_says_the_same_builds_nothing(
    start: Callable[..., Watching],
) -> None:
    watching = start("ada.yaml", "--variant", "full")
    one(watching)
    for number in range(40):
        saved("ada.yaml", GOOD.format(f"number {number}"))
    deadline = time.monotonic() + WAIT_SECONDS
    while "number 39" not in text_of("ada-full.pdf"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    builds = watching.silence()
    assert len(builds) < 20
    os.utime("ada.yaml")
    saved("ada.yaml", Path("ada.yaml").read_text("utf-8"))
    assert watching.silence() == builds


def test_a_broken_profile_is_told_and_its_last_good_pdf_stays(
    start: Callable[..., Watching],
) -> None:
    watching = start("ada.yaml", "--variant", "full")
    one(watching)
    good = Path("build/ada-full.pdf").read_bytes()
    for _ in range(2):
        saved("ada.yaml", "person: {nam: Ada Quill}\n")
        said = watching.until("not built")
        assert any(line.startswith("error: ") for line in said)
        assert Path("build/ada-full.pdf").read_bytes() == good
        saved("ada.yaml", GOOD.format("one"))
        assert watching.built(1) == ["ada-full.pdf"]


def test_a_photo_is_watched(start: Callable[..., Watching]) -> None:
    saved("ada.yaml", GOOD.format("one").replace("Ada Quill", "Ada Quill, photo: me.jpg"))
    watching = start("ada.yaml", "--variant", "full")
    assert any("no file" in line for line in watching.until("not built"))
    Path("new").write_bytes(portrait())
    Path("new").replace("me.jpg")
    assert watching.built(1) == ["ada-full.pdf"]
    first = Path("build/ada-full.pdf").read_bytes()
    Path("new").write_bytes(saved_image(drawn()))
    Path("new").replace("me.jpg")
    assert watching.built(1) == ["ada-full.pdf"]
    assert Path("build/ada-full.pdf").read_bytes() != first


def test_whatever_was_read_or_looked_for_is_watched(start: Callable[..., Watching]) -> None:
    saved("ada.yaml", f"person: {{name: Ada Quill}}\n{PUBLISHED}")
    watching = start("ada.yaml", "--variant", "full")
    assert any("no file" in line for line in watching.until("not built"))
    written("ada.bib", ENTRY.format("one"))
    assert watching.built(1) == ["ada-full.pdf"]
    saved("ada.bib", ENTRY.format("two"))
    watching.built(1)
    assert "Serifs two" in text_of("ada-full.pdf")
    written("ada.private.yaml", "person: {name: Ada Private}\n")
    watching.built(1)
    assert "Ada Private" in text_of("ada-full.pdf")
    Path("ada.private.yaml").unlink()
    watching.built(1)
    assert "Ada Quill" in text_of("ada-full.pdf")


def test_an_own_template_is_watched_also_for_files_that_come(
    start: Callable[..., Watching],
) -> None:
    shutil.copytree(templates_folder() / "classic", "mine/classic")
    own = Path("mine/classic/cvforge-classic.cls")
    shipped = own.read_text("utf-8")
    own.write_text(f"{shipped}\n\\input{{looks.tex}}\n", "utf-8")
    watching = start("ada.yaml", "--variant", "full", "--template-folder", "mine")
    assert any("looks.tex" in line for line in watching.until("not built"))
    Path("mine/classic/looks.tex").write_text("% nothing yet\n", "utf-8")
    assert watching.built(1) == ["ada-full.pdf"]
    first = Path("build/ada-full.pdf").read_bytes()
    Path("mine/classic/looks.tex").write_text("\\AtBeginDocument{\\vspace*{9mm}}\n", "utf-8")
    assert watching.built(1) == ["ada-full.pdf"]
    assert Path("build/ada-full.pdf").read_bytes() != first
    Path("mine/classic/.looks.tex.swp").touch()
    assert watching.silence() == []


def test_only_what_has_changed_is_built(start: Callable[..., Watching]) -> None:
    more = "variants: {bid: {}}\n"
    written("ada.yaml", GOOD.format("ada") + more)
    written("bo.yaml", GOOD.format("bo") + more)
    watching = start("ada.yaml", "bo.yaml", "--variant", "full", "--variant", "bid")
    assert len([line for line in watching.until("bo-bid.pdf") if " ms" in line]) == 4
    saved("bo.yaml", GOOD.format("changed") + more)
    assert watching.built(2) == ["bo-full.pdf", "bo-bid.pdf"]
    assert watching.silence() == []


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_it_with_nothing_left(
    number: int, status: int, tmp_path: Path, start: Callable[..., Watching]
) -> None:
    watching = start("ada.yaml", "--variant", "full")
    one(watching)
    time.sleep(0.5)  # an engine waits
    children = shutil.which("pgrep")
    assert children is not None
    waiting = subprocess.run(
        [children, "-P", str(watching.process.pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    assert waiting != []
    assert watching.end(number) == status
    assert [pid for pid in waiting if Path(f"/proc/{pid}").exists()] == []
    assert list((tmp_path / "tmp").iterdir()) == []
    assert watching.silence() == []
