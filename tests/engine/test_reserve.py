"""Who makes a format that is missing: never whoever waits for its document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import pytest

from cvforge.batch.machine import making_apart
from cvforge.engine import ordering
from cvforge.engine.lock import locked
from cvforge.engine.preload import FOLDER, Making, Shelf
from cvforge.engine.reserve import Reserve
from cvforge.engine.sandbox import Limits
from cvforge.engine.texlive import TexLive
from cvforge.latex.fonts import declared_files

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.templates.registry import TemplateFiles

Calls: TypeAlias = "list[tuple[str, ...]]"
WARM = ("cvforge", "cache", "warm", "--quiet")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What is started apart, and is not."""
    calls: Calls = []
    monkeypatch.setattr(ordering, "start_apart", lambda *arguments: calls.append(arguments))
    return calls


@pytest.fixture
def cold(tex: TexLive, tmp_path: Path) -> TexLive:
    """TeX with no format in the cache."""
    return replace(tex, preloads=tmp_path)


@pytest.mark.parametrize(("making", "calls"), [(Making.APART, [WARM]), (Making.NOT, [])])
def test_a_command_that_ends_soon_starts_who_makes_it_once_or_nobody(
    cold: TexLive, classic: TemplateFiles, started: Calls, *, making: Making, calls: Calls
) -> None:
    cold = replace(cold, making=making)
    shelf = Shelf.of(cold, classic.files)
    assert shelf is not None
    reserve = Reserve(cold, Limits())
    for _ in range(2):
        assert reserve._ready(shelf) is None  # noqa: SLF001  no engine is wanted
    reserve.close()
    assert started == calls


def test_nobody_is_started_while_another_makes_it(
    cold: TexLive, tmp_path: Path, started: Calls
) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    with locked(folder / "lock", wait_seconds=0) as is_ours:
        assert is_ours
        ordering.make_apart(cold)
    assert started == []
    ordering.make_apart(cold)
    assert started == [WARM]


def test_a_cache_that_ends_with_the_command_gets_none() -> None:
    assert making_apart({"CI": "true"}) is Making.NOT
    assert making_apart({"CI": ""}) is making_apart({}) is Making.APART


def test_where_the_format_and_the_fonts_are_is_asked_at_one_go(
    cold: TexLive, classic: TemplateFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def noted(_: TexLive, *arguments: str) -> list[Path]:
        asked.append(arguments)
        found = [tmp_path / name for name in arguments if not name.startswith("-")]
        for path in found:
            path.touch()
        return found

    monkeypatch.setattr(TexLive, "_kpsewhich", noted)
    cold = replace(cold, cache=tmp_path / "cache", making=Making.NOT)
    shelf = Shelf.of(cold, classic.files)
    assert shelf is not None
    reserve = Reserve(cold, Limits())
    reserve.fill(shelf, 1)
    reserve.close()
    assert len(asked) == 1
    assert {"xelatex.fmt", *declared_files(classic.files)} <= {*asked[0]}
