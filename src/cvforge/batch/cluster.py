"""Does jobs on a Dask cluster: profiles go there as bytes, and PDFs come back as bytes.

Its workers need cvforge and TeX, and no disk in common with this machine.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any, cast

from distributed import Client, Future, Worker, as_completed, get_worker
from distributed.comm.addressing import resolve_address
from distributed.diagnostics.plugin import WorkerPlugin

from cvforge.batch.job import Failed, Options
from cvforge.batch.machine import open_workshop
from cvforge.batch.parcel import pack
from cvforge.diagnostics import Diagnostic
from cvforge.errors import CvforgeError, EngineError, OutputError
from cvforge.frozen import dataclass
from cvforge.record import Inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvforge.batch.job import Event, Events, Job
    from cvforge.batch.parcel import Parcel
    from cvforge.batch.workshop import Workshop

NAME = "cvforge"  # of what each worker keeps
RETRIES = 2
AHEAD = 2  # jobs on their way for each thread of the cluster
CONNECT_SECONDS = 10
WORKERS_SECONDS = 30


class Warm(WorkerPlugin):
    """What a worker of the cluster keeps between jobs: a workshop for each of its threads."""

    name = NAME
    idempotent = True

    def setup(self, worker: Worker) -> None:
        """Begin with nothing."""
        del worker
        self._open = ExitStack()
        self._workshops: dict[tuple[int, Options], Workshop] = {}
        self._lock = threading.Lock()

    def teardown(self, worker: Worker) -> None:
        """End the engines that wait."""
        del worker
        self._open.close()

    def workshop(self, job: Job) -> Workshop:
        """Return this thread's workshop for such jobs."""
        asked = job.options
        options = Options(engine=asked.engine, template=asked.template, epoch=asked.epoch)
        key = threading.get_ident(), options
        with self._lock:
            if key not in self._workshops:
                self._workshops[key] = self._open.enter_context(open_workshop(options))
            return self._workshops[key]


def build(parcel: Parcel) -> list[Event]:
    """Do a job in a worker of the cluster."""
    warm = cast("Warm", get_worker().plugins[NAME])
    try:
        return parcel.do(warm.workshop)
    except CvforgeError as error:  # there is no such engine
        return [Failed(None, error.exit_status, error.diagnostics, Inputs({}))]


@dataclass(frozen=True, slots=True)
class Cluster:
    """The cluster of the scheduler at this address."""

    scheduler: str

    def results(self, jobs: Sequence[Job]) -> Events:
        """Yield what comes of the jobs, those first that are done first, each once.

        Few are on their way at a time. A job whose worker dies is done by another one.

        Raises:
            OutputError: when there is no scheduler at the address, or it has no workers.
        """
        with _connected(self.scheduler) as client:
            client.register_plugin(Warm())
            with closing(_Shipping(client, jobs).results()) as results:
                yield from results


class _Shipping:
    """Jobs on their way."""

    def __init__(self, client: Client, jobs: Sequence[Job]) -> None:
        self._client = client
        self._jobs = iter(jobs)
        self._flying: dict[Any, tuple[Job, Future[Any]]] = {}
        self._done = as_completed(loop=client.loop)

    def results(self) -> Events:
        try:
            for _ in range(AHEAD * max(1, sum(self._client.nthreads().values()))):
                yield from self._next()
            for future in self._done:
                job, _ = self._flying.pop(future.key)
                for event in _events(job, future):
                    yield job, event
                future.release()
                yield from self._next()
        finally:
            self._client.cancel([future for _, future in self._flying.values()])

    def _next(self) -> Events:
        """Send the next job that can be sent; yield those that cannot."""
        for job in self._jobs:
            try:
                parcel = pack(job)
            except CvforgeError as error:
                yield job, Failed(None, error.exit_status, error.diagnostics, Inputs({}))
                continue
            future = self._client.submit(build, parcel, pure=False, retries=RETRIES)
            self._flying[future.key] = job, future
            self._done.add(future)
            return


def _events(job: Job, future: Future[Any]) -> list[Event]:
    if future.status == "finished":
        events: list[Event] = future.result()
        return events
    cause = future.exception() if future.status == "error" else future.status
    found = Diagnostic(
        "cluster",
        f'the cluster could not build "{job.profile.as_posix()}": {cause}',
        hint="are cvforge and TeX installed on its workers, in the versions that are here?",
    )
    return [Failed(None, EngineError.exit_status, (found,), Inputs({}))]


def _connected(scheduler: str) -> Client:
    try:
        resolve_address(scheduler)  # of a kind that it does not know, a client ends badly
        client = Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as cause:
        raise OutputError.one(
            "no-scheduler",
            f'there is no Dask scheduler at "{scheduler}": {cause}',
            hint='start one with "dask scheduler"; an address is like tcp://127.0.0.1:8786',
        ) from None
    try:
        client.wait_for_workers(1, timeout=WORKERS_SECONDS)
    except TimeoutError:
        client.close()
        raise OutputError.one(
            "no-workers",
            f'the Dask scheduler at "{scheduler}" has no workers',
            hint=f'start one with "dask worker {scheduler}"',
        ) from None
    return client
