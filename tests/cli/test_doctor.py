"""``cvforge doctor`` where something is missing; where nothing is, see ``test_cache.py``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cvforge.cli import main
from cvforge.engine import fallbacks
from cvforge.fonts.overview import SAMPLES

if TYPE_CHECKING:
    from pathlib import Path


def test_without_tex_it_names_what_is_missing_and_what_that_makes_impossible(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(SystemExit) as raised:
        main(["doctor", "--json"])
    assert raised.value.code == 7
    shown = json.loads(capsys.readouterr().out)
    assert {"kpsewhich", "xetex", "xdvipdfmx"} <= set(shown["missing"])
    assert shown["preloaded"]["classic"]["condition"] == "impossible"
    assert set(shown["scripts"]) == set(SAMPLES)
    assert list(tmp_path.iterdir()) == []


def test_scripts_without_a_font_are_named_with_the_way_to_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(fallbacks, "system_folders", lambda *_, **__: ())
    with pytest.raises(SystemExit):
        main(["doctor"])
    shown = capsys.readouterr().out
    assert "\nfonts for: nothing\n" in shown
    assert "\nno font for Hebrew: put a font that has it into the folder" in shown
