"""A rehearsal goes all the way to TeX, starts nothing and leaves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.engine import sandbox
from cvforge.engine.base import TexJob, TexRun
from cvforge.engine.texlive import TexLive
from cvforge.standby import rehearsal

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_every_variant_of_the_sample_is_written_for_tex(
    tex: TexLive, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs: list[TexJob] = []

    def noting(_: object, job: TexJob) -> TexRun:
        jobs.append(job)
        return TexRun(None, (), ())

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a program is started")

    rehearsal.rehearse(tex)  # what is to be looked up is known then
    monkeypatch.setattr(rehearsal.Silent, "run", noting)
    monkeypatch.setattr(sandbox, "start", refused)
    rehearsal.rehearse(tex)
    assert {"\\CvAsk" in job.source for job in jobs} == {False, True}
    assert all("Ada Quill" in job.source for job in jobs)


def test_without_tex_there_is_none(tmp_path: Path) -> None:
    rehearsal.rehearse(TexLive({"PATH": str(tmp_path)}, tmp_path))
    assert not any(path.suffix == ".pdf" for path in tmp_path.rglob("*"))
