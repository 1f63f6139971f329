"""Real builds of two small profiles into one place, and what is left of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

PROFILE = """\
person: {{name: Ada Quill}}
sections: [{{id: a, title: A, kind: bullets, bullets: [{text}]}}]
"""
CONTENTS = ("old", "new")
COMMAND = "from cvforge.cli import main; main()"
KNOWN = {"cv-full.pdf", ".cvforge"}  # what belongs into the output folder
END_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Site:
    """Folders of our own for everything that a build writes to; its processes name them."""

    folder: Path
    cache: Path

    @property
    def output(self) -> Path:
        return self.folder / "out"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    @property
    def pdf(self) -> Path:
        return self.output / "cv-full.pdf"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "TMPDIR": str(self.temporary),
            "XDG_CACHE_HOME": str(self.cache),
            "GITHUB_ACTIONS": "",
        }

    def command(self, content: str) -> list[str]:
        """Return what builds a content; every content is written to the same place."""
        profile, output = f"{self.folder}/{content}/cv.yaml", str(self.output)
        options = ("-q", "--force", "--variant", "full", "--output", output)
        return [sys.executable, "-c", COMMAND, "build", profile, *options]

    def start(self, content: str, *before: str) -> subprocess.Popen[str]:
        """Start a build of a content, by the command ``before`` it where one is given."""
        return subprocess.Popen(
            [*before, *self.command(content)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def build(self, content: str, *before: str) -> tuple[int, str]:
        """Build a content; return the exit status and what was said."""
        with self.start(content, *before) as process:
            _, errors = process.communicate(timeout=120)
        return process.returncode, errors

    def processes(self) -> list[int]:
        """Return the processes of all builds here that run, those that they started included."""
        return [int(path.name) for path in Path("/proc").glob("[0-9]*") if self._is_ours(path)]

    def _is_ours(self, process: Path) -> bool:
        with suppress(OSError):
            known = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            return os.fsencode(self.folder) in known + os.fsencode((process / "cwd").readlink())
        return False

    def kill(self) -> None:
        """End every process of the builds here at once, as a machine does that runs out.

        A group is ended as one, with what comes into being meanwhile.
        """
        for number in self.processes():
            with suppress(ProcessLookupError):
                group = os.getpgid(number)
                if group == os.getpgrp():
                    os.kill(number, signal.SIGKILL)
                else:
                    os.killpg(group, signal.SIGKILL)

    def has_ended(self) -> bool:
        """Wait until no process is left; False when some stay."""
        deadline = time.monotonic() + END_SECONDS
        while self.processes():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        return True

    def left_behind(self) -> list[str]:
        """Return what is left of builds among the temporary files and beside the PDF."""
        beside = [path.name for path in self.output.rglob(".cvforge-*")]
        strange = [path.name for path in self.output.iterdir() if path.name not in KNOWN]
        return sorted({path.name for path in self.temporary.iterdir()}.union(beside, strange))


def site_in(folder: Path, cache: Path) -> Site:
    """Make what a build needs in an empty folder."""
    for path in (folder / "out", folder / "tmp", cache, *(folder / each for each in CONTENTS)):
        path.mkdir(parents=True, exist_ok=True)
    for content in CONTENTS:
        (folder / content / "cv.yaml").write_text(PROFILE.format(text=content), "utf-8")
    return Site(folder, cache)


@pytest.fixture(scope="session")
def warm_cache(pytestconfig: pytest.Config) -> Path:
    """The cache that these tests keep, and share."""
    cache = pytestconfig.cache
    assert cache is not None
    return cache.mkdir("robustness")


@pytest.fixture(scope="session")
def pdfs(tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> dict[str, bytes]:
    """The PDF of each content, built undisturbed."""
    site = site_in(tmp_path_factory.mktemp("undisturbed"), warm_cache)
    warm = [sys.executable, "-c", COMMAND, "cache", "warm", "--quiet"]
    subprocess.run(warm, env=site.environment, check=True)
    made = {}
    for content in CONTENTS:
        assert site.build(content) == (0, "")
        made[content] = site.pdf.read_bytes()
    assert made["old"] != made["new"]
    assert site.left_behind() == []
    return made


@pytest.fixture
def site(tmp_path: Path, warm_cache: Path, pdfs: dict[str, bytes]) -> Site:
    """A place to build in that holds the old PDF."""
    made = site_in(tmp_path, warm_cache)
    made.pdf.write_bytes(pdfs["old"])
    return made


@pytest.fixture
def cold(tmp_path: Path, pdfs: dict[str, bytes]) -> Site:
    """A place to build in that holds the old PDF, with an empty cache."""
    made = site_in(tmp_path, tmp_path / "cache")
    made.pdf.write_bytes(pdfs["old"])
    return made
