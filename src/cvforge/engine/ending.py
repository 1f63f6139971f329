"""What it means that a program has ended as it did, and what to do."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from cvforge.engine.base import LogFinding

if TYPE_CHECKING:
    from cvforge.engine.sandbox import Finished

SHELL = 128  # what a shell adds to a signal's number to make a status of it
_KEPT = '"cvforge build --debug" keeps what it worked on'
# By signal, or by status of the shell that starts it: what happened, and the way out.
_ENDINGS = {
    -signal.SIGKILL: (
        "the engine was killed (signal 9) by another program, or for want of memory",
        "close other programs, and build again",
    ),
    -signal.SIGXCPU: ("the engine took more time than it may", f"is a text very long? {_KEPT}"),
    -signal.SIGXFSZ: ("the engine wrote a file larger than it may", _KEPT),
    -signal.SIGSEGV: ("the engine crashed", _KEPT),
    -signal.SIGABRT: ("the engine crashed, perhaps for want of memory", _KEPT),
    126: ("the engine cannot be started", '"cvforge doctor" looks at what is installed'),
    127: ("the engine is not there any more", '"cvforge doctor" says what to install'),
}


def failure(done: Finished, findings: tuple[LogFinding, ...]) -> tuple[LogFinding, ...]:
    """Return the findings with the reason why a program did not do its work."""
    if done.timed_out:
        late = "the engine did not finish in its time"
        return (*findings, LogFinding("timeout", late, hint=f"is a text very long? {_KEPT}"))
    if any(finding.is_error for finding in findings):
        return findings
    status = done.status if done.status <= SHELL else SHELL - done.status
    if status in _ENDINGS:
        message, hint = _ENDINGS[status]
        return (*findings, LogFinding("engine", message, hint=hint))
    last = done.output.strip().splitlines()[-1:] or ["it said nothing"]
    how = f"signal {-status}" if status < 0 else f"status {status}"
    return (*findings, LogFinding("engine", f"the engine ended with {how}: {last[0]}", hint=_KEPT))
