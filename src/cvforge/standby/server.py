"""The process that stands by, from its start to its end; until it has its lock it loads nothing."""

from __future__ import annotations

import gc
import socket
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from cvforge import loading, patterns
from cvforge.engine.lock import locked
from cvforge.standby.source import Source, identity

BACKLOG = 8
# What a build loads; what else a command needs is loaded here after the first that needed it.
MODULES = (
    "cvforge.cli.build",
    "cvforge.cli.program",
    "cvforge.batch.here",
    "cvforge.batch.workshop",
    "cvforge.check.quick",
    "cvforge.engine.coverage",
    "cvforge.engine.registry",
    "cvforge.engine.serving",
    "cvforge.fit.fitting",
    "cvforge.fit.report",
    "cvforge.standby.standing",
    "markdown_it",
    "pypdfium2",
)


def main() -> None:
    """Stand by at the socket whose path is the argument, unless another process does."""
    loading.begin()
    path = Path(sys.argv[1])
    with suppress(OSError):  # the cache cannot be written: every command does its work itself
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.parent.chmod(0o700)
        with locked(path.with_name(f"{path.name}.lock"), wait_seconds=0.0) as is_ours:
            if is_ours:
                _stand_by(path)


def _stand_by(path: Path) -> None:
    source = Source.read()
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        path.chmod(0o600)
        made = identity(path)
        if made is None:  # somebody has removed it, and wants nobody to stand by
            return
        try:
            _listen(listener, path, made, source)
        finally:
            if identity(path) == made:
                path.unlink(missing_ok=True)


def _listen(listener: socket.socket, path: Path, made: tuple[int, int], source: Source) -> None:
    for name in MODULES:
        import_module(name)
    patterns.compile_all()
    gc.collect()
    loading.end()
    listener.listen(BACKLOG)
    listener.settimeout(0)
    from cvforge.standby.standing import Standby  # noqa: PLC0415  loaded by now

    # By its name: the command line knows this package, which runs whatever it is given.
    command = import_module("cvforge.cli").main
    Standby(listener, path, made, source, command).run()


if __name__ == "__main__":
    main()
