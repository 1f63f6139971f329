"""The first build: nothing is prepared, TeX takes the longest, and so it is started before all."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from cvforge.batch import machine
from cvforge.engine.preload import FOLDER
from cvforge.standby.ahead import Ahead

if TYPE_CHECKING:
    from collections.abc import Sequence

# Of these that engine is not the right one, or nothing is set at all.
_OTHERWISE = ("--engine", "--template", "--debug", "--executor", "--jobs", "-j", "--help", "-h")


def start(arguments: Sequence[str]) -> Ahead | None:
    """Start an engine for a command, if it is likely to be a build and there is no format yet.

    Whoever calls this ends what nobody has taken. Later builds look first whether there is
    anything to do: a format is loaded in a third of the time.
    """
    is_build = arguments[:1] == ["build"] and not any(a.startswith(_OTHERWISE) for a in arguments)
    if not is_build or (machine.user_cache() / FOLDER).exists():
        return None
    made = Ahead()
    with ExitStack() as interrupted:
        interrupted.callback(made.close)
        made.start_first()
        interrupted.pop_all()
    machine.stood_by = made
    return made
