"""Who makes a format that is missing: never whoever waits for its document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import pytest
from bystander import wait_until

from cvforge.batch.machine import making_apart
from cvforge.engine import ordering, reserve
from cvforge.engine.lock import locked
from cvforge.engine.preload import FOLDER, Making, Shelf
from cvforge.engine.reserve import Reserve
from cvforge.engine.sandbox import Limits
from cvforge.engine.texlive import TexLive
from cvforge.latex.fonts import declared_files

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.engine.waiting import Waiting
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
    engines = Reserve(cold, Limits())
    for _ in range(2):
        assert engines._ready(shelf) is None  # noqa: SLF001  no engine is wanted
    engines.close()
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
    engines = Reserve(cold, Limits())
    engines.fill(shelf, 1)
    engines.close()
    assert len(asked) == 1
    assert {"xelatex.fmt", *declared_files(classic.files)} <= {*asked[0]}


def test_an_engine_that_finds_no_format_is_replaced_by_one_with_ours(
    cold: TexLive,
    classic: TemplateFiles,
    tmp_path: Path,
    begun: list[Waiting],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reserve, "LATEX", ("absent.fmt", "latex.ltx"))
    monkeypatch.setattr(TexLive, "formats", tmp_path / "formats")
    cold = replace(cold, making=Making.NOT)
    shelf = Shelf.of(cold, classic.files)
    assert shelf is not None
    engines = Reserve(cold, Limits())
    engines.fill(shelf, 1)
    taken = engines.take(shelf)
    assert len(begun) == 2
    assert taken is begun[1]
    assert [each.is_alive() for each in begun] == [False, True]
    engines.close()


def test_an_engine_that_has_set_formulas_up_is_for_documents_with_the_same_options(
    warm: TexLive, classic: TemplateFiles
) -> None:
    shelves = [
        Shelf.of(warm, classic.files, options)
        for options in (["compact", "math"], ["math", "compact"], ["regular", "math"])
    ]
    compact, same, regular = (shelf for shelf in shelves if shelf is not None)
    assert compact.ahead == same.ahead == ("compact", "math")  # which goes by the size of the text
    engines = Reserve(replace(warm, stays=True), Limits())
    engines.fill(compact, 1)
    other = engines.take(regular)
    taken = engines.take(same)
    assert other is not None
    assert taken is not None
    assert (other.options, taken.options) == (("regular", "math"), ("compact", "math"))
    engines.give_back(regular, other)
    assert engines.take(regular) is other
    for each in (other, taken):
        each.end()
    engines.close()


def test_of_engines_that_have_set_formulas_up_a_few_wait(
    warm: TexLive, classic: TemplateFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reserve, "MOST_SET_UP", 2)
    shelves = [
        shelf
        for density in ("compact", "regular", "tight")
        if (shelf := Shelf.of(warm, classic.files, [density, "math"])) is not None
    ]
    engines = Reserve(replace(warm, stays=True), Limits())
    made = []
    for shelf in shelves:
        engine = engines.take(shelf)
        assert engine is not None
        engines.give_back(shelf, engine)
        made.append(engine)
    wait_until(lambda: [each.is_alive() for each in made] == [False, True, True])
    engines.fill(shelves[0], 1)
    assert [each.is_alive() for each in made] == [False, True, True]  # none is started to be ended
    engines.close()
    assert not any(each.is_alive() for each in made)
