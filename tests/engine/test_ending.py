"""Each end of a program has a message about the machine or the template, and a way out."""

from __future__ import annotations

import signal

import pytest

from cvforge.engine.base import LogFinding
from cvforge.engine.ending import failure
from cvforge.engine.sandbox import Finished


@pytest.mark.parametrize(
    ("done", "code", "message"),
    [
        (Finished(-9, "", timed_out=True), "timeout", "did not finish in its time"),
        (Finished(-9, ""), "engine", "was killed"),
        (Finished(-signal.SIGXCPU, ""), "engine", "more time than it may"),
        (Finished(-signal.SIGXFSZ, ""), "engine", "larger than it may"),
        (Finished(-signal.SIGSEGV, ""), "engine", "crashed"),
        (Finished(-9, "x", said_too_much=True), "engine", "said more than it may"),
        (Finished(127, ""), "engine", "not there any more"),
        (Finished(1, "a\nbwrap: no"), "engine", "status 1: bwrap: no"),
        (Finished(1, "", refused=r"\special{x}"), "refused", r"\special{x} is not allowed"),
        (Finished(0, "", refused="x" * 9_000), "refused", "x… is not allowed"),
    ],
)
def test_an_end_is_one_message_with_a_way_out(done: Finished, code: str, message: str) -> None:
    (finding,) = failure(done, ())
    assert finding.code == code
    assert message in finding.message
    assert len(finding.message) < 300
    assert finding.hint


def test_what_the_log_says_of_the_error_is_enough() -> None:
    found = (LogFinding("tex", "Undefined control sequence", 3),)
    assert failure(Finished(1, "x"), found) == found
