"""Does jobs in this process, one after the other."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cvforge.batch.machine import making_apart, open_workshop
from cvforge.counter import unseen
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from cvforge.batch.job import Events, Job


@dataclass(frozen=True, slots=True)
class Here:
    """This process; ``progress`` is shown while a variant is set."""

    progress: Callable[[str], AbstractContextManager[None]] = unseen

    def results(self, jobs: Sequence[Job]) -> Events:
        """Yield what comes of the jobs, in their order.

        Raises:
            EngineMissingError: when no engine has the name that is asked for.
        """
        options, making = jobs[0].options, making_apart(os.environ)
        stays = sum(job.count() for job in jobs) > 1
        with open_workshop(options, stays=stays, making=making, progress=self.progress) as workshop:
            for job in jobs:
                for event in workshop.do(job):
                    yield job, event
