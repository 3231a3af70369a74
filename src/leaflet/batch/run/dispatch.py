"""Jobs spread over workers: one that kills its worker is tried again alone, and the others go on."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import dataclass, field
from queue import SimpleQueue

from leaflet.batch.run.job import Job, Outcome, Status
from leaflet.batch.run.process_pool import LocalProcesses, ProcessDiedError
from leaflet.errors import LeafletError, Problem

WINDOW = 500
"""Jobs handed to the executor at once: enough for a large cluster, which may grow while it works."""
MEGABYTES = 2000
"""What one worker may take of memory, unless it is said otherwise."""
TOO_LATE = (0, getattr(signal, "SIGALRM", 0))
"""How a process ends whose time is up."""
MOST_FRUITLESS = 4
"""So many deaths for each worker, and not one result, before the batch gives up."""
NO_WORKERS = Problem(
    message="the worker processes die before they build anything",
    hint="build one leaflet with leaflet build to see why; too little memory is a common reason, which fewer -j helps",
)

MakeExecutor = Callable[[int], Executor]
"""Makes an executor with so many workers; another engine than local processes takes its place here."""


def local_processes(workers: int, *, megabytes: int = MEGABYTES) -> Executor:
    """Warm processes on this machine."""
    return LocalProcesses(workers, megabytes=megabytes)


def usable_cores() -> int:
    """How many processes can run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_jobs(
    function: Callable[[Job], Outcome],
    jobs: Iterable[Job],
    *,
    workers: int,
    executor: Executor,
    keep_going: Callable[[Outcome], bool] = lambda _: True,
) -> Iterator[Outcome]:
    """What ``function`` makes of each job, as they end; those that broke are tried once more, alone, after all others.

    ``keep_going`` is asked after each outcome; once it says no, nothing new is begun and what runs is finished.
    Leaving the iterator early cancels what has not begun.

    Raises:
        LeafletError: no worker lives long enough to give a result.
    """
    flow = _Flow(function=function, executor=executor)
    suspects: list[Job] = []
    fruitful = False
    with closing(flow.outcomes(jobs)) as outcomes:
        for job, outcome in outcomes:
            if outcome.status is Status.BROKEN:
                suspects.append(job)
                if not fruitful and len(suspects) >= MOST_FRUITLESS * workers:
                    raise LeafletError(NO_WORKERS)
                continue
            fruitful = True
            yield outcome
            flow.going = flow.going and keep_going(outcome)
    for job in suspects:
        if flow.going:
            ((_, outcome),) = flow.outcomes([job])
            yield outcome
            flow.going = keep_going(outcome)


@dataclass(slots=True, kw_only=True)
class _Flow:
    """Jobs on their way through an executor."""

    function: Callable[[Job], Outcome]
    executor: Executor
    going: bool = True
    """Whether new jobs may still be begun."""
    _running: dict[Future[Outcome], Job] = field(default_factory=dict)

    def outcomes(self, jobs: Iterable[Job]) -> Generator[tuple[Job, Outcome], None, None]:
        waiting = iter(jobs)
        arrived: SimpleQueue[Future[Outcome]] = SimpleQueue()
        try:
            while True:
                while self.going and len(self._running) < WINDOW and (job := next(waiting, None)) is not None:
                    future = self.executor.submit(self.function, job)
                    self._running[future] = job
                    future.add_done_callback(arrived.put)
                if not self._running:
                    return
                future = arrived.get()
                job = self._running.pop(future)
                if not future.cancelled():
                    yield job, _outcome(job, future)
                if not self.going:
                    self._cancel()
        finally:
            self._cancel()

    def _cancel(self) -> None:
        for future in tuple(self._running):
            future.cancel()


def _outcome(job: Job, future: Future[Outcome]) -> Outcome:
    error = future.exception()
    match error:
        case None:
            return future.result()
        case LeafletError():
            return Outcome(name=job.name, status=Status.REFUSED, problems=error.problems)
        case ProcessDiedError() if error.signal in TOO_LATE:
            message = f"it took longer than {job.seconds:g} s"
            hint = "build this leaflet alone with leaflet build to see why; a longer --timeout may help"
        case ProcessDiedError():
            message = f"its process died twice, the second time alone (signal {error.signal})"
            hint = "build this leaflet alone with leaflet build; fewer -j leave more memory for each"
        case _:
            message = f"its worker was lost twice, the second time alone: {error}"
            hint = "look at the logs of the worker"
    return Outcome(name=job.name, status=Status.BROKEN, problems=(Problem(message=message, hint=hint),))
