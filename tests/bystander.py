"""A process that stands by for tests: its commands are Python, and nothing of theirs is loaded."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar

from cvforge.standby import client, server, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Sought = TypeVar("Sought")
SOURCES = Path(__file__).parents[1] / "src"
PATIENCE_SECONDS = 60.0
NOT_LEFT = 77
# As the program begins, without what follows when nobody stands by.
PROGRAM = f"""
import sys
from cvforge.standby import client
status = client.leave(sys.argv[1:])
sys.exit({NOT_LEFT} if status is None else status)
"""


def surroundings(cache: Path) -> dict[str, str]:
    """Return an environment in which commands are left, with a cache of its own."""
    dropped = {"CI", "CVFORGE_STANDBY", "GITHUB_ACTIONS", "PYTHONUNBUFFERED"}
    kept = {k: v for k, v in os.environ.items() if k not in dropped}
    return kept | {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(SOURCES)}


def wait_until(wanted: Callable[[], Sought]) -> Sought:
    """Wait for what is true, far longer than it takes, and return it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := wanted()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.005)
    return found


class Bystander:
    """The process, its environment, and a folder for its cache, whose path is short."""

    def __init__(self, cache: Path) -> None:
        (cache / "cvforge").mkdir(parents=True)
        self.environment = surroundings(cache)
        self.folder = cache / "cvforge/standby"
        self._started: list[subprocess.Popen[bytes]] = []

    def path(self) -> Path:
        """Return its socket's path."""
        code = "import os; from cvforge.standby import place; print(place.socket_path(os.environ))"
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return Path(done.stdout.strip())

    def start(self, **seconds: float) -> int:
        """Start it, and return its number when it listens; ``seconds`` are its constants."""
        settings = [f"{name}={value}" for name, value in seconds.items()]
        process = subprocess.Popen(
            [sys.executable, __file__, str(self.path()), *settings],
            env=self.environment,
            start_new_session=True,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        self._started.append(process)
        wait_until(self.number)
        return self.ready()

    def ready(self) -> int:
        """Return its number when an attendant waits."""
        number = self.number()
        assert number is not None
        wait_until(lambda: children(number))
        return number

    def number(self) -> int | None:
        """Return its number, None when it does not stand by."""
        before = dict(os.environ)
        os.environ.clear()
        os.environ.update(self.environment)
        try:
            return client.standing()
        finally:
            os.environ.clear()
            os.environ.update(before)

    def begin(self, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
        """Begin a command."""
        chosen: dict[str, Any] = {"env": self.environment, "stdout": subprocess.PIPE} | options
        return subprocess.Popen([sys.executable, "-c", PROGRAM, *arguments], **chosen)

    def call(self, code: str, *arguments: str, **options: Any) -> tuple[int, bytes, bytes]:
        """Let a piece of Python be done, and return its status and what it printed."""
        begun = self.begin("build", code, *arguments, stderr=subprocess.PIPE, **options)
        out, errors = begun.communicate(timeout=PATIENCE_SECONDS)
        return begun.returncode, out, errors

    def close(self) -> None:
        """End it, whichever was started last, and see that nothing of it is left."""
        wait_until(self._has_ended)
        for process in self._started:
            process.wait(PATIENCE_SECONDS)

    def _has_ended(self) -> bool:
        left = processes(self.folder)
        for number in left:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGTERM)
        return not left


def children(number: int) -> list[int]:
    """Return the children of a process."""
    with suppress(OSError):
        return [int(child) for child in _text(f"/proc/{number}/task/{number}/children").split()]
    return []


def processes(folder: Path) -> list[int]:
    """Return the processes that have a socket in ``folder`` as an argument."""
    return [
        int(path.name)
        for path in Path("/proc").iterdir()
        if path.name.isdecimal() and str(folder) in _text(path / "cmdline")
    ]


def ended(number: int) -> bool:
    """Wait for the end of a process that is nobody's child here; say whether it came."""
    try:
        process = os.pidfd_open(number)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([process], [], [], PATIENCE_SECONDS)[0])
    finally:
        os.close(process)


def _text(path: str | Path) -> str:
    with suppress(OSError):
        return Path(path).read_text("utf-8", "surrogateescape")
    return ""


def _do(arguments: Sequence[str]) -> None:
    exec(arguments[1], {"arguments": arguments})  # noqa: S102  the tests' own code


if __name__ == "__main__":
    sys.modules["cvforge.cli"] = SimpleNamespace(main=_do)  # type: ignore[assignment]  # a stand-in
    setattr(server, "MODULES", ("cvforge.standby.standing",))  # noqa: B010  it is a constant
    standing.FRESH_SECONDS = 0.0
    for setting in sys.argv[2:]:
        name, _, number = setting.partition("=")
        setattr(standing, name, float(number))
    server.main()
