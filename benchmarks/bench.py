"""Running programs that are measured: where, in which environment, how often, how long."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.samples import Samples

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from benchmarks.peers import Peers

CVFORGE = str(Path(sys.executable).with_name("cvforge"))
ROOT = Path(__file__).parents[1]
QUICK_ROUNDS = 2
SECONDS = 300.0
SETTLE_SECONDS, SETTLE_STEP_SECONDS = 60.0, 0.05
# What would make a build of this user's another one than that of a stranger.
_NOT_PASSED_ON = {
    "CI",
    "CVFORGE_STANDBY",
    "GITHUB_ACTIONS",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONSTARTUP",
    "SOURCE_DATE_EPOCH",
    "TEXMFHOME",
}


class NotMeasuredError(Exception):
    """A measurement that is not possible here; the message goes onto the page."""


@dataclass(frozen=True, slots=True)
class Home:
    """A home folder with a cache of its own, for programs that are measured."""

    folder: Path
    more: Mapping[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """Return the environment of a user who lives there."""
        kept = {name: text for name, text in os.environ.items() if name not in _NOT_PASSED_ON}
        own = {"HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder / ".cache")}
        return kept | own | dict(self.more)

    def alone(self) -> Home:
        """Return the same home, where no process stands by for the next command."""
        return replace(self, more=dict(self.more) | {"CVFORGE_STANDBY": "off"})

    def standing_by(self) -> list[int]:
        """Return the processes that a command has left here, to do the next ones."""
        return [number for number, command in self._commands() if "cvforge.standby" in command]

    def settle(self) -> None:
        """Wait until nothing is prepared any more, so that nothing else is measured with it.

        Raises:
            NotMeasuredError: when that does not end.
        """
        deadline = time.monotonic() + SETTLE_SECONDS
        while any("\0cache\0warm\0" in command for _, command in self._commands()):
            if time.monotonic() > deadline:
                raise NotMeasuredError("what a command prepares for the next does not end")
            time.sleep(SETTLE_STEP_SECONDS)

    def _commands(self) -> Iterator[tuple[int, str]]:
        """Yield the processes whose home this is, by their numbers and command lines."""
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if f"HOME={self.folder}\0".encode() in (place / "environ").read_bytes():
                    command = (place / "cmdline").read_text(encoding="utf-8", errors="replace")
                    yield int(place.name), command

    def clear(self) -> None:
        """Make it a new one, for which nothing stands by."""
        for number in self.standing_by():
            with suppress(OSError):
                os.kill(number, signal.SIGTERM)
        deadline = time.monotonic() + SETTLE_SECONDS
        while self.standing_by() and time.monotonic() < deadline:
            time.sleep(SETTLE_STEP_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)


@dataclass(frozen=True, slots=True)
class Bench:
    """What all measurements share.

    ``folder`` is for this run alone; ``home`` is that of a user who has built before. Where there
    are no peers, ``peers_failure`` says why.
    """

    folder: Path
    home: Home
    peers: Peers | None = None
    peers_failure: str = ""
    is_quick: bool = False

    def rounds(self, usual: int) -> int:
        """Return how often something is measured."""
        return min(usual, QUICK_ROUNDS) if self.is_quick else usual

    def place(self, name: str) -> Path:
        """Return a new folder."""
        made = self.folder / name
        made.mkdir(parents=True)
        return made


def run(
    command: Sequence[str], *, folder: Path, home: Home, accepted: Collection[int] = (0,)
) -> str:
    """Run a program and return what it prints; ``accepted`` are the exit statuses of success.

    Raises:
        NotMeasuredError: when it fails, with what it said as a note.
    """
    try:
        done = subprocess.run(  # noqa: S603  programs that are measured
            command,
            cwd=folder,
            env=home.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotMeasuredError(f"{_name(command)} did not run: {type(error).__name__}") from error
    if done.returncode not in accepted:
        failure = NotMeasuredError(f"{_name(command)} ended with status {done.returncode}")
        failure.add_note(done.stdout + done.stderr)
        raise failure
    return done.stdout


def timed(
    command: Sequence[str], *, folder: Path, home: Home, accepted: Collection[int] = (0,)
) -> float:
    """Return the seconds that a program runs; the disk has taken what was written before.

    Raises:
        NotMeasuredError: when it fails.
    """
    os.sync()
    start = time.perf_counter()
    run(command, folder=folder, home=home, accepted=accepted)
    return time.perf_counter() - start


def by_turns(rounds: int, actions: Mapping[str, Callable[[int], float]]) -> dict[str, Samples]:
    """Return what each action measures, given the number of the round; all in every round."""
    measured: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(rounds):
        for name, action in actions.items():
            measured[name].append(action(number))
    return {name: Samples(tuple(values)) for name, values in measured.items()}


def _name(command: Sequence[str]) -> str:
    """Return a program and what it was to do, without paths."""
    words = [Path(command[0]).name, *command[1:2]]
    return f"`{' '.join(word for word in words if '/' not in word and word != '-c')}`"
