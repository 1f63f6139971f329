"""``--template-folder``: a person's own version of a template, restyled in LaTeX alone."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cvforge.batch import machine
from cvforge.batch.job import Form, Options
from cvforge.batch.machine import open_workshop
from cvforge.cli import main
from cvforge.engine.preload import Making
from cvforge.templates.folder import CORE, templates_folder

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD = "person: {name: Ada Quill}\nsections: [{id: a, title: A, kind: bullets, bullets: [x]}]\n"
OWN = ("--template-folder", "mine")
CLASS = Path("mine/classic/cvforge-classic.cls")
PDF = Path("build/ada-one-page.pdf")
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    Path("ada.yaml").write_text(GOOD, "utf-8")
    shutil.copytree(templates_folder() / "classic", "mine/classic")
    return tmp_path


def status(command: str, *arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main([command, "ada.yaml", *arguments])
    return int(ended.value.code or 0)


def built(capsys: Printed, *arguments: str) -> bool:
    """Build one variant; say whether that was needed."""
    capsys.readouterr()
    assert status("build", "--variant", "one-page", "--json", *arguments) == 0
    (result,) = json.loads(capsys.readouterr().out)["built"]
    return not result["up_to_date"]


def restyle() -> None:
    text = CLASS.read_text("utf-8")
    assert "{3.6pt}" in text
    CLASS.write_text(text.replace("{3.6pt}", "{9pt}").replace("{24mm}", "{60mm}"), "utf-8")


def text_top(pdf: Path) -> float:
    done = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    return float(done.stdout.partition('yMin="')[2].partition('"')[0])


def test_a_copy_gives_the_same_bytes_and_a_restyled_class_others(capsys: Printed) -> None:
    assert built(capsys)
    shipped, top = PDF.read_bytes(), text_top(PDF)
    assert built(capsys, *OWN)
    assert PDF.read_bytes() == shipped
    restyle()
    assert built(capsys, *OWN)
    assert PDF.read_bytes() != shipped
    assert text_top(PDF) > top + 90  # 36 mm further down
    assert built(capsys)
    assert PDF.read_bytes() == shipped


@pytest.mark.parametrize("command", ["check", "fit", "validate"])
def test_every_command_that_reads_a_template_takes_it(command: str, capsys: Printed) -> None:
    assert status(command, *OWN) == 0
    CLASS.unlink()
    assert status(command, *OWN) == 5
    assert 'there is no file "mine/classic/cvforge-classic.cls"' in capsys.readouterr().err
    assert status(command) == 0


def added(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def with_core() -> None:
    shutil.copytree(templates_folder() / "core", "mine/core")


CHANGES: dict[str, Callable[[], object]] = {
    "the class": restyle,
    "a core": with_core,
    "another core": lambda: added(Path("mine", CORE)),
    "no core": lambda: shutil.rmtree("mine/core"),
    "a file beside": lambda: Path("mine/classic/looks.sty").write_text("% x\n"),
    "that file": lambda: Path("mine/classic/looks.sty").write_text("% y\n"),
    "without it": lambda: Path("mine/classic/looks.sty").unlink(),
    "the description": lambda: added(Path("mine/classic/template.yaml")),
}


def test_whatever_changes_of_it_is_built_again_once(capsys: Printed) -> None:
    assert built(capsys, *OWN)
    assert not built(capsys, *OWN)
    for what, change in CHANGES.items():
        change()
        assert [built(capsys, *OWN) for _ in range(2)] == [True, False], what
    Path("mine/classic/notes.md").write_text("x", "utf-8")
    assert not built(capsys, *OWN)


def test_what_is_not_in_the_folder_is_told_with_the_way_out(capsys: Printed) -> None:
    shutil.rmtree("mine/classic")
    assert status("build", *OWN) == 5
    told = capsys.readouterr().err
    assert told.count('error: "mine" has no folder "classic"') == 1
    assert "hint: begin with a copy of" in told


class Before:
    """What stood by, after a command with these forms."""

    forms = {("ada.yaml", "full"): Form(options=frozenset({"a4"}))}  # noqa: RUF012  one test reads it

    def engine(self, *_: object) -> None:
        return None


def test_nothing_is_left_of_it_for_the_next_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine would wait with it, and a process would make formats of classes that it is not."""
    monkeypatch.setenv("CI", "")
    before = Before()
    monkeypatch.setattr(machine, "stood_by", before)
    own = Options(template_folder=Path("mine"))
    with open_workshop(own, making=Making.APART) as workshop:
        assert workshop._tex.making is Making.NOT  # noqa: SLF001  nothing tells it outside
        workshop.forms["ada.yaml", "full"] = Form("mine")
    assert before.forms == Before.forms
    with open_workshop(Options(), making=Making.NOT) as workshop:
        workshop.forms["ada.yaml", "full"] = Form()
    assert before.forms == {("ada.yaml", "full"): Form()}
