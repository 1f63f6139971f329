"""What fonts can print, remembered in the cache and read again when a font changes."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from cvforge.engine import coverage
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.texlive import TexLive
from cvforge.errors import EngineMissingError

if TYPE_CHECKING:
    from pathlib import Path

FONT = "lmmono10-regular.otf"


@pytest.fixture
def fresh(tex: TexLive, tmp_path: Path) -> TexLive:
    return TexLive(tex.environment, tmp_path)


def test_a_font_is_read_once_and_then_remembered(
    fresh: TexLive, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = FontCoverage(fresh)(FONT)
    assert ord("a") in read
    assert ord("许") not in read
    monkeypatch.setattr(coverage, "read_coverage", lambda _: pytest.fail("read a second time"))
    assert FontCoverage(fresh)(FONT) == read


def test_fonts_that_are_looked_for_ahead_are_not_looked_for_again(
    fresh: TexLive, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = FontCoverage(fresh)
    made.look_ahead([FONT])
    made.require([FONT])
    monkeypatch.setattr(TexLive, "find", lambda *_: {})
    assert ord("a") in made(FONT)


def test_fonts_that_cannot_be_looked_for_ahead_are_named_when_they_are_needed(
    tmp_path: Path,
) -> None:
    made = FontCoverage(TexLive({"PATH": str(tmp_path)}, tmp_path))
    made.look_ahead([FONT])
    with pytest.raises(EngineMissingError, match="kpsewhich"):
        made.require([FONT])


def test_a_cache_that_cannot_be_written_is_done_without(tex: TexLive, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    hopeless = TexLive(tex.environment, tmp_path / "file/cache")
    assert FontCoverage(hopeless)(FONT) == FontCoverage(tex)(FONT)


@pytest.mark.parametrize("damage", ["", "[[1]]", "{", "[[1, 2]", "\x00é"])
def test_a_damaged_record_is_read_anew(fresh: TexLive, damage: str) -> None:
    read = FontCoverage(fresh)(FONT)
    (record,) = (fresh.cache / "coverage").iterdir()
    record.write_text(damage, encoding="utf-8")
    assert FontCoverage(fresh)(FONT) == read


def test_a_changed_font_is_read_anew(tex: TexLive, tmp_path: Path) -> None:
    font = shutil.copy(tex.find([FONT])[FONT], tmp_path / FONT)
    (tmp_path / "kpsewhich").write_text(f"#!/bin/sh\necho {font}\n", encoding="utf-8")
    (tmp_path / "kpsewhich").chmod(0o755)
    private = TexLive({"PATH": str(tmp_path)}, tmp_path)
    FontCoverage(private)(FONT)
    os.utime(font, (1, 1))
    FontCoverage(private)(FONT)
    assert len(list((tmp_path / "coverage").iterdir())) == 2


def test_every_font_that_is_not_installed_is_named(fresh: TexLive) -> None:
    with pytest.raises(EngineMissingError) as missing:
        FontCoverage(fresh).require(["no-a.otf", FONT, "no-b.otf"])
    assert missing.value.exit_status == 7
    (finding,) = missing.value.diagnostics
    assert finding.message == "these fonts are not installed: no-a.otf, no-b.otf"


@pytest.mark.parametrize("content", [b"", b"OTTO", b"OTTO" + bytes(100), b"no font" * 20])
def test_a_font_that_is_broken_is_named(tmp_path: Path, content: bytes) -> None:
    font = tmp_path / FONT
    font.write_bytes(content)
    (tmp_path / "kpsewhich").write_text(f"#!/bin/sh\necho {font}\n", encoding="utf-8")
    (tmp_path / "kpsewhich").chmod(0o755)
    with pytest.raises(EngineMissingError, match="cannot be read") as missing:
        FontCoverage(TexLive({"PATH": str(tmp_path)}, tmp_path))(FONT)
    assert str(font) in missing.value.diagnostics[0].message
