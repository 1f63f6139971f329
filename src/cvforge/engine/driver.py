"""A shell behind the wall that runs xdvipdfmx in one folder whenever it is told.

The wall and the shell take a third of the time of the program itself; so they are there before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.engine import sandbox
from cvforge.engine.preload import LISTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cvforge.engine.sandbox import Finished, Limits
    from cvforge.engine.texlive import TexLive

_DONE = "cvforge-driven"
_LOOP = (
    'lists=$1; shift; while read -r epoch longer; do (export SOURCE_DATE_EPOCH="$epoch"; '
    f'[ "$longer" = 0 ] || export {LISTED}="$lists"; exec "$@"); '
    f'status=$?; echo; echo "{_DONE} $status"; done'
)


class Driver:
    """One such shell; `end` must follow. Its limits hold for each run by itself.

    ``lists`` is the folder of the longer lists of glyphs.
    """

    def __init__(  # noqa: PLR0913  all that it takes
        self,
        tex: TexLive,
        command: Sequence[str],
        folder: Path,
        *,
        environment: Mapping[str, str],
        lists: Path,
        limits: Limits,
    ) -> None:
        self._limits = limits
        self._begun = sandbox.start(
            ["/bin/sh", "-c", _LOOP, "sh", lists, *command],
            folder=folder,
            environment=environment,
            limits=limits,
            guard=tex.wall(),
        )
        self._is_over = False

    def run(self, epoch: int, *, with_longer_lists: bool = False) -> Finished:
        """Run the program once, with its date in seconds since 1970 (UTC)."""
        self._is_over = True  # unless it goes on
        line = f"{epoch} {int(with_longer_lists)}"
        done = sandbox.ask(self._begun, line, limits=self._limits, done=_DONE)
        self._is_over = self._begun.process.returncode is not None
        if self._is_over:
            return done
        output, _, status = done.output.rpartition(_DONE)
        if not status.strip().isdecimal():  # the program itself has said such a line
            self.end()
            return sandbox.Finished(1, done.output)
        return sandbox.Finished(sandbox.signalled(int(status)), output.strip())

    def end(self) -> None:
        """End the shell and what it runs."""
        if not self._is_over:
            self._is_over = True
            sandbox.end(self._begun)
