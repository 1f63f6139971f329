"""The fonts of this machine: TeX is asked for its folders once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.engine.fallbacks import fallback_fonts, font_trees
from cvforge.engine.texlive import TexLive

if TYPE_CHECKING:
    from pathlib import Path

CONFIGURED = 'case "$1" in -all) echo "{0}/texmf.cnf" ;; *) echo "!!{0}/tree:{0}/home" ;; esac'


def machine(folder: Path, answer: str = CONFIGURED) -> TexLive:
    """A TeX of which there is only a kpsewhich, which writes down that it was asked."""
    (folder / "cache").mkdir()
    (folder / "texmf.cnf").touch()
    program = folder / "kpsewhich"
    program.write_text(f'#!/bin/sh\necho "$*" >> "{folder}/calls"\n{answer.format(folder)}\n')
    program.chmod(0o755)
    return TexLive({"PATH": f"{folder}:/usr/bin:/bin"}, folder / "cache")


def calls(folder: Path) -> int:
    return len((folder / "calls").read_text("utf-8").splitlines())


def test_tex_is_asked_for_its_folders_until_its_configuration_changes(tmp_path: Path) -> None:
    tex = machine(tmp_path)
    expected = tuple(
        tmp_path / root / "fonts" / kind
        for root in ("tree", "home")
        for kind in ("opentype", "truetype")
    )
    for _ in range(3):
        assert font_trees(tex) == expected
    assert calls(tmp_path) == 2
    (tmp_path / "texmf.cnf").write_text("TEXMF = elsewhere", "utf-8")
    assert font_trees(tex) == expected
    assert calls(tmp_path) == 4


def test_a_damaged_answer_is_asked_for_again(tmp_path: Path) -> None:
    tex = machine(tmp_path)
    expected = font_trees(tex)
    (record,) = (tmp_path / "cache/fonts").iterdir()
    for damaged in ("", "{}", '{"sources": [[1]], "roots": []}', "[]"):
        record.write_text(damaged, "utf-8")
        assert font_trees(tex) == expected


def test_without_tex_the_systems_fonts_are_left(tmp_path: Path) -> None:
    tex = TexLive({"PATH": str(tmp_path), "HOME": str(tmp_path)}, tmp_path)
    assert font_trees(tex) == ()
    assert fallback_fonts(tex).hint("\u0628").startswith("put a font")


def test_a_kpsewhich_that_fails_gives_no_folders(tmp_path: Path) -> None:
    assert font_trees(machine(tmp_path, "kill -9 $$")) == ()


def test_no_cache_is_made_where_there_is_none(tmp_path: Path) -> None:
    tex = machine(tmp_path)
    (tmp_path / "cache").rmdir()
    assert len(font_trees(tex)) == 4
    assert not (tmp_path / "cache").exists()
