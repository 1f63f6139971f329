"""What it means that a program has ended as it did, and what to do."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from cvforge.engine.base import LogFinding

if TYPE_CHECKING:
    from cvforge.engine.sandbox import Finished

LONG = 200  # characters of what a template wanted, of which one may see the rest elsewhere
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
    if done.refused is not None:
        what = done.refused if len(done.refused) < LONG else f"{done.refused[:LONG]}…"
        message = f"the template was stopped: {what} is not allowed"
        hint = "a template may use its own files, TeX's, and fonts; is it what you think it is?"
        return (LogFinding("refused", message, hint=hint),)
    if done.timed_out:
        late = "the engine did not finish in its time"
        return (*findings, LogFinding("timeout", late, hint=f"is a text very long? {_KEPT}"))
    if done.said_too_much:
        loud = "the engine said more than it may"
        return (*findings, LogFinding("engine", loud, hint=_KEPT))
    if any(finding.is_error for finding in findings):
        return findings
    status = done.status
    if status in _ENDINGS:
        message, hint = _ENDINGS[status]
        return (*findings, LogFinding("engine", message, hint=hint))
    last = done.output.strip().splitlines()[-1:] or ["it said nothing"]
    how = f"signal {-status}" if status < 0 else f"status {status}"
    return (*findings, LogFinding("engine", f"the engine ended with {how}: {last[0]}", hint=_KEPT))
