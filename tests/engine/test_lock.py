"""A lock is one holder's, and free again whatever became of that."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from cvforge.engine.lock import locked

if TYPE_CHECKING:
    from pathlib import Path

HOLDING = """
import sys, time
from pathlib import Path
from cvforge.engine.lock import locked
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


def test_where_no_file_can_be_made_there_is_no_lock(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), locked(tmp_path / "absent/lock", wait_seconds=0):
        pass
