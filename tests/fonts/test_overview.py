"""What ``cvforge doctor`` says of scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.engine.fallbacks import fallback_fonts
from cvforge.fonts.chain import Chain
from cvforge.fonts.overview import SAMPLES, overview
from cvforge.fonts.scripts import scripts

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.engine.texlive import TexLive


def test_every_script_has_a_font_where_the_tests_run(tex: TexLive) -> None:
    states = list(overview(fallback_fonts(tex)))
    assert [state.name for state in states] == list(SAMPLES)
    assert [state.name for state in states if state.family is None] == []


def test_a_script_without_a_font_has_a_hint(tmp_path: Path) -> None:
    states = list(overview(Chain([], cache=tmp_path, manager=lambda: "apt-get")))
    assert all(state.family is None for state in states)
    hints = {state.name: state.hint or "" for state in states}
    assert "culmus" in hints["Hebrew"]
    assert "fonts-ipaexfont-mincho" in hints["Japanese"]


def test_samples_are_of_their_scripts() -> None:
    for name, (sample, script, _) in SAMPLES.items():
        assert scripts(list(sample[-1]))[0] in (script, "Kana"), name
