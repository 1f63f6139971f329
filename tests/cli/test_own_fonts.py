"""A person's own fonts that cannot be used: a warning with the reason, where any was looked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from fonts.conftest import forge

from cvforge.cli import main
from cvforge.fonts.chain import Chain

GOOD = "person: {name: Ada Quill}\nsections: [{id: a, title: A, kind: bullets, bullets: [%s]}]\n"
RARE = "\U00016e80\U00016e81"  # letters of a script that few fonts have
COMMANDS = ["build", "check", "validate"]
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    Path("ada.yaml").write_text(GOOD % RARE, "utf-8")
    forge(Path("fonts/forged.ttf"), f"{RARE} ")
    Path("fonts/broken.otf").write_text("no font", "utf-8")


def status(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_font_that_cannot_be_used_is_told_once(command: str, capsys: Printed) -> None:
    assert status(command, "ada.yaml") == 0
    told = capsys.readouterr().err
    assert told.count("warning: not used as a font: ") == 1
    assert 'fonts/broken.otf": it is no font' in told


@pytest.mark.parametrize("command", COMMANDS)
def test_where_a_glyph_is_missing_it_is_told_as_well(command: str, capsys: Printed) -> None:
    Path("fonts/forged.ttf").unlink()
    assert status(command, "ada.yaml") == 9
    told = capsys.readouterr().err
    assert told.count("warning: not used as a font: ") == 1
    assert told.count("error: ") == len(RARE)


@pytest.mark.parametrize("command", COMMANDS)
def test_nobody_looks_where_no_text_needs_a_font(
    command: str, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked(_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Chain, "_own", property(looked))
    Path("ada.yaml").write_text(GOOD % "x", "utf-8")
    assert status(command, "ada.yaml") == 0
    assert "warning: " not in capsys.readouterr().err
