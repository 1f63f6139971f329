"""A program that has changed is noticed, a file that took another's place too."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from cvforge.standby import source
from cvforge.standby.source import Source, identity

if TYPE_CHECKING:
    from pathlib import Path


def test_what_has_not_changed_holds() -> None:
    assert Source.read().holds()


def test_the_programs_own_files_and_where_packages_are_belong_to_it() -> None:
    times = Source.read().times
    assert {source.__file__, *sys.path, sys.executable} <= set(times)
    assert len(times) > 100


@pytest.mark.parametrize("change", ["edited", "removed", "came"])
def test_what_has_changed_does_not_hold(
    tmp_path: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "package/module.py"
    module.parent.mkdir()
    module.touch()
    monkeypatch.setattr(source, "PACKAGE", module.parent)
    monkeypatch.syspath_prepend(tmp_path / "packages")
    read = Source.read()
    assert read.holds()
    if change == "edited":
        os.utime(module, (1, 1))
    elif change == "removed":
        module.unlink()
    else:
        (tmp_path / "packages").mkdir()
    assert not read.holds()


def test_a_file_that_takes_the_place_of_another_is_another(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert identity(path) is None
    path.touch()
    first = identity(path)
    assert first == identity(path) is not None
    (tmp_path / "other").touch()
    (tmp_path / "other").replace(path)
    assert identity(path) != first
