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
    from collections.abc import Callable
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


@pytest.fixture
def own_format(tex: TexLive, tmp_path: Path) -> tuple[TexLive, Path]:
    """TeX whose kpsewhich knows of no format, with a copy of ours in a cache of its own."""
    stub = tmp_path / "bin" / "kpsewhich"
    stub.parent.mkdir()
    real = tex.required("kpsewhich")
    stub.write_text(
        f'#!/bin/sh\ncase "$*" in *xelatex.fmt*) exit 1 ;; esac\nexec "{real}" "$@"\n', "utf-8"
    )
    stub.chmod(0o755)
    path = f"{stub.parent}:{tex.environment['PATH']}"
    made = TexLive(dict(tex.environment) | {"PATH": path}, tmp_path / "cache")
    return made, made.xelatex_format()


def _other_bytes(content: bytes) -> bytes:
    middle = len(content) // 12
    return content[:middle] + b"X" * 8 + content[middle + 8 :]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: b"{}\n", id="no format"),
        pytest.param(lambda content: content[: len(content) // 2], id="cut off"),
        pytest.param(_other_bytes, id="other bytes"),
    ],
)
def test_a_damaged_format_is_made_anew(
    own_format: tuple[TexLive, Path], job: TexJob, damage: Callable[[bytes], bytes]
) -> None:
    private, made = own_format
    whole = made.read_bytes()
    made.write_bytes(damage(whole))
    run = XeLatex(private).run(job)
    assert run.findings == ()
    assert run.pdf is not None
    assert made.stat().st_size == len(whole)


def test_a_format_that_stays_damaged_is_made_anew_once(
    own_format: tuple[TexLive, Path], job: TexJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    private, made = own_format
    asked: list[bool] = []

    def damaged(_tex: TexLive, *, anew: bool = False) -> Path:
        asked.append(anew)
        made.write_bytes(b"{}")
        return made

    monkeypatch.setattr(TexLive, "xelatex_format", damaged)
    run = XeLatex(private).run(job)
    assert asked == [False, True]
    assert run.pdf is None
    assert "Could not undump" in run.findings[0].message
