"""Dispatch of jobs to an engine: one that kills its worker is tried again alone, and the others go on."""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from contextlib import closing
from queue import SimpleQueue

from msgspec import Struct, field

from leaflet.batch.run.job import Job, Outcome, Status
from leaflet.batch.run.job_engine import Engine
from leaflet.batch.run.process_call import ProcessDiedError
from leaflet.errors import LeafletError, Problem

WINDOW = 500
"""The jobs handed to the engine at once: enough for a large cluster, which may grow while it works."""
TIME_IS_UP = getattr(signal, "SIGALRM", 0)
"""The signal that ends a process that takes too long; 0, an exit of its own, where the system has no such signal."""
MOST_FRUITLESS = 4
"""The deaths for each worker, without a single result, after which the batch gives up."""
NO_WORKERS = Problem(
    message="the worker processes die before they build anything",
    hint="build one leaflet with leaflet build to see why; too little memory is a common reason, which fewer -j helps",
)


def run_jobs(
    jobs: Iterable[Job], *, workers: int, engine: Engine, keep_going: Callable[[Outcome], bool] = lambda _: True
) -> Iterator[Outcome]:
    """Do ``jobs`` and yield their outcomes as they end; those that broke are tried once more, alone, after all others.

    After each outcome, ``keep_going`` decides whether new jobs are begun; those that run are finished in any case.
    Leaving the iterator early cancels the jobs that have not begun.

    Raises:
        LeafletError: no worker lives long enough to give a result.
    """
    flow = _Flow(engine=engine)
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


class _Flow(Struct, kw_only=True):
    """The jobs that an engine has at a time."""

    engine: Engine
    going: bool = True
    """True while new jobs may still be begun."""
    _running: dict[Future[Outcome], Job] = field(default_factory=dict)

    def outcomes(self, jobs: Iterable[Job]) -> Generator[tuple[Job, Outcome], None, None]:
        waiting = iter(jobs)
        arrived: SimpleQueue[Future[Outcome]] = SimpleQueue()
        try:
            while True:
                while self.going and len(self._running) < WINDOW and (job := next(waiting, None)) is not None:
                    future = self.engine.submit(job)
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
        case ProcessDiedError() if error.signal == TIME_IS_UP:
            message = f"it took longer than {job.seconds:g} s"
            hint = "build this leaflet alone with leaflet build to see why; a longer --timeout may help"
        case ProcessDiedError():
            ended = f"signal {error.signal}" if error.signal else "it ended by itself"
            message = f"its process died twice, the second time alone ({ended})"
            hint = "it may need more memory: fewer -j leave more for each, --memory allows more"
        case _:
            message = f"its worker was lost twice, the second time alone: {error}"
            hint = "look at the logs of the worker"
    return Outcome(name=job.name, status=Status.BROKEN, problems=(Problem(message=message, hint=hint),))
