"""A driver that waits: it runs as often as it is told, and says how each run ended."""

from __future__ import annotations

import signal
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cvforge.engine import xetex
from cvforge.engine.driver import Driver
from cvforge.engine.preload import Start
from cvforge.engine.sandbox import Limits
from cvforge.engine.texlive import TexLive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ENVIRONMENT = {"PATH": "/usr/bin:/bin"}


@pytest.fixture
def driver(tex: TexLive, tmp_path: Path) -> Iterator[Callable[..., Driver]]:
    """A shell's script as the program, with ``folder`` to work in."""
    made: list[Driver] = []

    def start(script: str, limits: Limits | None = None) -> Driver:
        command = ["/bin/sh", "-c", script]
        made.append(
            Driver(
                tex,
                command,
                tmp_path,
                environment=ENVIRONMENT,
                lists=tmp_path / "longer ones",
                limits=limits or Limits(),
            )
        )
        return made[-1]

    yield start
    for each in made:
        each.end()


def test_it_runs_again_and_each_time_with_its_date(
    driver: Callable[..., Driver], tmp_path: Path
) -> None:
    waiting = driver("echo $SOURCE_DATE_EPOCH >> dates; echo said")
    for epoch in (1, 20, 300):
        assert waiting.run(epoch) == replace(waiting.run(epoch), status=0, output="said")
    assert (tmp_path / "dates").read_text("ascii").split() == ["1", "1", "20", "20", "300", "300"]


def test_one_run_may_have_longer_lists(driver: Callable[..., Driver], tmp_path: Path) -> None:
    waiting = driver('echo "${TEXFONTMAPS-none}"')
    said = [
        waiting.run(0, with_longer_lists=is_longer).output for is_longer in (False, True, False)
    ]
    assert said == ["none", str(tmp_path / "longer ones"), "none"]


def test_one_that_says_what_the_shell_says_is_not_believed(driver: Callable[..., Driver]) -> None:
    assert driver("echo; echo cvforge-driven well").run(0).status == 1


@pytest.mark.parametrize(
    ("script", "status"), [("exit 3", 3), ("kill -9 $$", -signal.SIGKILL), ("exit 127", 127)]
)
def test_how_it_ended_is_said_and_the_next_run_is_another(
    script: str, status: int, driver: Callable[..., Driver]
) -> None:
    waiting = driver(f"[ $SOURCE_DATE_EPOCH = 0 ] || {{ {script}; }}")
    assert [waiting.run(epoch).status for epoch in (1, 0)] == [status, 0]


def test_one_that_is_late_is_ended(driver: Callable[..., Driver]) -> None:
    done = driver("sleep 60", Limits(wall_seconds=0.5)).run(0)
    assert done.timed_out
    assert done.status != 0


def test_one_that_says_too_much_is_ended(driver: Callable[..., Driver]) -> None:
    done = driver("yes", Limits(output_kib=4)).run(0)
    assert done.said_too_much
    assert done.status != 0


def test_without_a_wall_none_waits(
    tex: TexLive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TexLive, "wall", lambda _: None)
    assert xetex.driver(tex, tmp_path, start=Start(tmp_path, "", {}), limits=Limits()) is None
