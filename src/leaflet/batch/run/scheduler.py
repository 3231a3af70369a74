"""Scheduler of a batch: orders its jobs, collects their outcomes and enters them in the journal."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.batch.run.batch_options import BatchOptions
from leaflet.batch.run.dispatch import run_jobs
from leaflet.batch.run.events import Ended, Event, Measured
from leaflet.batch.run.job import Job, Outcome, Status, Work
from leaflet.batch.run.job_engine import Engine
from leaflet.batch.run.journal import Journal

FEWEST = 6
"""Variants of one look for which a further process is worth its start, which takes as long as some fifteen of them."""


def useful_workers(jobs: Sequence[Job], most: int) -> int:
    """Return the number of processes, at most ``most``, of which each has a look of its own or some variants of one."""
    looks = len({_look(job) for job in jobs})
    return max(1, min(most, max(looks, len(jobs) // FEWEST)))


def grouped_by_look(jobs: Sequence[Job]) -> list[Job]:
    """Return ``jobs`` with those of one source and one look next to each other, which share most in a process."""
    looks: dict[Hashable, int] = {}
    places = [looks.setdefault(_look(job), len(looks)) for job in jobs]
    return [job for _, job in sorted(zip(places, jobs, strict=True), key=lambda pair: pair[0])]


def _look(job: Job) -> Hashable:
    choices = job.variant.choices
    return job.variant.source, choices.layout, choices.style, choices.csl


class Scheduler(Struct, frozen=True, kw_only=True):
    """Scheduler of one batch."""

    options: BatchOptions
    on_event: Callable[[Event], None]
    engine: Engine
    previous: Mapping[str, Outcome]
    """The outcomes of earlier runs, by name."""
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    """The outcomes of this run, by name."""

    def measure(self, jobs: Sequence[Job]) -> Sequence[Job]:
        """Return the jobs whose variants fit; none if another does not, unless the batch keeps going."""
        failed: set[str] = set()
        for job, outcome in self._run(Work.MEASURE, jobs, keep_going=lambda _: True):
            if outcome.status is not Status.FITS:
                failed.add(outcome.name)
                self.outcomes[outcome.name] = outcome
                self.on_event(Ended(variant=job.variant, outcome=outcome))
            else:
                self.on_event(Measured(total=len(jobs)))
        if failed and not self.options.keep_going:
            return ()
        return [job for job in jobs if job.name not in failed]

    def build(self, jobs: Sequence[Job], journal: Journal) -> None:
        """Build ``jobs`` and enter what was built in ``journal``."""
        for job, outcome in self._run(Work.BUILD, jobs, keep_going=self._goes_on):
            known = outcome
            if outcome.status is Status.SAME:
                known = replace(self.previous[job.name], inputs=outcome.inputs, shared=outcome.shared, own=outcome.own)
            if known.status is Status.BUILT:
                journal.add(known)
            self.outcomes[outcome.name] = known
            self.on_event(Ended(variant=job.variant, outcome=outcome))

    def same(self, jobs: Sequence[Job]) -> frozenset[str]:
        """Return the names of the variants with the content of their last build, though source or bibliography changed."""
        unclear = [job for job in jobs if job.reasons and job.last_content]
        outcomes = self._run(Work.COMPARE, unclear, keep_going=lambda _: True)
        return frozenset(outcome.name for _, outcome in outcomes if outcome.status is Status.SAME)

    def _goes_on(self, outcome: Outcome) -> bool:
        return self.options.keep_going or outcome.status in (Status.BUILT, Status.SAME)

    def _run(
        self, work: Work, jobs: Sequence[Job], *, keep_going: Callable[[Outcome], bool]
    ) -> Iterator[tuple[Job, Outcome]]:
        by_name = {job.name: job for job in jobs}
        workers = useful_workers(jobs, self.options.workers)
        ordered = (replace(job, work=work) for job in grouped_by_look(jobs))
        outcomes = run_jobs(ordered, workers=workers, engine=self.engine, keep_going=keep_going)
        return ((by_name[outcome.name], outcome) for outcome in outcomes)
