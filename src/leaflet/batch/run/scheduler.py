"""Those who do the work of a batch: tasks become jobs, jobs become outcomes, and what was built is remembered."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from leaflet.batch.run.dispatch import run_jobs
from leaflet.batch.run.events import BatchResult, Ended, Event, Measured, Options, Task
from leaflet.batch.run.job import Job, Outcome, Status, build_job, compare_job, measure_job
from leaflet.batch.run.journal import Journal


def alike_together(tasks: Sequence[Task]) -> list[Task]:
    """``tasks`` with those of one source and one look after each other: a process keeps what such leaflets share."""
    looks: dict[Hashable, int] = {}
    places: list[int] = []
    for task in tasks:
        choices = task.variant.choices
        look = (task.variant.source, choices.layout, choices.style, choices.csl)
        places.append(looks.setdefault(look, len(looks)))
    return [task for _, task in sorted(zip(places, tasks, strict=True), key=lambda pair: pair[0])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Those who do the work of one batch, and how they are told to do it."""

    options: Options
    today: date
    on_event: Callable[[Event], None]
    executor: Executor
    kept: tuple[Path, ...] = ()
    """Files of the user's that must not be replaced."""

    def measure(self, tasks: Sequence[Task], result: BatchResult) -> Sequence[Task]:
        """The tasks whose variants fit and may be built: none if another does not, unless the batch keeps going."""
        failed: set[str] = set()
        for task, outcome in self.run(measure_job, tasks, result.output, keep_going=lambda _: True):
            if outcome.status is not Status.FITS:
                failed.add(outcome.name)
                result.outcomes[outcome.name] = outcome
                self.on_event(Ended(variant=task.variant, outcome=outcome))
            else:
                self.on_event(Measured(total=len(tasks)))
        if failed and not self.options.keep_going:
            return ()
        return [task for task in tasks if task.variant.name not in failed]

    def build(self, tasks: Sequence[Task], result: BatchResult, journal: Journal) -> None:
        """Do ``tasks``; outcomes join ``result``, and what was built is remembered in ``journal``."""
        for task, outcome in self.run(build_job, tasks, result.output, keep_going=self.goes_on):
            variant = task.variant
            facts = result.expansion.sources[variant.source]
            known = outcome
            if outcome.status is Status.SAME and task.record is not None:
                known = replace(task.record.outcome, inputs=outcome.inputs)
            if known.status is Status.BUILT:
                journal.keep(known, shared=result.book.shared(variant, facts), own=result.book.own(variant, facts))
            result.outcomes[outcome.name] = known
            self.on_event(Ended(variant=variant, outcome=outcome))

    def same(self, tasks: Sequence[Task], output: Path) -> frozenset[str]:
        """The names of the variants that still have their content, though their source or bibliography changed."""
        doubtful = [task for task in tasks if task.reasons and task.is_doubtful]
        outcomes = self.run(compare_job, doubtful, output, keep_going=lambda _: True)
        return frozenset(outcome.name for _, outcome in outcomes if outcome.status is Status.SAME)

    def goes_on(self, outcome: Outcome) -> bool:
        """Whether more is begun after ``outcome``."""
        return self.options.keep_going or outcome.status in (Status.BUILT, Status.SAME)

    def run(
        self,
        function: Callable[[Job], Outcome],
        tasks: Sequence[Task],
        output: Path,
        *,
        keep_going: Callable[[Outcome], bool],
    ) -> Iterator[tuple[Task, Outcome]]:
        """What ``function`` makes of each task."""
        by_name = {task.variant.name: task for task in tasks}
        jobs = (self.job(task, output) for task in alike_together(tasks))
        workers = min(self.options.workers, len(tasks))
        outcomes = run_jobs(function, jobs, workers=workers, executor=self.executor, keep_going=keep_going)
        return ((by_name[outcome.name], outcome) for outcome in outcomes)

    def job(self, task: Task, output: Path) -> Job:
        """``task`` as a worker gets it."""
        variant, options = task.variant, self.options
        return Job(
            name=variant.name,
            source=variant.source,
            choices=variant.choices,
            today=self.today,
            output=output,
            seconds=options.seconds,
            content=task.record.outcome.content if task.record and task.is_doubtful else "",
            address=options.address,
            kept=self.kept,
        )
