"""The program does the same whether a process stands by or not."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bystander import Bystander, children, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD = "person: {name: Ada Quill}\nsections: [{id: a, title: A, kind: bullets, bullets: [%s]}]\n"
RUN = 'exec "$0" -m cvforge "$@"'


@pytest.fixture(scope="module")
def bystander() -> Iterator[Bystander]:
    """The real process, started by a command."""
    with tempfile.TemporaryDirectory(prefix="cv", ignore_cleanup_errors=True) as cache:
        made = Bystander(Path(cache))
        profile = Path(cache, "ada.yaml")
        profile.write_text(GOOD % "x", "utf-8")
        try:
            subprocess.run(
                [sys.executable, "-m", "cvforge", "validate", profile],
                env=made.environment,
                check=True,
            )
            wait_until(made.number)
            yield made
        finally:
            made.close()


def outcome(
    folder: Path, script: str, arguments: tuple[str, ...], environment: dict[str, str]
) -> tuple[object, ...]:
    """Return all that can be seen of a command: status, streams, and the files that it made."""
    folder.mkdir()
    for name, text in {"ada": "x", "math": "'$a^2$'", "ä b": "ö", "bad": "[1"}.items():
        (folder / f"{name}.yaml").write_text(GOOD % text, "utf-8")
    done = subprocess.run(
        ["sh", "-c", script, sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
    )
    files = {
        path.relative_to(folder): (path.stat().st_mode, hashlib.sha256(path.read_bytes()).digest())
        for path in sorted(folder.rglob("*.pdf"))
    }
    return done.returncode, done.stdout, done.stderr, files


def assert_same(
    bystander: Bystander, tmp_path: Path, *arguments: str, script: str = RUN, is_left: bool = True
) -> tuple[object, ...]:
    number = bystander.ready()
    before = children(number)
    left = outcome(tmp_path / "left", script, arguments, bystander.environment)
    if is_left:  # one attendant does it, and the next one waits
        wait_until(lambda: not {*children(number)} & {*before})
    else:
        assert children(number) == before
    alone = bystander.environment | {"CVFORGE_STANDBY": "off"}
    assert outcome(tmp_path / "alone", script, arguments, alone) == left
    return left


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("validate", "ada.yaml", "ä b.yaml"), 0),
        (("validate", "bad.yaml"), 3),
        (("build", "gone\udcff.yaml"), 10),
        (("build", "--nothing"), 2),
        (("check", "--help"), 0),
        (("fit", "gone.yaml", "--json"), 10),
    ],
)
def test_a_command_says_and_ends_the_same(
    bystander: Bystander, tmp_path: Path, arguments: tuple[str, ...], status: int
) -> None:
    assert assert_same(bystander, tmp_path, *arguments)[0] == status


@pytest.mark.slow
@pytest.mark.parametrize(
    "script",
    [
        f"({RUN}) > /dev/full",
        f"({RUN}) 2> /dev/full",
        f"({RUN}) | head -0",
        f"umask 077; {RUN}",
        f"LC_ALL=C {RUN}",
        f'nohup sh -c \'{RUN}\' "$0" "$@"',
    ],
)
def test_whatever_it_is_called_from(bystander: Bystander, tmp_path: Path, script: str) -> None:
    assert_same(bystander, tmp_path, "validate", "ada.yaml", "ä b.yaml", script=script)


@pytest.mark.parametrize("script", [f"{RUN} <&-", f"{RUN} >&-", f"ulimit -f 1000; {RUN}"])
def test_what_cannot_be_left_is_done_here(
    bystander: Bystander, tmp_path: Path, script: str
) -> None:
    assert_same(bystander, tmp_path, "validate", "ada.yaml", script=script, is_left=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("ada.yaml", "math.yaml", "ä b.yaml", "bad.yaml"),
        ("ada.yaml", "math.yaml", "--jobs", "2", "-q"),
        ("ada.yaml", "--engine", "lualatex", "--variant", "full"),
        ("math.yaml", "--pages", "1", "--json"),
    ],
)
def test_pdfs_are_the_same_bytes(
    bystander: Bystander, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    files = assert_same(bystander, tmp_path, "build", *arguments)[3]
    assert files


@pytest.mark.slow
def test_ctrl_c_ends_workers_that_are_forks(bystander: Bystander, tmp_path: Path) -> None:
    names = [f"cv{number}.yaml" for number in range(60)]
    for name in names:
        (tmp_path / name).write_text(GOOD % name, "utf-8")
    work = tmp_path / "tmp"
    work.mkdir()
    bystander.ready()
    with subprocess.Popen(
        [sys.executable, "-m", "cvforge", "build", *names, "--jobs", "2", "-q"],
        cwd=tmp_path,
        env=bystander.environment | {"TMPDIR": str(work)},
        stderr=subprocess.PIPE,
    ) as command:
        wait_until(lambda: [*work.glob("*/cv.tex")])
        folders, processes = {*work.iterdir()}, _below(work)
        assert processes
        command.send_signal(signal.SIGINT)
        _, errors = command.communicate(timeout=20)
    assert (command.returncode, errors) == (130, b"")
    # An engine may wait there for the next command. What was behind the wall dies with it, a moment
    # after it.
    wait_until(lambda: folders.isdisjoint(work.iterdir()))
    wait_until(lambda: processes.isdisjoint(_below(work)))


def _below(folder: Path) -> set[str]:
    """Return the processes that work below a folder."""
    return {link.parts[2] for link in Path("/proc").glob("[0-9]*/cwd") if _leads_to(link, folder)}


def _leads_to(link: Path, folder: Path) -> bool:
    try:
        return link.readlink().is_relative_to(folder)
    except OSError:
        return False


def test_ctrl_c_while_nothing_is_loaded_ends_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "socket.py").write_text("import os; os.kill(os.getpid(), 2)\n", "utf-8")
    paths = [str(tmp_path), *sys.path]
    done = subprocess.run(
        [sys.executable, "-m", "cvforge", "--version"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_a_command_that_fails_starts_nobody(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="cv", ignore_cleanup_errors=True) as cache:
        made = Bystander(Path(cache))
        done = subprocess.run(
            [sys.executable, "-m", "cvforge", "validate", "gone.yaml"],
            cwd=tmp_path,
            env=made.environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 10
        assert not made.folder.exists()
        made.close()
