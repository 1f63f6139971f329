"""A process that does jobs which arrive on its standard input, until that ends."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from cvforge.batch.job import Failed
from cvforge.batch.machine import open_workshop
from cvforge.batch.messages import receive, send
from cvforge.errors import CvforgeError
from cvforge.record import Inputs
from cvforge.signals import ending_cleanly

if TYPE_CHECKING:
    from typing import IO

    from cvforge.batch.workshop import Workshop


def main() -> None:
    """Do the jobs of standard input, and answer on standard output."""
    work(sys.stdin.buffer, _only_for_answers())


def work(jobs: IO[bytes], answers: IO[bytes]) -> None:
    """Do jobs until there are no more, or this process is told to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this one tells it to end
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # as in a new process
    with suppress(EOFError, BrokenPipeError), ending_cleanly():
        options = receive(jobs)
        try:
            with open_workshop(options) as workshop:
                _work(workshop, jobs, answers)
        except CvforgeError as error:  # there is no such engine
            _refuse(error, jobs, answers)


def _work(workshop: Workshop, jobs: IO[bytes], answers: IO[bytes]) -> None:
    send(answers, list(workshop.do(receive(jobs))))
    gc.freeze()  # what is loaded by now is there to stay
    while True:
        send(answers, list(workshop.do(receive(jobs))))


def _refuse(error: CvforgeError, jobs: IO[bytes], answers: IO[bytes]) -> None:
    while True:
        receive(jobs)
        send(answers, [Failed(None, error.exit_status, error.diagnostics, Inputs({}))])


def _only_for_answers() -> IO[bytes]:
    """Return standard output; whatever else is printed goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


if __name__ == "__main__":
    main()
