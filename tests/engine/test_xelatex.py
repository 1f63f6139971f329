"""XeLaTeX: the same bytes whenever and wherever it runs, and only harmless specials."""

from __future__ import annotations

import tempfile
import time
from typing import TYPE_CHECKING

import pytest

from cvforge.engine.base import TexJob
from cvforge.engine.texlive import TexLive
from cvforge.engine.xelatex import XeLatex
from cvforge.errors import EngineMissingError
from cvforge.templates.registry import find_template

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.cv import Cv
    from cvforge.latex.nodes import Writer
    from cvforge.templates.registry import TemplateFiles


@pytest.fixture
def job(small_cv: Cv, writer: Writer, classic: TemplateFiles) -> TexJob:
    source = find_template("classic").document(small_cv, writer).source
    return TexJob(source, classic.files, 1_700_000_000)


def test_two_runs_elsewhere_and_later_are_byte_identical(
    tex: TexLive, job: TexJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = XeLatex(tex).run(job).pdf
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    elsewhere = dict(tex.environment) | {"TZ": "Asia/Tokyo", "LC_ALL": "C", "HOME": str(tmp_path)}
    time.sleep(1.1)  # the dates inside a PDF count in seconds
    second = XeLatex(TexLive(elsewhere, tex.cache)).run(job).pdf
    assert first is not None
    assert first == second


def test_another_date_is_another_file(tex: TexLive, job: TexJob) -> None:
    """The comparison above can fail: what goes into the file comes out of it."""
    other = TexJob(job.source, job.files, job.epoch + 1)
    assert XeLatex(tex).run(job).pdf != XeLatex(tex).run(other).pdf


@pytest.mark.parametrize("missing", ["xetex", "xdvipdfmx"])
def test_a_missing_program_is_named(
    tex: TexLive, job: TexJob, tmp_path: Path, missing: str
) -> None:
    for name in {"xetex", "xdvipdfmx", "kpsewhich"} - {missing}:
        (tmp_path / name).symlink_to(tex.required(name))
    lacking = TexLive({"PATH": str(tmp_path)}, tex.cache)
    with pytest.raises(EngineMissingError, match=f'"{missing}"'):
        XeLatex(lacking).run(job)
