"""``cvforge build --debug``: what TeX worked on is kept, named and left alone."""

from __future__ import annotations

import re
import tempfile
from typing import TYPE_CHECKING

import pytest

from cvforge.cli import main

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "person: {name: Ada Quill}\nsections: [{id: a, title: A, kind: bullets, bullets: [x]}]\n"
LOST = (
    "person: {name: Ada Quill}\nsections: [{id: a, title: A, kind: bullets, bullets: ['$LONG$']}]\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "ada.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "lost.yaml").write_text(LOST.replace("LONG", "x" * 150), "utf-8")
    return tmp_path


def status(*arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        main(["build", "--variant", "full", *arguments])
    return int(raised.value.code or 0)


@pytest.mark.parametrize(
    ("profile", "engine", "ended"),
    [("ada", "xelatex", 0), ("ada", "lualatex", 0), ("lost", "xelatex", 9)],
)
def test_the_folder_of_a_job_is_kept_and_named(
    folder: Path, capfd: pytest.CaptureFixture[str], profile: str, engine: str, ended: int
) -> None:
    assert status(f"{profile}.yaml", "--engine", engine, "--debug", "--quiet") == ended
    (told,) = re.findall(r"^kept in (.*)$", capfd.readouterr().err, re.MULTILINE)
    (kept,) = (folder / "tmp").iterdir()
    assert told == str(kept)
    (job,) = kept.iterdir()
    names = {path.name for path in job.iterdir()}
    assert {"cv.tex", "cv.log", "cv.pdf", "cv.out.txt", "cvforge-classic.cls"} <= names
    assert ("cv.xdv" in names) == (engine == "xelatex")


def test_what_is_up_to_date_is_built_anew_to_be_looked_at(folder: Path) -> None:
    assert status("ada.yaml") == 0
    assert list((folder / "tmp").iterdir()) == []
    for count in (1, 2):
        assert status("ada.yaml", "--debug") == 0
        assert len(list((folder / "tmp").iterdir())) == count


def test_the_record_is_the_same_with_and_without_it(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert status("ada.yaml", "--debug") == 0
    assert status("ada.yaml") == 0
    assert "up to date" in capfd.readouterr().out


def test_a_cluster_s_folders_are_not_here() -> None:
    assert status("ada.yaml", "--debug", "--executor", "dask", "--scheduler", "tcp://x:1") == 2
