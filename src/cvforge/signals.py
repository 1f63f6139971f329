"""Signals that end this process: what it started ends with it, and nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType, TracebackType

ENDING = (signal.SIGTERM, signal.SIGHUP)
SOON_SECONDS = 0.05
# Those that came. What they raise becomes another error in some C code, of Python's classes and of
# pydantic's; it is the end all the same.
_told: list[int] = []


@contextmanager
def ending_cleanly() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the program as Ctrl-C does: programs ended, folders removed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, *ENDING)}
    dropped = sys.unraisablehook
    sys.unraisablehook = _not_ignored
    _told.clear()
    try:
        for number, handler in before.items():
            if handler is signal.SIG_DFL:  # nohup has it ignored
                signal.signal(number, _end)
            elif handler is signal.default_int_handler:
                signal.signal(number, _interrupt)
        with ExitStack() as ended:
            ended.push(_as_told)
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        sys.unraisablehook = dropped


def is_told() -> bool:
    """Say whether this process was told to end: nothing is to begin any more."""
    return bool(_told)


def status() -> int:
    """Return the exit status of a process that was told to end, or interrupted, as shells count."""
    return 128 + (_told[0] if _told else signal.SIGINT)


def _as_told(
    _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
) -> None:
    """End with the status of the signal that came, whatever became of what that raised.

    An interruption may have been dealt with.
    """
    if _told and (isinstance(error, Exception) or _told[0] in ENDING):
        end_what_runs()
        raise SystemExit(status()) from None


def _not_ignored(ignored: sys.UnraisableHookArgs) -> None:
    """Send a signal again that came in code that drops what it raises: pydantic's, on loading."""
    code = getattr(ignored.exc_value, "code", None)
    if ignored.exc_type is KeyboardInterrupt:
        _send_again(signal.SIGINT)
    elif ignored.exc_type is SystemExit and code in {128 + number for number in ENDING}:
        signal.signal(code - 128, _end)
        _send_again(code - 128)
    else:
        sys.__unraisablehook__(ignored)


def _interrupt(number: int, frame: FrameType | None) -> None:
    if _is_starting_a_program(frame):
        _send_again(number)
        return
    _told.append(number)
    end_what_runs()
    raise KeyboardInterrupt


def _end(number: int, frame: FrameType | None) -> None:
    if _is_starting_a_program(frame):  # whoever would end it does not know it yet
        _send_again(number)
        return
    _told.append(number)
    for further in ENDING:
        signal.signal(further, signal.SIG_IGN)  # the clean-up is not interrupted
    end_what_runs()
    sys.exit(128 + number)


def _send_again(number: int) -> None:
    again = threading.Timer(SOON_SECONDS, os.kill, [os.getpid(), number])
    again.daemon = True
    again.start()


def end_what_runs() -> None:
    """End programs that nobody waits for yet; a command that started none has not loaded this."""
    sandbox = sys.modules.get("cvforge.engine.sandbox")
    if sandbox is not None:
        sandbox.end_all()


def _is_starting_a_program(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code is subprocess.Popen.__init__.__code__ or frame.f_code.co_name == "_begun":
            return True
        frame = frame.f_back
    return False
