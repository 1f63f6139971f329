"""``cvforge new``: what it writes is valid, and it writes over nothing."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from cvforge.cli import main
from cvforge.library import check_publications, read_library
from cvforge.profile.load import load_profile
from cvforge.profile.shape import KINDS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def status(*arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        main(["new", *arguments])
    return int(raised.value.code or 0)


@pytest.mark.parametrize("name", ["profile.yaml", 'cvs/ada: the "first".yml', "profiles/许靖.yaml"])
def test_what_is_written_is_valid_and_uses_every_kind(folder: Path, name: str) -> None:
    assert status(name) == 0
    loaded = load_profile(folder / name)
    check_publications(loaded, read_library(loaded))
    assert {section.kind for section in loaded.profile.sections} == set(KINDS)


def test_the_default_is_profile_yaml_with_its_bibliography(folder: Path) -> None:
    assert status() == 0
    assert sorted(path.name for path in folder.iterdir()) == ["profile.bib", "profile.yaml"]


@pytest.mark.parametrize("existing", ["me.yaml", "me.bib"])
def test_nothing_is_written_over_unless_forced(
    folder: Path, existing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / existing).write_text("mine")
    assert status("me.yaml") == 10
    assert "--force" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == [existing]
    assert status("me.yaml", "--force") == 0
    assert (folder / existing).read_text() != "mine"


@pytest.mark.parametrize("name", ["me", "me.txt", "."])
def test_a_name_of_another_kind_is_refused(folder: Path, name: str) -> None:
    assert status(name) == 10
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["./-dash.yaml", "it's mine.yaml", "sub/me.yaml", "a;b.yaml"])
def test_the_command_that_is_advised_works(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(name) == 0
    program, command, path = shlex.split(capsys.readouterr().out.rpartition("now: ")[2])
    assert (program, command) == ("cvforge", "build")
    with pytest.raises(SystemExit) as ended:
        main(["validate", path])
    assert ended.value.code in (0, None)
