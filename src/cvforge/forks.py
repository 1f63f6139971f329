"""How the code of a fork ends: never in that of its parent."""

from __future__ import annotations

import signal
import traceback
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

INTERRUPTED = 128 + signal.SIGINT


class Ending:
    """Whatever ends the block, as the exit status that the interpreter would end with."""

    def __init__(self) -> None:
        self.status = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> bool:
        if isinstance(error, SystemExit):
            self.status = error.code if isinstance(error.code, int) else int(error.code is not None)
        elif isinstance(error, KeyboardInterrupt):
            self.status = INTERRUPTED
        elif error is not None:
            traceback.print_exception(error)
            self.status = 1
        return True
