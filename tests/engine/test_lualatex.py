"""LuaLaTeX: its caches are ours, and what it writes repeats but for one number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from walls import WALL

from cvforge.engine.base import TexJob
from cvforge.engine.lualatex import LuaLatex
from cvforge.engine.texlive import TexLive
from cvforge.errors import EngineError, EngineMissingError
from cvforge.templates.registry import find_template

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.cv import Cv
    from cvforge.latex.nodes import Writer
    from cvforge.templates.registry import TemplateFiles

OWN_NUMBER = re.compile(rb"/ID *\[ *<[0-9A-F]+> *<[0-9A-F]+> *\]")  # made of the folder's name


@pytest.fixture
def job(small_cv: Cv, writer: Writer, classic: TemplateFiles) -> TexJob:
    source = find_template("classic").document(small_cv, writer).source
    return TexJob(source, classic.files, 1_700_000_000, is_shipped=True)


def test_its_tables_of_fonts_go_into_our_cache(tex: TexLive, job: TexJob, tmp_path: Path) -> None:
    run = LuaLatex(TexLive(tex.environment, tmp_path)).run(job)
    assert run.pdf is not None
    tables = {path.stem for path in tmp_path.rglob("*.luc")}
    assert any(name.startswith("linlibertine") for name in tables), tables


def test_two_runs_differ_only_in_the_file_s_own_number(tex: TexLive, job: TexJob) -> None:
    first, second = (LuaLatex(tex).run(job).pdf for _ in range(2))
    assert first is not None
    assert second is not None
    assert OWN_NUMBER.sub(b"", first) == OWN_NUMBER.sub(b"", second)


def test_a_missing_program_is_named(tex: TexLive, job: TexJob, tmp_path: Path) -> None:
    with pytest.raises(EngineMissingError, match='"lualatex"'):
        LuaLatex(TexLive({"PATH": str(tmp_path)}, tex.cache)).run(job)


def test_a_foreign_template_cannot_change_the_tables_that_others_load(
    tex: TexLive, job: TexJob, tmp_path: Path
) -> None:
    engine = LuaLatex(TexLive(tex.environment, tmp_path))
    if WALL is None:
        with pytest.raises(EngineError, match="nothing here keeps that from your files"):
            engine.run(replace(job, is_shipped=False))
    else:
        assert engine.run(replace(job, is_shipped=False)).pdf is not None
    assert list(tmp_path.rglob("*.lu?")) == []
