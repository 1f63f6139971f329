"""Broken input, one folder a case: the whole of what is printed, and the exit status.

A folder has ``profile.yaml`` and what else the case needs; ``command.txt`` holds the arguments
where they are not ``validate profile.yaml``, after ``NAME=value`` of the environment.
"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from cvforge.cli import main

CASES = Path(__file__).parent / "cases" / "broken"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())


def test_there_are_cases() -> None:
    assert len(NAMES) >= 45


@pytest.mark.parametrize("name", NAMES)
def test_broken_input_is_answered_as_expected(
    name: str,
    *,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    update_golden: bool,
) -> None:
    folder = tmp_path / "case"
    shutil.copytree(CASES / name, folder)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    with pytest.raises(SystemExit) as ended:
        main(_arguments(folder, monkeypatch))
    printed = capfd.readouterr()
    assert "Traceback" not in printed.err
    assert ended.value.code not in (0, 1)
    answer = {"expected.txt": printed.err, "status.txt": f"{ended.value.code}\n"}
    if printed.out:
        answer["stdout.txt"] = printed.out
    if update_golden:
        _write(CASES / name, answer)
    assert answer == _golden(CASES / name)


def _arguments(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    command = folder / "command.txt"
    words = shlex.split(command.read_text() if command.exists() else "validate profile.yaml")
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        monkeypatch.setenv(name, value)
    return words


def _golden(case: Path) -> dict[str, str]:
    golden = {name: case / name for name in ("expected.txt", "status.txt", "stdout.txt")}
    return {name: path.read_text() for name, path in golden.items() if path.exists()}


def _write(case: Path, answer: dict[str, str]) -> None:
    (case / "stdout.txt").unlink(missing_ok=True)
    for name, text in answer.items():
        (case / name).write_text(text)
