"""Where files were found is remembered as long as TeX's lists of files are the same."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from cvforge.engine.places import Places, Stamp, digest
from cvforge.engine.texlive import TexLive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FONT = "lmmono10-regular.otf"


@pytest.fixture
def asked(tex: TexLive, tmp_path: Path) -> Callable[[], int]:
    """Count the calls of a kpsewhich that knows one file, and a list of files beside it."""
    for name in (FONT, "ls-R"):
        (tmp_path / name).touch()
    script = tmp_path / "kpsewhich"
    script.write_text(
        f'#!/bin/sh\necho "$*" >>{tmp_path}/asked\n'
        f'case "$*" in *{FONT}*) echo {tmp_path}/{FONT} ;; esac\n'
        f'case "$*" in *ls-R*) echo {tmp_path}/ls-R ;; esac\n',
        "utf-8",
    )
    script.chmod(0o755)
    assert tex.cache != tmp_path
    return lambda: len((tmp_path / "asked").read_text("utf-8").splitlines())


def private(tmp_path: Path) -> TexLive:
    return TexLive({"PATH": str(tmp_path)}, tmp_path / "cache")


def test_a_file_is_looked_for_once(asked: Callable[[], int], tmp_path: Path) -> None:
    for _ in range(3):
        assert private(tmp_path).find([FONT]) == {FONT: tmp_path / FONT}
    assert asked() == 1  # for the file and the lists


def change_the_list(folder: Path) -> None:
    os.utime(folder / "ls-R", (1, 1))


def damage_the_record(folder: Path) -> None:
    (record,) = (folder / "cache/places").iterdir()
    record.write_bytes(record.read_bytes()[:-3])


@pytest.mark.parametrize("change", [change_the_list, damage_the_record])
def test_it_is_looked_for_again_after_a_change(
    change: Callable[[Path], None], asked: Callable[[], int], tmp_path: Path
) -> None:
    private(tmp_path).find([FONT])
    change(tmp_path)
    assert private(tmp_path).find([FONT]) == {FONT: tmp_path / FONT}
    assert asked() == 2


def test_a_file_that_has_gone_is_not_remembered(asked: Callable[[], int], tmp_path: Path) -> None:
    private(tmp_path).find([FONT])
    (tmp_path / FONT).unlink()
    private(tmp_path).find([FONT])
    assert asked() > 1


def test_what_was_not_found_is_looked_for_every_time(
    asked: Callable[[], int], tmp_path: Path
) -> None:
    for _ in range(2):
        assert private(tmp_path).find(["absent.otf"]) == {}
    assert asked() == 2


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    places = Places.read(tmp_path / "file/places.json")
    places.learn({"a": tmp_path / "a"}, sources=[tmp_path / "file"])
    assert places.found == {"a": str(tmp_path / "a")}


def test_a_stamp_holds_until_size_or_time_changes(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"1")
    stamp = Stamp.of(path)
    assert stamp.holds()
    path.write_bytes(b"12")
    assert not stamp.holds()
    path.unlink()
    assert not stamp.holds()


def test_a_digest_tells_where_one_part_ends() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("ab", "c") == digest(b"ab", "c")
