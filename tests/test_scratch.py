"""Folders to work in: they are gone with the work, and with a later run when it was killed."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from cvforge import scratch
from cvforge.errors import OutputError
from cvforge.files import is_full
from cvforge.scratch import WorkFolder, remove_abandoned, require_room, write

ABANDONED = "cvforge-0123456789abcdef-abcd_123"
HOLD = """
import sys
from cvforge.files import is_full
from cvforge.scratch import WorkFolder
with WorkFolder() as path:
    print(path, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_a_folder_is_private_and_gone_with_the_work(temporary: Path) -> None:
    with WorkFolder() as path:
        assert path.parent == temporary
        assert path.stat().st_mode & 0o777 == 0o700
        (path / "a").mkdir()
        (path / "a" / "b").write_bytes(b"x")
    assert list(temporary.iterdir()) == []


def test_what_nobody_may_enter_is_removed_all_the_same(temporary: Path) -> None:
    with WorkFolder() as path:
        (path / "a" / "b").mkdir(parents=True)
        (path / "a").chmod(0)
    assert list(temporary.iterdir()) == []


def test_what_a_killed_run_left_is_removed_by_the_next_and_no_sooner(temporary: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        left = Path(process.stdout.readline().strip())
        with WorkFolder():
            assert left.is_dir()
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert left.is_dir()
    with WorkFolder() as path:
        assert list(temporary.iterdir()) == [path]


def test_what_a_killed_run_has_started_ends_with_its_folder(temporary: Path) -> None:
    left = temporary / ABANDONED
    left.mkdir()
    sleep = ["sleep", "60"]
    with (
        subprocess.Popen(sleep, env={"TMPDIR": str(left)}, start_new_session=True) as started,
        subprocess.Popen(sleep, cwd=left, env={"TMPDIR": f"{left}x"}) as other,
    ):
        remove_abandoned(temporary)
        assert started.wait(10) == -signal.SIGKILL
        assert not left.exists()
        assert other.poll() is None
        other.kill()


def test_nothing_else_is_removed(temporary: Path) -> None:
    (temporary / ABANDONED.replace("0", "1")).mkdir()
    (temporary / "elsewhere").mkdir()
    names = {"cvforge-profiles", "cvforge-0123456789abcdef", f"{ABANDONED}4"}
    for name in names:
        (temporary / name).mkdir()
    (temporary / ABANDONED).symlink_to("elsewhere")
    (temporary / ABANDONED.replace("0", "2")).touch()
    with WorkFolder():
        pass
    names |= {"elsewhere", ABANDONED, ABANDONED.replace("0", "2")}
    assert {path.name for path in temporary.iterdir()} == names


def test_what_belongs_to_another_user_is_not_removed(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (temporary / ABANDONED).mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(os, "geteuid", lambda: (temporary / ABANDONED).stat().st_uid + 1)
        remove_abandoned(temporary)
        assert (temporary / ABANDONED).exists()
    remove_abandoned(temporary)
    assert not (temporary / ABANDONED).exists()


def test_runs_at_once_do_not_take_the_folders_of_each_other(temporary: Path) -> None:
    def work(number: int) -> bool:
        with WorkFolder() as path:
            write(path / "a", b"%d" % number)
            remove_abandoned(temporary)
            return (path / "a").read_bytes() == b"%d" % number

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(work, range(400)))
    assert list(temporary.iterdir()) == []


def test_a_folder_that_is_taken_before_its_lock_is_made_anew(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Path] = []

    def hold(path: Path, _: int) -> bool:
        tried.append(path)
        return len(tried) == 3

    monkeypatch.setattr(scratch, "hold", hold)
    with WorkFolder() as path:
        assert path == tried[-1]
        assert list(temporary.iterdir()) == [path]


def test_a_folder_that_is_kept_stays_where_it_was_asked_for(temporary: Path) -> None:
    kept = temporary / "kept"
    kept.mkdir()
    with WorkFolder(kept_in=kept) as path:
        (path / "a").touch()
    assert path.parent == kept
    assert (path / "a").exists()
    with WorkFolder():
        assert path.is_dir()


def refusal(error: pytest.ExceptionInfo[OutputError]) -> tuple[str, str | None]:
    (diagnostic,) = error.value.diagnostics
    return diagnostic.message, diagnostic.hint


def test_where_no_folder_can_be_written_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: ["/dev/null/a"])
    with pytest.raises(OutputError) as raised:
        WorkFolder()
    assert refusal(raised) == (
        "there is no folder for temporary files that can be written",
        "set TMPDIR to a folder that can be written",
    )


@pytest.mark.parametrize("call", ["os.mkdir", "cvforge.scratch.open"])
def test_a_full_disk_is_said_with_the_way_out(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def work() -> None:
        with WorkFolder() as path:
            write(path / "a", b"x")

    with monkeypatch.context() as patched:
        patched.setattr(call, refuse, raising=False)
        with pytest.raises(OutputError) as raised:
            work()
    assert refusal(raised) == (
        f'temporary files cannot be written in "{temporary}": no space left on device',
        "make room there, or set TMPDIR to another folder",
    )
    assert list(temporary.iterdir()) == []


def test_a_full_disk_is_blamed_when_it_is_full_alone(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with WorkFolder() as path:
        require_room(path)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=4096))
        with pytest.raises(OutputError, match="no space left on device"):
            require_room(path)
    monkeypatch.undo()
    assert not is_full(temporary)
    assert not is_full(temporary / "absent")


def test_a_file_is_read_up_to_a_length(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert scratch.read(tmp_path / "a", 10) == b"abc"
    assert scratch.read(tmp_path / "a", 2) == b"ab"


@pytest.mark.parametrize("kind", ["absent", "link", "dangling", "folder", "pipe"])
def test_what_is_no_file_is_neither_read_nor_written_through(tmp_path: Path, kind: str) -> None:
    """Whoever worked in the folder may have left a way out of it."""
    (tmp_path / "work").mkdir()
    target, path = tmp_path / "target", tmp_path / "work" / "cv.log"
    target.write_bytes(b"secret")
    if kind in {"link", "dangling"}:
        path.symlink_to(target if kind == "link" else tmp_path / "made")
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    assert scratch.read(path, 100) is None
    if kind != "absent":
        with pytest.raises(OutputError):
            scratch.write(path, b"x")
    assert target.read_bytes() == b"secret"
    assert not (tmp_path / "made").exists()


def test_a_shorter_content_takes_the_place_of_a_longer_one(tmp_path: Path) -> None:
    for content in (b"a longer one", b"short", b""):
        scratch.write(tmp_path / "a", content)
        assert (tmp_path / "a").read_bytes() == content


def test_a_folder_in_which_nothing_was_done_is_not_kept(tmp_path: Path) -> None:
    kept = WorkFolder(kept_in=tmp_path)
    kept.discard()
    assert list(tmp_path.iterdir()) == []
