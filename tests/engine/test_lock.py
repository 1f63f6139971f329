"""A lock is one holder's, and free again whatever became of that; one at a time makes things."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from cvforge.engine.lock import locked, making

if TYPE_CHECKING:
    from pathlib import Path

HOLDING = """
import sys, time
from pathlib import Path
from cvforge.engine.lock import locked, making
with locked(Path(sys.argv[1]), wait_seconds=0) as is_ours:
    print(is_ours, flush=True)
    time.sleep(60)
"""


def test_a_second_holder_is_refused_after_its_time(tmp_path: Path) -> None:
    with locked(tmp_path / "lock", wait_seconds=0) as first:
        before = time.monotonic()
        with locked(tmp_path / "lock", wait_seconds=0.2) as second:
            assert (first, second) == (True, False)
        assert 0.2 <= time.monotonic() - before < 5
    with locked(tmp_path / "lock", wait_seconds=0) as third:
        assert third


def test_who_is_told_to_end_does_not_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cvforge.engine.lock.is_told", lambda: True)
    with locked(tmp_path / "lock", wait_seconds=0) as first:
        before = time.monotonic()
        with locked(tmp_path / "lock", wait_seconds=120) as second:
            assert (first, second) == (True, False)
        assert time.monotonic() - before < 60


def test_who_waits_gets_it_as_soon_as_it_is_free(tmp_path: Path) -> None:
    got: list[bool] = []

    def wait() -> None:
        with locked(tmp_path / "lock", wait_seconds=30) as is_ours:
            got.append(is_ours)

    waiting = threading.Thread(target=wait)
    with locked(tmp_path / "lock", wait_seconds=0):
        waiting.start()
        time.sleep(0.1)
        assert got == []
    waiting.join(timeout=5)
    assert got == [True]


def test_a_holder_that_is_killed_holds_it_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    command = [sys.executable, "-c", HOLDING, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"True\n"
        with locked(path, wait_seconds=0) as is_ours:
            assert not is_ours
        program.kill()
    with locked(path, wait_seconds=5) as is_ours:
        assert is_ours


def test_one_at_a_time_makes_something_in_a_folder_that_goes_with_it(tmp_path: Path) -> None:
    with making(tmp_path / "new", wait_seconds=0) as first:
        assert first is not None
        assert first.parent == tmp_path / "new"
        with making(tmp_path / "new", wait_seconds=0) as second:
            assert second is None
        assert first.is_dir()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["lock"]


def test_what_a_killed_one_has_left_and_started_is_gone_when_the_next_begins(
    tmp_path: Path,
) -> None:
    left, kept = tmp_path / "making-abc", tmp_path / "made"
    for folder in (left / "dump", kept):
        folder.mkdir(parents=True)
    environment = {"TMPDIR": str(left / "dump")}
    with subprocess.Popen(["sleep", "60"], env=environment, start_new_session=True) as started:
        with making(tmp_path, wait_seconds=0):
            assert not left.exists()
            assert kept.is_dir()
        assert started.wait(10) == -signal.SIGKILL


def test_where_no_file_can_be_made_there_is_no_lock(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), locked(tmp_path / "absent/lock", wait_seconds=0):
        pass
