"""Checks of many sources by several processes, in the order of the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from leaflet.batch.run.check_job import CheckJob, run_check
from leaflet.batch.run.process_call import ProcessDiedError
from leaflet.batch.run.worker_process import LocalProcesses
from leaflet.errors import Location, Problem
from leaflet.pipeline import Session

if TYPE_CHECKING:
    from leaflet.checks import CheckedFile

FEWEST = 3
"""The sources for which one more process is worth its start."""


def check_sources(jobs: Sequence[CheckJob], *, workers: int) -> Iterator[CheckedFile]:
    """Yield what each of ``jobs`` finds, in their order.

    Up to ``workers`` processes do the work; for a few jobs it is this one. A process that dies loses one job.

    Raises:
        LeafletError: a word names no rule, or a file cannot be read.
    """
    workers = min(workers, len(jobs) // FEWEST)
    if workers < 2:
        session = Session()
        yield from (run_check(job, session) for job in jobs)
        return
    with LocalProcesses(workers, megabytes=max(job.budget.megabytes for job in jobs)) as processes:
        futures = [processes.check(job) for job in jobs]
        for job, future in zip(jobs, futures, strict=True):
            yield _result(job, future)


def _result(job: CheckJob, future: Future[CheckedFile]) -> CheckedFile:
    from leaflet.checks import CheckedFile

    try:
        return future.result()
    except ProcessDiedError as error:
        problem = Problem(
            message=f"the process that checked it died (signal {error.signal})",
            location=Location(file=job.name),
            hint="check this leaflet alone to see why; fewer -j leave more memory for each",
        )
        return CheckedFile(source=job.name, problems=(problem,))
