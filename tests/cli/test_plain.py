"""What is read without typer is what typer would have read."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from cvforge.cli.plain import wanted
from cvforge.cli.program import application

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.cli.building import Wanted

PLAIN = (
    ("build",),
    ("build", "ada.yaml"),
    ("build", "ada.yaml", "profiles/bo b.yaml", "ada.yaml"),
    ("build", "--variant", "one-page", "ada.yaml", "--variant", "full", "-q"),
    ("build", "-q", "ada.yaml", "--quiet", "--variant", "no such"),
    ("build", "été.yaml", "--variant", "full"),
)
OTHERS = (
    (),
    ("validate", "ada.yaml"),
    ("--quiet", "build"),
    ("build", ""),
    ("build", "--"),
    ("build", "-"),
    ("build", "--help"),
    ("build", "--variant"),
    ("build", "--variant", ""),
    ("build", "--variant", "-q"),
    ("build", "--variant=full"),
    ("build", "ada.yaml", "-qB"),
    ("build", "ada.yaml", "--output", "there"),
    ("build", "ada.yaml", "--nothing"),
)


def by_typer(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> Wanted:
    """Return what typer gives to the command."""
    given: list[Wanted] = []
    monkeypatch.setattr(import_module("cvforge.cli.build"), "carry_out", given.append)
    with pytest.raises(SystemExit) as ended:
        application(("build",))(args=arguments)
    assert ended.value.code == 0
    return given[0]


@pytest.mark.parametrize("arguments", PLAIN)
def test_it_is_what_typer_reads(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wanted(arguments) == wanted([*arguments]) == by_typer(arguments, monkeypatch)


@pytest.mark.parametrize("arguments", OTHERS)
def test_all_else_is_left_to_typer(arguments: tuple[str, ...]) -> None:
    assert wanted(arguments) is None


@pytest.mark.parametrize(("more", "has_typer"), [((), "False"), (("--force",), "True")])
def test_a_plain_build_does_not_load_typer(
    more: tuple[str, ...], has_typer: str, tmp_path: Path
) -> None:
    script = (
        "import atexit, sys; from cvforge.cli import main;"
        " atexit.register(lambda: print('typer' in sys.modules)); main()"
    )
    command = [sys.executable, "-c", script, "build", "nobody.yaml", *more]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout.split()) == (10, [has_typer])
    assert "nobody.yaml" in done.stderr
