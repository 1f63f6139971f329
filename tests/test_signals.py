"""A signal ends the program wherever it comes, and all that the program has started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from cvforge import signals
from cvforge.engine import sandbox
from cvforge.signals import ending_cleanly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _goes_on() -> Iterator[None]:
    """Let this process forget that it was told to end."""
    yield
    signals._told.clear()  # noqa: SLF001  a process is told once


def test_a_program_that_is_being_started_is_known_before_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start = vars(subprocess.Popen)["_execute_child"]

    def disturbed(process: object, *arguments: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        start(process, *arguments)

    monkeypatch.setattr(subprocess.Popen, "_execute_child", disturbed)
    known: list[subprocess.Popen[bytes]] = []

    def run() -> None:
        with ending_cleanly(), subprocess.Popen(["sleep", "60"]) as process:
            try:
                known.append(process)
                process.wait()
            finally:
                process.kill()

    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 143
    assert [process.returncode for process in known] == [-signal.SIGKILL]


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ending_cleanly():
            os.kill(os.getpid(), signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_what_handled_the_signals_before_does_so_again() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended, ending_cleanly():
        os.kill(os.getpid(), signal.SIGTERM)
    assert ended.value.code == 143
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize(
    ("number", "raised"),
    [
        (signal.SIGINT, KeyboardInterrupt),
        (signal.SIGTERM, SystemExit),
        (signal.SIGHUP, SystemExit),
    ],
)
def test_a_signal_that_comes_where_python_drops_it_comes_again(
    number: int, raised: type[BaseException], capfd: pytest.CaptureFixture[str]
) -> None:
    class Dropping:
        def __del__(self) -> None:
            os.kill(os.getpid(), number)
            time.sleep(0.01)

    def drop() -> None:
        with ending_cleanly():
            Dropping()
            time.sleep(5)

    before = sys.unraisablehook
    with pytest.raises(raised):
        drop()
    assert sys.unraisablehook is before
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_of_which_c_code_makes_another_error_ends_it_all_the_same(number: int) -> None:
    def make() -> None:
        try:
            os.kill(os.getpid(), number)
            time.sleep(0.01)
        except (KeyboardInterrupt, SystemExit):
            raise RuntimeError from None

    with pytest.raises(SystemExit) as ended, ending_cleanly():
        make()
    assert ended.value.code == 128 + number
    with pytest.raises(RuntimeError), ending_cleanly():  # nothing of it is remembered
        raise RuntimeError


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_what_makes_an_interruption_of_every_signal_does_not_change_the_status(number: int) -> None:
    def wait() -> None:
        try:
            os.kill(os.getpid(), number)
            time.sleep(0.01)
        except SystemExit:
            raise KeyboardInterrupt from None

    with pytest.raises(SystemExit) as ended, ending_cleanly():
        wait()
    assert ended.value.code == 128 + number


def test_after_a_signal_nothing_begins_any_more(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), ending_cleanly():
        signal.raise_signal(signal.SIGINT)
    ended = sandbox.run(["/bin/sleep", "60"], folder=tmp_path, environment={})
    assert ended.status == -signal.SIGKILL
