"""The program as a whole: its commands, its help, its version, its end."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from cvforge.cli import COMMANDS, main
from cvforge.cli.common import reporting

if TYPE_CHECKING:
    from pathlib import Path

Printed = pytest.CaptureFixture[str]
RUN = [sys.executable, "-c", "from cvforge.cli import main; main()"]


def ended(*arguments: str) -> int | str | None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    return raised.value.code


def test_the_version_is_printed(capsys: Printed) -> None:
    assert ended("--version") in (0, None)
    assert capsys.readouterr().out.startswith("cvforge ")


def test_help_lists_every_command(capsys: Printed) -> None:
    assert ended("--help") in (0, None)
    printed = capsys.readouterr().out
    assert all(f"\n  {name} " in printed for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_has_an_example_of_it(name: str, capsys: Printed) -> None:
    assert ended(name, "--help") in (0, None)
    assert f"Example: cvforge {name}" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "arguments", [("nothing",), ("validate", "--nothing"), ("schema", "--output")]
)
def test_wrong_usage_has_exit_status_2(arguments: tuple[str, ...], capsys: Printed) -> None:
    assert ended(*arguments) == 2
    assert "Error: " in capsys.readouterr().err


def test_an_interrupted_command_ends_with_130_and_says_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    module = import_module("cvforge.cli.validate")  # the package's name is its function
    monkeypatch.setattr(module, "profile_paths", interrupted)
    assert ended("validate") == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_goes_away_ends_the_command_quietly() -> None:
    with subprocess.Popen(
        [*RUN, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_a_fault_of_the_program_itself_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), reporting():
        raise ZeroDivisionError


def test_starting_the_program_imports_nothing_heavy() -> None:
    heavy = "{'pydantic', 'rich', 'pylatex', 'babel', 'bibtexparser', 'markdown_it', 'yaml'}"
    script = f"import sys, cvforge.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_annotations_are_printed_on_github_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    missing = str(tmp_path / "no.yaml")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert ended("validate", missing) == 10
    assert "::error title=" in capsys.readouterr().err
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert ended("validate", missing) == 10
    assert "::error" not in capsys.readouterr().err
