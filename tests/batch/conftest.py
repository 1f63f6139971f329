"""What the tests of batches share: commands as processes of their own, and who is still alive."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RUN = (sys.executable, "-c", "from cvforge.cli import main; main()")


@pytest.fixture(scope="session")
def environment(pytestconfig: pytest.Config) -> dict[str, str]:
    """The environment of a command, with a cache that the tests keep."""
    cache = pytestconfig.cache
    assert cache is not None
    kept = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    return kept | {"XDG_CACHE_HOME": str(cache.mkdir("xdg"))}


@pytest.fixture
def marked(tmp_path: Path, environment: dict[str, str]) -> dict[str, str]:
    """An environment by which the processes of this test are known."""
    (tmp_path / "tmp").mkdir()
    return environment | {"TMPDIR": str(tmp_path / "tmp")}


@pytest.fixture
def left(tmp_path: Path) -> Callable[[], list[str]]:
    """Tells which processes and folders a command has left behind, after a while."""

    def look() -> list[str]:
        deadline = time.monotonic() + 10
        while (found := _alive(tmp_path) + _folders(tmp_path)) and time.monotonic() < deadline:
            time.sleep(0.05)
        return found

    return look


def _alive(folder: Path) -> list[str]:
    mark = f"TMPDIR={folder / 'tmp'}\0".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        if process.name == str(os.getpid()):
            continue
        try:
            if mark in (process / "environ").read_bytes() or folder == (process / "cwd").readlink():
                found.append((process / "cmdline").read_text("utf-8").replace("\0", " "))
        except OSError:
            continue  # it has ended, or is another user's
    return found


def _folders(folder: Path) -> list[str]:
    return [path.name for path in (folder / "tmp").iterdir()]
