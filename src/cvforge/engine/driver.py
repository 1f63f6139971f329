"""A shell behind the wall that runs xdvipdfmx in one folder whenever it is told.

The wall and the shell take a third of the time of the program itself; so they are there before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.engine import sandbox

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cvforge.engine.sandbox import Finished, Limits
    from cvforge.engine.texlive import TexLive

_DONE = "cvforge-driven"
_LOOP = (
    'while read -r epoch; do SOURCE_DATE_EPOCH=$epoch "$@"; status=$?; '
    f'echo; echo "{_DONE} $status"; done'
)


class Driver:
    """One such shell; `end` must follow. Its limits hold for each run by itself."""

    def __init__(
        self,
        tex: TexLive,
        command: Sequence[str],
        folder: Path,
        *,
        environment: Mapping[str, str],
        limits: Limits,
    ) -> None:
        self._limits = limits
        self._begun = sandbox.start(
            ["/bin/sh", "-c", _LOOP, "sh", *command],
            folder=folder,
            environment=environment,
            limits=limits,
            guard=tex.wall(),
        )
        self._is_over = False

    def run(self, epoch: int) -> Finished:
        """Run the program once, with its date in seconds since 1970 (UTC)."""
        self._is_over = True  # unless it goes on
        done = sandbox.ask(self._begun, str(epoch), limits=self._limits, done=_DONE)
        self._is_over = self._begun.process.returncode is not None
        if self._is_over:
            return done
        output, _, status = done.output.rpartition(_DONE)
        return sandbox.Finished(sandbox.signalled(int(status)), output.strip())

    def end(self) -> None:
        """End the shell and what it runs."""
        if not self._is_over:
            self._is_over = True
            sandbox.end(self._begun)
