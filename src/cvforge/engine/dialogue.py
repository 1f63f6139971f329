"""What is said to a program that runs and what it says, up to as much as it may say."""

from __future__ import annotations

import contextlib
import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path
    from typing import IO

    from cvforge.engine.trace import Trace

_PART = 1 << 16
MORE = r"\relax"  # the answer after which a question follows


@dataclass(slots=True)
class Dialogue:
    """A program that leads a group of processes; of what it says ``most`` bytes are kept.

    One that says more is ended, and ``is_too_much`` from then on. ``errors`` is where its
    standard error goes that is read afterwards, for the ``trace`` of what it opened.
    """

    process: subprocess.Popen[bytes]
    folder: Path
    most: int
    trace: Trace | None = None
    errors: IO[bytes] | None = None
    is_too_much: bool = False
    is_unseen: bool = False
    _heard: int = 0

    def hear(
        self,
        question: str = "",
        answer: Callable[[str], str] | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> str:
        """Return all that the program says, having answered what it asks.

        It asks by a line that begins with ``question``; ``answer`` gets all that came before. Its
        last answer is any but ``MORE``. ``meanwhile`` is done now, and after each answer.
        """
        said = b""
        if answer is not None:
            said = self._up_to("", question, answer, meanwhile)
        elif meanwhile is not None:
            meanwhile()
        said += self._stdout.read(self.most + 1 - len(said))
        if len(said) > self.most:
            self.is_too_much = True
            self.end()
        self.silence()
        return said[: self.most].decode("utf-8", "replace")

    def hear_up_to(
        self,
        end: str,
        question: str,
        answer: Callable[[str], str] | None,
        meanwhile: Callable[[], None] | None = None,
        *,
        is_told_more: bool = True,
    ) -> str:
        """Return what the program says up to a line that begins with ``end``, or all it says.

        It may ask, as in `hear`, and ``is_told_more`` afterwards, or its input ends.
        """
        said = self._up_to(end, question, answer, meanwhile, is_told_more=is_told_more)
        self.is_too_much = len(said) > self.most
        return said[: self.most].decode("utf-8", "replace")

    def say(self, line: str, *, is_last: bool) -> None:
        """Write a line to the program; one that has gone, or needs no more, is no fault here."""
        with contextlib.suppress(BrokenPipeError):
            self._stdin.write(line.encode() + b"\n")
            self._stdin.flush()
        if is_last:
            self.close()

    def close(self) -> None:
        """Say no more."""
        with contextlib.suppress(BrokenPipeError):
            self._stdin.close()

    def errors_said(self) -> str:
        """Return what it wrote to a standard error of its own since this was asked last.

        Of more than ``most`` bytes the rest ``is_unseen`` from then on. As long as the program
        runs, these are whole lines alone.
        """
        if self.errors is None:
            return ""
        said = os.pread(self.errors.fileno(), self.most + 1, self._heard)  # it writes where it was
        self.is_unseen |= len(said) > self.most
        if self.process.returncode is None:
            said = said[: said.rfind(b"\n") + 1]
        self._heard += len(said)
        return said.decode("utf-8", "replace")

    def silence(self) -> None:
        """Wait until all that was started is gone: it holds the other end as long as it lives."""
        while self._stdout.read(_PART):
            pass

    def end(self) -> None:
        """End the program and all of its group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def _up_to(
        self,
        end: str,
        question: str,
        answer: Callable[[str], str] | None,
        meanwhile: Callable[[], None] | None = None,
        *,
        is_told_more: bool = False,
    ) -> bytes:
        """Return what is said up to an end, or without one up to the last question."""
        said, asks, ends = bytearray(), question.encode(), end.encode()
        if meanwhile is not None:
            meanwhile()
        while line := self._stdout.readline(self.most + 1 - len(said)):
            said += line
            if answer is not None and line.startswith(asks):
                reply = answer(said.decode("utf-8", "replace"))
                is_last = not is_told_more and reply != MORE
                self.say(reply, is_last=is_last)
                if meanwhile is not None:
                    meanwhile()
                if is_last and not end:
                    break
                answer = None if is_last else answer
            elif end and line.startswith(ends):
                break
        return bytes(said)

    @property
    def _stdin(self) -> IO[bytes]:
        if self.process.stdin is None:
            raise AssertionError("the process was started with a pipe to say something")
        return self.process.stdin

    @property
    def _stdout(self) -> IO[bytes]:
        if self.process.stdout is None:
            raise AssertionError("the process was started with a pipe to be heard")
        return self.process.stdout
