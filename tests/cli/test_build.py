"""What ``cvforge build`` builds, where it writes, and what its cache may do."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from cvforge import pipeline
from cvforge.cli import main

if TYPE_CHECKING:
    from cvforge.profile.model import Profile

GOOD = "person: {name: Ada Quill}\nsections: [{id: a, title: A, kind: bullets, bullets: [x]}]\n"
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    for name in ("ada.yaml", "a/cv.yaml", "b/cv.yaml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(GOOD, "utf-8")
    return tmp_path


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Play the pipeline; return the names of the variants that it is asked for."""
    names: list[str] = []

    def build(_profile: Profile, name: str, **_: object) -> SimpleNamespace:
        names.append(name)
        cv = SimpleNamespace(variant=name)
        return SimpleNamespace(
            cv=cv, pdf=b"%PDF", page_count=1, fitting=None, warnings=(), source=""
        )

    monkeypatch.setattr(pipeline, "build", build)
    return names


def status(*arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        main(["build", *arguments])
    return int(raised.value.code or 0)


def test_a_repeated_profile_or_variant_is_built_once(built: list[str]) -> None:
    assert status("ada.yaml", "./ada.yaml", "--variant", "full", "--variant", "full") == 0
    assert built == ["full"]
    assert status("ada.yaml", "ada.yaml", "--force") == 0
    assert built == ["full", "one-page", "full"]


def test_profiles_that_would_write_the_same_file_are_refused_before_any_is_built(
    built: list[str], capsys: Printed
) -> None:
    assert status("ada.yaml", "a/cv.yaml", "b/cv.yaml") == 10
    printed = capsys.readouterr()
    assert built == []
    assert printed.out == ""
    assert printed.err.count('of "a/cv.yaml" and') == printed.err.count('of "b/cv.yaml" would') == 2
    assert not Path("build").exists()


def test_profiles_of_one_name_may_go_into_different_folders(built: list[str]) -> None:
    assert status("a/cv.yaml", "--output", "one") == status("b/cv.yaml", "--output", "two") == 0
    assert len(built) == 4


def test_a_broken_profile_does_not_keep_the_others_from_being_built(
    built: list[str], capsys: Printed
) -> None:
    Path("bad.yaml").write_text(GOOD + "design: {paper: a5}\n", "utf-8")
    assert status("bad.yaml", "ada.yaml", "--variant", "full") == 3
    assert built == ["full"]
    assert capsys.readouterr().out == "build/ada-full.pdf: 1 page\n"


@pytest.mark.parametrize("cache", ["/dev/null/cache", "/proc/cache"])
def test_without_a_cache_to_write_a_build_is_the_same_and_leaves_nothing(
    folder: Path, cache: str, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    (folder / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "tmp"))
    monkeypatch.setenv("XDG_CACHE_HOME", cache)
    assert status("ada.yaml", "--variant", "full") == 0
    assert capsys.readouterr().out == "build/ada-full.pdf: 1 page\n"
    assert list((folder / "tmp").iterdir()) == []
