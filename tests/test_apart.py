"""What is started apart goes on by itself, with nothing of ours but the environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bystander import wait_until

import cvforge

if TYPE_CHECKING:
    import pytest

MODULE = """
import os, pathlib, sys
left = [str(pathlib.Path(f"/proc/self/fd/{n}").readlink()) for n in range(3)]
found = os.getcwd(), os.getsid(0) == os.getpid(), left, sys.path[0]
pathlib.Path(sys.argv[1]).write_text(repr(found))
"""


STARTING = """
import os, sys, time
from cvforge.apart import start_apart
start_apart("noting", sys.argv[1])
time.sleep(0.5)
print(os.path.exists(sys.argv[1]))
"""


def test_it_runs_in_a_session_of_its_own_with_no_folder_and_no_streams_when_all_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "noting.py").write_text(MODULE, "utf-8")
    package = str(Path(cvforge.__file__).parents[1])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), package]))
    note = tmp_path / "note"
    done = subprocess.run(
        [sys.executable, "-c", STARTING, str(note)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
    wait_until(lambda: note.exists() and note.stat().st_size > 0)
    assert note.read_text("utf-8") == repr(("/", True, [os.devnull] * 3, package))


def test_python_ends_without_a_word_while_it_runs() -> None:
    code = "from cvforge.apart import start_apart; start_apart('timeit', '-n1', '-r1', 'pass')"
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", code], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")
