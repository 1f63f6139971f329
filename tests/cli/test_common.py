"""How commands find their profiles, and how they end when the system does not play along."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cvforge.cli import main
from cvforge.cli.common import profile_paths
from cvforge.errors import OutputError

GOOD = "person: {name: Ada Quill}\nsections: [{id: a, title: A, kind: bullets, bullets: [x]}]\n"
RUN = f'"{sys.executable}" -c "from cvforge.cli import main; main()"'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / "ada.yaml").write_text(GOOD, "utf-8")
    return tmp_path


def files(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GOOD, "utf-8")


def shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)


def test_a_profile_named_twice_is_taken_once_and_first() -> None:
    files("sub/bo.yaml")
    named = [Path(name) for name in ("sub/bo.yaml", "ada.yaml", "sub/../ada.yaml", "./ada.yaml")]
    assert profile_paths(named) == [Path("sub/bo.yaml"), Path("ada.yaml")]


def test_a_link_to_a_profile_is_another_profile() -> None:
    Path("bo.yaml").symlink_to("ada.yaml")
    assert profile_paths([Path("ada.yaml"), Path("bo.yaml")]) == [Path("ada.yaml"), Path("bo.yaml")]


def test_the_folder_is_taken_without_overlays_and_hidden_files() -> None:
    files("profiles/bo.yml", "profiles/ada.yaml", "profile.yaml")
    files("profiles/.c.yaml", "profiles/ada.private.yaml", "profiles/bo.private.yml")
    files("profiles/ada.bib", "profiles/old/d.yaml")
    assert profile_paths(None) == [Path("profiles/ada.yaml"), Path("profiles/bo.yml")]


@pytest.mark.parametrize("name", ["profile.yaml", "profile.yml"])
def test_without_the_folder_it_is_what_new_writes(name: str) -> None:
    files(name)
    assert profile_paths(None) == [Path(name)]


def test_an_empty_folder_or_none_at_all_is_an_error() -> None:
    with pytest.raises(OutputError, match="no profile is named"):
        profile_paths(None)
    files("profile.yaml", "profiles/.hidden.yaml")
    with pytest.raises(OutputError, match="no profile is named"):
        profile_paths(None)


@pytest.mark.parametrize("command", ["schema", "validate ada.yaml", "validate ada.yaml --json"])
@pytest.mark.parametrize(
    ("output", "reason"), [(">/dev/full", "no space left on device"), (">&-", "it is closed")]
)
def test_standard_output_that_cannot_be_written_is_one_line(
    command: str, output: str, reason: str
) -> None:
    done = shell(f"{RUN} {command} {output}")
    assert done.stderr == f"error: standard output cannot be written: {reason}\n\n"
    assert done.returncode == 10


@pytest.mark.parametrize("option", ["--help", "--version", "build --help"])
def test_help_that_cannot_be_written_is_one_line(option: str) -> None:
    done = shell(f"{RUN} {option} >/dev/full")
    assert done.stderr == "error: the system refuses to go on: no space left on device\n\n"
    assert done.returncode == 10


@pytest.mark.parametrize("errors", ["2>/dev/full", "2>&-"])
def test_standard_error_that_cannot_be_written_does_not_change_the_end(errors: str) -> None:
    assert shell(f"{RUN} validate ada.yaml {errors}").returncode == 0
    assert shell(f"{RUN} validate no.yaml {errors}").returncode == 10
    assert shell(f"{RUN} validate no.yaml >/dev/full {errors}").returncode == 10


def test_what_the_system_refuses_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("profiles").touch()
    with pytest.raises(SystemExit) as ended:
        main(["validate"])
    assert ended.value.code == 10
    assert capsys.readouterr().err == 'error: "profiles": not a directory\n\n'


def is_alive(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text("ascii").rpartition(")")[2]
    except FileNotFoundError:
        return False
    return state.split()[0] != "Z"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_engine_and_leaves_no_folder(folder: Path, number: int) -> None:
    temporary, programs, started = folder / "tmp", folder / "bin", folder / "started"
    temporary.mkdir()
    programs.mkdir()
    engine = programs / "tectonic"
    engine.write_text(f'#!/bin/sh\nsleep 60 &\necho $$ $! > "{started}"\nwait\n', "utf-8")
    engine.chmod(0o755)
    environment = os.environ | {
        "TMPDIR": str(temporary),
        "PATH": f"{programs}:{os.environ['PATH']}",
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    command = "from cvforge.cli import main; main()"
    options = ("--engine", "tectonic", "--variant", "full")
    with subprocess.Popen(
        [sys.executable, "-c", command, "build", "ada.yaml", *options],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        deadline = time.monotonic() + 30
        while not (started.exists() and started.read_text("ascii").endswith("\n")):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert list(temporary.iterdir()) != []
        process.send_signal(number)
        _, errors = process.communicate(timeout=10)
    assert process.returncode == 128 + number
    assert errors == "ada.yaml: setting full\n"
    assert list(temporary.iterdir()) == []
    children = started.read_text("ascii").split()
    assert len(children) == 2
    while any(is_alive(int(child)) for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.01)
