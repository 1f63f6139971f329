"""The engine of a first build starts before the command is read, and only then."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from walls import WALL

from cvforge.batch import machine
from cvforge.cli import main
from cvforge.engine.preload import FOLDER
from cvforge.standby import first

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.engine.texlive import TexLive
    from cvforge.engine.waiting import Waiting

PROFILE = "person: {name: Ada Quill}\nsections: [{id: a, title: A, kind: bullets, bullets: [x]}]\n"


@pytest.fixture
def cache(tmp_path: Path, tex: TexLive, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new cache, in which LaTeX's format is, for TeX may come without it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setenv("CI", "true")  # nothing is made for later
    made = tmp_path / "caches/cvforge"
    tex.xelatex_format()
    if (tex.cache / "formats").is_dir():
        shutil.copytree(tex.cache / "formats", made / "formats")
    return made


@pytest.fixture
def started(begun: list[Waiting], monkeypatch: pytest.MonkeyPatch) -> list[Waiting]:
    """The engines that are started to wait; what stood by is put back afterwards."""
    monkeypatch.setattr(machine, "stood_by", None)
    return begun


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["check"],
        ["build", "--help"],
        ["build", "--engine=lualatex"],
        ["build", "--engine", "lualatex"],
        ["build", "a.yaml", "--template-folder", "mine"],
        ["build", "a.yaml", "--debug"],
        ["build", "a.yaml", "-j4"],
    ],
)
def test_no_engine_is_started_for_what_it_would_not_set(
    arguments: list[str], cache: Path, started: list[Waiting]
) -> None:
    assert not (cache / FOLDER).exists()
    assert first.start(arguments) is None
    assert machine.stood_by is None
    assert started == []


def test_no_engine_is_started_where_a_format_was_made(cache: Path, started: list[Waiting]) -> None:
    (cache / FOLDER).mkdir(parents=True)
    assert first.start(["build"]) is None
    assert started == []


def test_the_build_is_set_by_the_engine_that_was_started_before_it(
    cache: Path, started: list[Waiting], tmp_path: Path
) -> None:
    profile = tmp_path / "ada.yaml"
    profile.write_text(PROFILE, "utf-8")
    output = tmp_path / "build"
    arguments = ["build", str(profile), "--variant", "full", "--output", str(output), "-q"]
    ahead = first.start(arguments)
    assert ahead is not None
    assert ahead.waits()
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 0
    assert not ahead.waits()
    assert len(started) == 1
    assert not started[0].is_alive()
    assert len(list(output.glob("*.pdf"))) == 1
    if WALL:
        assert json.loads((cache / "wall.json").read_bytes())["reason"] == ""


@pytest.mark.usefixtures("cache")
def test_what_nobody_takes_is_ended(started: list[Waiting]) -> None:
    ahead = first.start(["build", "absent.yaml"])
    assert ahead is not None
    ahead.close()
    assert not any(each.is_alive() for each in started)
