"""Attacks as a template's code: contained, with one clear error or none, and nothing is left."""

from __future__ import annotations

import subprocess
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from attacks.conftest import SECRET
from hostile import ENDLESS, LUA, LUA_ENDLESS, READS, XETEX, placed

from cvforge.engine.preload import Condition, Shelf
from cvforge.engine.preloading import make
from cvforge.engine.sandbox import Limits
from cvforge.errors import CvforgeError, EngineError
from cvforge.templates.registry import find_template, read_template

if TYPE_CHECKING:
    from pathlib import Path

    from attacks.conftest import Scene

    from cvforge.outcome import BuildResult

LIMITS = Limits(wall_seconds=20)
SMALL = Limits(wall_seconds=1.5, memory_kib=400 * 1024, file_kib=4096, output_kib=1024)
SMALL_LUA = Limits(wall_seconds=5, memory_kib=700 * 1024, file_kib=4096, output_kib=1024)
END_SECONDS = 20.0
# The others find nothing, and go on.
ALWAYS_AN_ERROR = ("font", "input", "openout", "pdf-page", "picture", "special")


def outcome(
    scene: Scene, code: str, limits: Limits, engine: str = "xelatex"
) -> BuildResult | CvforgeError:
    """Attack, and hold what must be true of every attack."""
    before = scene.contents()
    begun = time.monotonic()
    try:
        made: BuildResult | CvforgeError = scene.attack(code, limits=limits, engine=engine)
    except CvforgeError as error:
        made = error
    assert time.monotonic() - begun < limits.wall_seconds + END_SECONDS
    assert scene.has_ended()
    assert scene.contents() == before
    gives_away = SECRET in said(made)
    assert not gives_away
    if isinstance(made, CvforgeError):
        assert len(made.diagnostics) == 1, made.diagnostics
        assert made.exit_status in {7, 8}
    return made


def said(made: BuildResult | CvforgeError) -> str:
    if isinstance(made, CvforgeError):
        return str(made.diagnostics)
    done = subprocess.run(["pdftotext", "-", "-"], input=made.pdf, capture_output=True, check=True)
    return done.stdout.decode() + made.pdf.decode("latin-1")


@pytest.mark.usefixtures("walled")
@pytest.mark.parametrize("name", XETEX)
def test_nothing_outside_is_read_or_written_or_run(scene: Scene, name: str) -> None:
    made = outcome(scene, XETEX[name], LIMITS)
    if name.startswith(ALWAYS_AN_ERROR) and name != "font-mapping":
        assert isinstance(made, CvforgeError)


@pytest.mark.usefixtures("walled")
@pytest.mark.parametrize("name", ENDLESS)
def test_what_does_not_end_is_ended(scene: Scene, name: str) -> None:
    made = outcome(scene, ENDLESS[name], SMALL)
    assert isinstance(made, EngineError)


@pytest.mark.parametrize("name", LUA)
def test_lua_reads_and_writes_and_runs_nothing_outside(scene: Scene, name: str) -> None:
    outcome(scene, LUA[name], LIMITS, "lualatex")


@pytest.mark.parametrize("name", LUA_ENDLESS)
def test_lua_that_does_not_end_is_ended(scene: Scene, name: str) -> None:
    made = outcome(scene, LUA_ENDLESS[name], SMALL_LUA, "lualatex")
    assert isinstance(made, EngineError)


def test_no_format_is_made_of_a_class_that_reads_elsewhere(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would hold what was read, and documents would print it without reading anything."""
    monkeypatch.setattr(type(scene.tex), "wall", lambda _: None)
    tex = replace(scene.tex, preloads=tmp_path)
    found = {}
    for code in ("", placed(READS["openin-home-variable"], "")):
        files = dict(read_template(find_template("classic")).files)
        files["cvforge-classic.cls"] += code.encode()
        shelf = Shelf.of(tex, files)
        assert shelf is not None
        make(tex, shelf, wait_seconds=60)
        found[code == ""] = shelf.look()[0]
    assert found == {True: Condition.READY, False: Condition.IMPOSSIBLE}


def test_without_bubblewrap_nobody_else_s_lua_is_run(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(scene.tex), "wall", lambda _: None)
    made = outcome(scene, "", LIMITS, "lualatex")
    assert isinstance(made, EngineError)
    (found,) = made.diagnostics
    assert (found.code, found.hint) == ("no-wall", "install bubblewrap, or use xelatex")
