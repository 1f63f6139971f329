"""Reading and writing a user's files."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Thread

import pytest

from cvforge import files
from cvforge.diagnostics import Place
from cvforge.errors import BibliographyError, OutputError
from cvforge.files import read_file, write_again, write_file

ABANDONED = ".cvforge-0123456789abcdef"
# Every line of the module that writing comes to is, in a process of its own, the last one.
KILLED_AT_EVERY_LINE = """
import os, signal, sys
from pathlib import Path
from cvforge import files

path = Path(sys.argv[1])
old, new = b"old" * 4000, b"new" * 5000

def killed_at(last):
    count = 0
    def trace(frame, event, _):
        nonlocal count
        if frame.f_code.co_filename != files.__file__:
            return None
        count += event == "line"
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace
    files._remove_abandoned.cache_clear()  # each is another program
    sys.settrace(trace)
    files.write_file(path, new)
    os._exit(0)

seen, left, last, status = [], [], 0, 1
while status != 0:
    last += 1
    files._remove_abandoned.cache_clear()
    files.write_file(path, old)
    left.append(len(os.listdir(path.parent)))
    if (child := os.fork()) == 0:
        killed_at(last)
    status = os.waitpid(child, 0)[1]
    seen.append({old: "old", new: "new"}.get(path.read_bytes(), "broken"))
    left.append(len(os.listdir(path.parent)))
print(last, seen.index("new"), *sorted(set(seen)), max(left[::2]), max(left))
"""


def hint(path: Path) -> str | None:
    with pytest.raises(OutputError) as raised:
        read_file(path, limit=9)
    return raised.value.diagnostics[0].hint


def test_no_more_is_read_than_the_limit_and_one(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 100)
    assert read_file(path, limit=10) == b"x" * 11
    assert read_file(path, limit=100) == b"x" * 100


def test_the_error_is_of_the_class_and_at_the_place_asked_for(tmp_path: Path) -> None:
    place = Place("ada.yaml", 1, 1)
    with pytest.raises(BibliographyError) as raised:
        read_file(tmp_path / "no.bib", limit=9, error=BibliographyError, place=place)
    assert raised.value.diagnostics[0].place == place


def test_the_nearest_file_of_the_same_kind_is_named(tmp_path: Path) -> None:
    for name in ("quill.bib", "quil.yaml", "rune.bib"):
        (tmp_path / name).touch()
    assert hint(tmp_path / "quil.bib") == f'did you mean "{(tmp_path / "quill.bib").as_posix()}"?'


def test_without_a_near_name_the_first_few_are_listed(tmp_path: Path) -> None:
    for number in range(7):
        (tmp_path / f"{number}.bib").touch()
    assert hint(tmp_path / "ada.bib") == "the folder has 0.bib, 1.bib, 2.bib, 3.bib, 4.bib, …"


def test_nothing_is_named_where_there_is_nothing(tmp_path: Path) -> None:
    assert hint(tmp_path / "ada.bib") is None
    assert hint(tmp_path / "no" / "ada.bib") is None


def test_a_file_below_a_file_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert hint(tmp_path / "a" / "b.bib") is None


def test_a_null_character_in_a_name_is_no_fault_of_the_program() -> None:
    assert hint(Path("a\0.bib")) is None


def test_what_is_written_replaces_the_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.txt"
    write_file(path, b"one")
    write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "reason"),
    [(".", "it is a folder"), ("a/b", "not a directory"), ("a" * 300, "file name too long")],
)
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "a").touch()
    assert refusal(tmp_path / name) == (reason, None)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def refusal(path: Path) -> tuple[str, str | None]:
    """Return why ``path`` cannot be written, and the hint."""
    with pytest.raises(OutputError) as raised:
        write_file(path, b"new")
    (diagnostic,) = raised.value.diagnostics
    before, _, reason = diagnostic.message.partition(" cannot be written: ")
    assert before == f'"{path.as_posix()}"'
    return reason, diagnostic.hint


def test_killed_at_any_line_the_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED_AT_EVERY_LINE, tmp_path / "out" / "a.pdf"],
        capture_output=True,
        text=True,
        check=True,
    )
    lines, first_new, *states, before, after = done.stdout.split()
    assert 30 < int(first_new) < int(lines) < 200
    assert states == ["new", "old"]
    assert (int(before), int(after)) == (1, 2)  # one file is left at most, and not for long


def test_what_another_writer_is_writing_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    contents = [b"%d" % number * 100_000 for number in range(8)]
    with ThreadPoolExecutor(4) as writers:
        writing = [writers.submit(write_file, path, content) for content in contents * 80]
        wait(writing, return_when=FIRST_COMPLETED)
        while not all(each.done() for each in writing):
            assert path.read_bytes() in contents
    assert [each.result() for each in writing] == [None] * 640
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_what_a_killed_writer_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ABANDONED).write_bytes(b"half")
    others = {".cvforge-notes", f"{ABANDONED}0", "0123456789abcdef"}
    for name in others:
        (tmp_path / name).touch()
    pipe = ABANDONED.replace("0", "1")
    os.mkfifo(tmp_path / pipe)  # nobody may wait for a writer
    write_file(tmp_path / "a", b"")
    assert {path.name for path in tmp_path.iterdir()} == others | {"a"}


def test_a_folder_is_looked_through_once_however_many_files_are_written_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Path] = []
    glob = Path.glob

    def noted(folder: Path, pattern: str) -> object:
        looked.append(folder)
        return glob(folder, pattern)

    monkeypatch.setattr(Path, "glob", noted)
    monkeypatch.chdir(tmp_path)
    for folder in ("a", "b", "a", "b"):
        write_file(Path(folder, "file"), b"new")
    assert looked == [tmp_path / "a", tmp_path / "b"]


def test_a_file_that_is_taken_for_abandoned_before_its_lock_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def disturbed(_: int) -> None:
        made.extend(tmp_path.iterdir())
        if len(made) == 1:
            raise BlockingIOError
        if len(made) == 3:
            made[-1].unlink()

    monkeypatch.setattr(files, "lock", disturbed)
    write_file(tmp_path / "a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"


def test_where_there_are_no_locks_files_are_written_and_none_is_taken_for_abandoned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "fcntl", None)
    (tmp_path / ABANDONED).touch()
    write_file(tmp_path / "a", b"x")
    assert {path.name for path in tmp_path.iterdir()} == {ABANDONED, "a"}


def test_the_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a"
    before = os.umask(0o027)
    try:
        write_file(path, b"")
        assert path.stat().st_mode & 0o777 == 0o640
        for mode in (0o600, 0o666, 0o755):
            path.chmod(mode)
            write_file(path, b"")
            assert path.stat().st_mode & 0o7777 == mode
    finally:
        os.umask(before)


def test_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o444)
    assert refusal(path) == ("it is read-only", files.way_out(PermissionError(errno.EACCES, "")))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("target", ["real", "nothing"])
def test_a_link_is_replaced_and_what_it_leads_to_is_not_touched(
    tmp_path: Path, target: str
) -> None:
    (tmp_path / "real").write_bytes(b"real")
    path = tmp_path / "a"
    path.symlink_to(target)
    write_file(path, b"new")
    assert not path.is_symlink()
    assert path.read_bytes() == b"new"
    assert (tmp_path / "real").read_bytes() == b"real"
    assert not (tmp_path / "nothing").exists()


def test_a_link_to_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a").symlink_to("folder")
    assert refusal(tmp_path / "a") == ("it is a folder", None)


def test_what_is_no_regular_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    assert refusal(tmp_path / "a") == ("it is no regular file", None)
    assert (tmp_path / "a").is_fifo()


def test_who_has_the_old_file_open_reads_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_file(path, b"old" * 100_000)
    with path.open("rb") as reader:
        first = reader.read(10)
        write_file(path, b"new")
        assert first + reader.read() == b"old" * 100_000
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    "number",
    [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EPERM, errno.EBUSY, errno.EIO],
)
@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_whatever_the_system_refuses_the_old_file_is_there_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(f"pathlib.Path.{call}" if call == "replace" else f"os.{call}", refuse)
        reason, hint = refusal(path)
    assert reason.lower() == os.strerror(number).lower()
    assert (hint is None) == (number == errno.EIO)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_synchronised_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synchronise = os.fsync
    calls: list[int] = []

    def second_fails(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(errno.EINVAL, "no")
        synchronise(descriptor)

    monkeypatch.setattr(os, "fsync", second_fails)
    write_file(tmp_path / "a", b"new")
    assert len(calls) == 2
    assert (tmp_path / "a").read_bytes() == b"new"


def test_what_can_be_made_again_is_replaced_without_waiting_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "fsync")
    path = tmp_path / "made/here/cache.json"
    write_again(path, b"a longer one")
    write_again(path, b"short")
    assert {each: each.read_bytes() for each in path.parent.iterdir()} == {path: b"short"}


def test_what_a_killed_writer_left_of_it_is_removed_by_the_next(tmp_path: Path) -> None:
    script = (
        "import os, pathlib, sys; from cvforge.files import write_again;"
        "pathlib.Path.replace = lambda *_: os._exit(9);"
        "write_again(pathlib.Path(sys.argv[1]), b'x')"
    )
    path = tmp_path / "cache.json"
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
        assert done.returncode == 9
    assert len([*tmp_path.iterdir()]) == 1
    write_again(path, b"new")
    assert [*tmp_path.iterdir()] == [path]


def test_two_writers_of_what_can_be_made_again_do_not_mix_it(tmp_path: Path) -> None:
    path = tmp_path / "cache.json"
    contents = (b"a" * 300_000, b"b" * 200_000)
    write_again(path, contents[0])

    def write(content: bytes) -> None:
        for _ in range(100):
            write_again(path, content)

    threads = [Thread(target=write, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert path.read_bytes() in contents
    for thread in threads:
        thread.join()
    assert [*tmp_path.iterdir()] == [path]
