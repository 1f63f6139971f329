"""Who is told of the files that are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.errors import OutputError
from cvforge.files import read_file
from cvforge.reads import listening

if TYPE_CHECKING:
    from pathlib import Path


def test_a_listener_is_told_what_is_read_and_what_is_not_there(tmp_path: Path) -> None:
    heard: list[tuple[str, bytes | None]] = []
    (tmp_path / "a").write_bytes(b"x")
    with listening(lambda path, content: heard.append((path.name, content))):
        read_file(tmp_path / "a", limit=10)
        for name in ("b", "a/c", "."):
            with pytest.raises(OutputError):
                read_file(tmp_path / name, limit=10)
    read_file(tmp_path / "a", limit=10)
    assert heard == [("a", b"x"), ("b", None), ("c", None), (tmp_path.name, None)]


def test_the_innermost_listener_alone_is_told(tmp_path: Path) -> None:
    outer: list[Path] = []
    inner: list[Path] = []
    (tmp_path / "a").touch()
    with listening(lambda path, _: outer.append(path)):
        with listening(lambda path, _: inner.append(path)):
            read_file(tmp_path / "a", limit=10)
        read_file(tmp_path / "a", limit=10)
    assert len(outer) == len(inner) == 1
