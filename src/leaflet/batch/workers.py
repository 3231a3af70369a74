"""Jobs spread over warm processes: a job that kills its process is tried again alone, and the others go on."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice

from leaflet.batch.worker import Job, Outcome, Status, build_job, prepare_worker
from leaflet.errors import LeafletError, Problem

ROUND = 1000
"""Jobs per process before it is replaced: what foreign libraries never give back is given back then."""

MOST_FRUITLESS = 4
"""So many times in a row may all processes die without a result before the batch gives up."""
NO_WORKERS = Problem(
    message="the worker processes die before they build anything",
    hint="build one leaflet with leaflet build to see why; too little memory is a common reason, which fewer -j helps",
)

MakeExecutor = Callable[[int], Executor]
"""Makes an executor with so many workers; another engine than local processes takes its place here."""


def local_processes(workers: int) -> Executor:
    """Fresh processes, not forks: Pango and fontconfig do not survive a fork once they were used."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max_workers=workers, mp_context=context, initializer=prepare_worker)


def usable_cores() -> int:
    """How many processes can run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_jobs(
    jobs: Iterable[Job],
    *,
    workers: int,
    make_executor: MakeExecutor = local_processes,
    keep_going: Callable[[Outcome], bool] = lambda _: True,
) -> Iterator[Outcome]:
    """The outcome of each job, as they end.

    ``keep_going`` is asked after each outcome; once it says no, nothing new is begun and what runs is finished.
    Leaving the iterator early ends the workers after the jobs they are at.
    """
    waiting = iter(jobs)
    state = _State()
    while state.going and (batch := {job.name: job for job in islice(waiting, ROUND * workers)}):
        suspects: list[Job] = []
        for outcome in _together(list(batch.values()), workers, make_executor, suspects, state):
            if outcome.status is Status.BROKEN:
                suspects.append(batch[outcome.name])
                continue
            yield outcome
            state.going = state.going and keep_going(outcome)
        for job in suspects if state.going else ():
            outcome = _alone(job, make_executor)
            yield outcome
            state.going = state.going and keep_going(outcome)


@dataclass(slots=True)
class _State:
    """Whether new jobs may still be begun."""

    going: bool = True


def _together(
    batch: list[Job],
    workers: int,
    make_executor: MakeExecutor,
    suspects: list[Job],
    state: _State,
) -> Iterator[Outcome]:
    """Run ``batch``; jobs that were under way when a process died are put among the ``suspects``."""
    remaining = list(reversed(batch))
    fruitless = 0
    while remaining and state.going:
        fruitless += 1
        running: dict[Future[Outcome], Job] = {}
        executor = make_executor(min(workers, len(remaining)))
        try:
            while (remaining and state.going) or running:
                # One job waits beside each that runs: enough to keep all busy, few enough to suspect after a crash.
                while remaining and state.going and len(running) < 2 * workers:
                    job = remaining[-1]
                    running[executor.submit(build_job, job)] = job
                    remaining.pop()
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in sorted(done, key=lambda future: running[future].name):
                    outcome = future.result()
                    del running[future]
                    fruitless = 0
                    yield outcome
        except BrokenProcessPool:
            if fruitless == MOST_FRUITLESS:
                raise LeafletError(NO_WORKERS) from None
            yield from _finished(running)
            suspects += running.values()
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _finished(running: dict[Future[Outcome], Job]) -> Iterator[Outcome]:
    """Outcomes that had arrived when the pool broke; the rest stays in ``running``."""
    for future in [future for future in running if future.done() and future.exception() is None]:
        del running[future]
        yield future.result()


def _alone(job: Job, make_executor: MakeExecutor) -> Outcome:
    """The second and last try, with nothing else beside it."""
    with make_executor(1) as executor:
        try:
            return executor.submit(build_job, job).result()
        except BrokenProcessPool:
            problem = Problem(
                message=f"its process died twice, the second time alone, or took longer than {job.seconds:g} s",
                hint="build this leaflet alone with leaflet build; a longer --timeout may help",
            )
            return Outcome(name=job.name, status=Status.BROKEN, problems=(problem,))
