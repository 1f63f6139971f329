"""The bar: on a terminal alone, with numbers that are true."""

from __future__ import annotations

import io
import sys

import pytest

from cvforge.console import Console
from cvforge.counter import Counter


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def shown(console: Console, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what a terminal gets while three of seven are done."""
    terminal = Terminal()
    with monkeypatch.context() as patch:
        patch.setenv("TERM", "xterm")
        patch.setenv("COLUMNS", "100")
        patch.setattr(sys, "stderr", terminal)
        with console.counting(4) as counter:
            counter.expect(3)
            counter.count()
            counter.count(2)
    return terminal.getvalue()


def test_a_terminal_shows_how_many_are_done_of_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "3/7" in shown(Console(quiet=False, json=False, github=False), monkeypatch)


@pytest.mark.parametrize(
    "console",
    [
        Console(quiet=True, json=False, github=False),
        Console(quiet=False, json=True, github=False),
    ],
)
def test_who_asks_for_silence_or_a_document_sees_no_bar(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown(console, monkeypatch) == ""


def test_elsewhere_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with Console(quiet=False, json=False, github=False).counting(4) as counter:
        assert type(counter) is Counter
        counter.count()
        counter.expect(1)
    assert capsys.readouterr() == ("", "")
