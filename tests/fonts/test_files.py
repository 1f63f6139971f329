"""Searching folders for fonts: links, loops, depth and number cannot lead it astray."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cvforge.fonts import files
from cvforge.fonts.files import Search, Seen, system_folders

if TYPE_CHECKING:
    from collections.abc import Mapping


def touch(path: Path, content: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def found(*folders: Path) -> list[str]:
    return [Path(file.path).name for file in Search.below(folders).files]


def test_fonts_are_found_by_their_endings_in_order(tmp_path: Path) -> None:
    for name in ("b.TTF", "a.otf", "sub/d.otc", "c.ttc", "read.me", "x.pfb", "sub/ttf"):
        touch(tmp_path / name)
    (tmp_path / "folder.ttf").mkdir()
    os.mkfifo(tmp_path / "pipe.ttf")
    assert found(tmp_path) == ["a.otf", "b.TTF", "c.ttc", "d.otc"]


def test_a_file_is_found_once_whatever_leads_to_it(tmp_path: Path) -> None:
    touch(tmp_path / "fonts/a.ttf")
    (tmp_path / "fonts/b.ttf").symlink_to("a.ttf")
    (tmp_path / "fonts/c.ttf").hardlink_to(tmp_path / "fonts/a.ttf")
    (tmp_path / "again").symlink_to("fonts")
    assert found(tmp_path / "again", tmp_path / "fonts", tmp_path) == ["a.ttf"]


def test_links_that_go_round_or_nowhere_are_passed_over(tmp_path: Path) -> None:
    touch(tmp_path / "one/a.ttf")
    (tmp_path / "one/up").symlink_to("..")
    (tmp_path / "one/self").symlink_to("self")
    (tmp_path / "one/self.ttf").symlink_to("self.ttf")
    (tmp_path / "one/lost.ttf").symlink_to("nowhere.ttf")
    (tmp_path / "two").symlink_to("one")
    assert found(tmp_path) == ["a.ttf"]


def test_depth_and_number_are_bounded_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_DEPTH", 2)
    monkeypatch.setattr(files, "MAX_FILES", 3)
    for number in range(5):
        touch(tmp_path / f"{number}.ttf")
    touch(tmp_path / "1/2/3/deep.ttf")
    search = Search.below([tmp_path])
    assert [Path(file.path).name for file in search.files] == ["0.ttf", "1.ttf", "2.ttf"]
    assert search.notes == [
        f'"{tmp_path}/3.ttf" is one font too many',
        f'"{tmp_path}/4.ttf" is one font too many',
        f'"{tmp_path}/1/2" is too deep: folders in it are not searched',
    ]


@pytest.mark.parametrize("bound", ["MAX_FOLDERS", "MAX_ENTRIES"])
def test_a_search_without_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(files, bound, 5)
    for number in range(20):
        touch(tmp_path / f"{number}/{number}.ttf")
    search = Search.below([tmp_path])
    assert len(search.files) < 20
    assert search.notes == [f'"{tmp_path}" has too many files: not all of it is searched']


def test_what_changes_in_a_folder_is_noticed(tmp_path: Path) -> None:
    touch(tmp_path / "fonts/sub/a.ttf")
    absent = tmp_path / "later"
    search = Search.below([tmp_path / "fonts", absent])
    assert search.holds()
    assert search.folders[str(absent)] is None
    absent.mkdir()
    assert not search.holds()
    absent.rmdir()
    assert search.holds()
    os.utime(tmp_path / "fonts/sub", ns=(0, 1))
    assert not search.holds()


def test_a_file_holds_as_long_as_it_is_the_same(tmp_path: Path) -> None:
    path = touch(tmp_path / "a.ttf", "text")
    seen = Search.below([tmp_path]).files[0]
    assert seen.holds()
    os.utime(path, ns=(0, seen.time + 1))
    assert not seen.holds()
    assert not Seen("a\0", 0, 0).holds()
    path.unlink()
    assert not seen.holds()


LINUX = ["/usr/share/fonts", "/usr/local/share/fonts"]


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, LINUX),
        ("linux", {"HOME": "/h"}, [*LINUX, "/h/.local/share/fonts", "/h/.fonts"]),
        ("freebsd14", {}, LINUX),
        (
            "linux",
            {"XDG_DATA_HOME": "/own", "XDG_DATA_DIRS": "/nix:relative:/usr/share:"},
            [*LINUX, "/own/fonts", "/nix/fonts"],
        ),
        (
            "darwin",
            {"HOME": "/Users/ada", "XDG_DATA_DIRS": "/nix"},
            [
                *("/System/Library/Fonts", "/Library/Fonts", "/Users/ada/Library/Fonts"),
                "/opt/homebrew/share/fonts",
            ],
        ),
        (
            "win32",
            {"USERPROFILE": "C:/Users/ada"},
            ["C:/Users/ada/AppData/Local/Microsoft/Windows/Fonts", "C:/Windows/Fonts"],
        ),
    ],
)
def test_each_system_keeps_fonts_in_its_folders(
    platform: str, environment: Mapping[str, str], expected: list[str]
) -> None:
    assert [str(path) for path in system_folders(environment, platform=platform)] == expected
