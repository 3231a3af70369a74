"""A batch from its plan to its files: what is unchanged stays, what fails is told, what is built is remembered."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from leaflet.batch.expand import Expansion, expand
from leaflet.batch.journal import Journal, Record, dump
from leaflet.batch.plan import Plan, Variant
from leaflet.batch.recipe import RecipeBook, differences
from leaflet.batch.worker import Job, Outcome, Status, build_job, measure_job
from leaflet.batch.workers import MakeExecutor, local_processes, run_jobs, usable_cores
from leaflet.build.pipeline import SUFFIXES
from leaflet.errors import LeafletError, Problem

TEMPORARY = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}")
"""What writing leaves where it was killed: the name, hidden, with the eight signs of ``tempfile``."""
RECORDS = re.compile(r"(manifest|index)(-\d+of\d+)?\.(json|csv|html)|.+-print-run(-\d+)?\.pdf|.+\.zip")
"""What a batch writes beside its leaflets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One machine's part of a batch: every ``of``-th variant, from the ``number``-th on, counted from 1."""

    number: int = 1
    of: int = 1

    @property
    def ending(self) -> str:
        """What tells the journal and manifest of this part from those of others."""
        return "" if self.of == 1 else f"-{self.number}of{self.of}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a batch is run; nothing here changes what a leaflet looks like."""

    workers: int = field(default_factory=usable_cores)
    seconds: float = 120.0
    """The longest that one leaflet may take."""
    fit_first: bool = False
    """Lay every leaflet out before the first is written."""
    keep_going: bool = False
    force: bool = False
    dry_run: bool = False
    limit: int | None = None
    address: str | None = None
    """Where leaflets go instead of the output folder, as fsspec writes it."""
    shard: Shard = Shard()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A variant with what is known of it: its last record, and why it has to be built. No reason: it is unchanged."""

    variant: Variant
    record: Record | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The plan is sound. ``problems`` are warnings."""

    total: int
    unchanged: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """One variant has ended, one way or another."""

    variant: Variant
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One variant was laid out to know whether it fits; ``total`` have to be."""

    total: int


Event = Planned | Measured | Ended


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """All tasks of a batch in their order, with the outcome of each that was built now or before."""

    output: Path
    address: str | None
    """Where the leaflets are, if not in ``output``."""
    tasks: tuple[Task, ...]
    outcomes: dict[str, Outcome]
    """By name; it grows while the batch runs."""
    expansion: Expansion
    book: RecipeBook

    @property
    def failed(self) -> tuple[Task, ...]:
        """The tasks whose variant could not be built."""
        return tuple(task for task in self.tasks if self.status(task) in (Status.REFUSED, Status.BROKEN))

    @property
    def complete(self) -> bool:
        """Whether every variant is there."""
        return all(self.status(task) is Status.BUILT for task in self.tasks)

    def status(self, task: Task) -> Status | None:
        """How a task ended; None where it was not begun."""
        outcome = self.outcomes.get(task.variant.name)
        return outcome.status if outcome else None


def run_batch(
    plan: Plan,
    options: Options,
    *,
    today: date,
    on_event: Callable[[Event], None],
    make_executor: MakeExecutor = local_processes,
) -> BatchResult:
    """Build what has to be built. A variant that fails stops the batch, unless ``options`` say to keep going.

    Raises:
        LeafletError: something is wrong with the plan; then nothing was built. Or another batch holds the journal.
    """
    expansion = expand(plan)
    variants = _selected(expansion.variants, options)
    book = RecipeBook(workspace=plan.workspace, today=today)
    path = plan.output / f".leaflet-journal{options.shard.ending}.sqlite"
    journal = Journal(path) if path.exists() or not options.dry_run else None
    try:
        records = journal.records() if journal else {}
        inspector = _Inspector(book=book, there=_there(plan.output, options.address))
        tasks = tuple(_task(variant, records, expansion, inspector, options) for variant in variants)
        result = BatchResult(
            output=plan.output,
            address=options.address,
            tasks=tasks,
            outcomes={task.variant.name: task.record.outcome for task in tasks if task.record and not task.reasons},
            expansion=expansion,
            book=book,
        )
        changed = [task.variant for task in tasks if task.reasons]
        on_event(Planned(total=len(tasks), unchanged=len(tasks) - len(changed), problems=expansion.problems))
        if not options.dry_run:
            _sweep(plan.output, variants)
        if journal and not options.dry_run and changed:
            executor = make_executor(min(options.workers, len(changed)))
            try:
                crew = _Crew(options=options, today=today, on_event=on_event, executor=executor)
                fitting = crew.measure(changed, result) if options.fit_first else changed
                crew.build(fitting, result, journal)
            finally:
                executor.shutdown(wait=True, cancel_futures=True)
    finally:
        if journal:
            journal.close()
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class _Crew:
    """Those who do the work of one batch, and how they are told to do it."""

    options: Options
    today: date
    on_event: Callable[[Event], None]
    executor: Executor

    def measure(self, variants: Sequence[Variant], result: BatchResult) -> Sequence[Variant]:
        """The variants that fit and may be built: none if another does not, unless the batch keeps going."""
        failed: set[str] = set()
        for variant, outcome in self.run(measure_job, variants, result, keep_going=lambda _: True):
            if outcome.status is not Status.FITS:
                failed.add(outcome.name)
                result.outcomes[outcome.name] = outcome
                self.on_event(Ended(variant=variant, outcome=outcome))
            else:
                self.on_event(Measured(total=len(variants)))
        if failed and not self.options.keep_going:
            return ()
        return [variant for variant in variants if variant.name not in failed]

    def build(self, variants: Sequence[Variant], result: BatchResult, journal: Journal) -> None:
        """Build ``variants``; outcomes join ``result``, and what was built is remembered in ``journal``."""
        for variant, outcome in self.run(build_job, variants, result, keep_going=self.goes_on):
            facts = result.expansion.sources[variant.source]
            result.outcomes[outcome.name] = outcome
            if outcome.status is Status.BUILT:
                journal.keep(outcome, shared=result.book.shared(variant, facts), own=result.book.own(variant, facts))
            self.on_event(Ended(variant=variant, outcome=outcome))

    def goes_on(self, outcome: Outcome) -> bool:
        """Whether more is begun after ``outcome``."""
        return self.options.keep_going or outcome.status is Status.BUILT

    def run(
        self,
        function: Callable[[Job], Outcome],
        variants: Sequence[Variant],
        result: BatchResult,
        *,
        keep_going: Callable[[Outcome], bool],
    ) -> Iterator[tuple[Variant, Outcome]]:
        by_name = {variant.name: variant for variant in variants}
        jobs = (_job(variant, result.output, self.today, self.options) for variant in variants)
        workers = min(self.options.workers, len(variants))
        outcomes = run_jobs(function, jobs, workers=workers, executor=self.executor, keep_going=keep_going)
        return ((by_name[outcome.name], outcome) for outcome in outcomes)


def parse_shard(text: str) -> Shard:
    """``2/5`` as a shard.

    Raises:
        LeafletError: it is not written that way.
    """
    found = re.fullmatch(r"(\d{1,4})/(\d{1,4})", text.strip())
    if found and 1 <= int(found[1]) <= int(found[2]):
        return Shard(number=int(found[1]), of=int(found[2]))
    message = f'"{text}" is no part of a batch'
    raise LeafletError(Problem(message=message, hint="write --shard 2/5 for the second of five machines"))


def _selected(variants: tuple[Variant, ...], options: Options) -> tuple[Variant, ...]:
    return variants[options.shard.number - 1 :: options.shard.of][: options.limit]


def _task(
    variant: Variant, records: Mapping[str, Record], expansion: Expansion, inspector: _Inspector, options: Options
) -> Task:
    record = records.get(variant.name)
    facts = expansion.sources[variant.source]
    if record is None:
        reasons: tuple[str, ...] = ("it was not built before",)
    elif options.force:
        reasons = ("--force asks for it",)
    else:
        shared, own = inspector.book.shared(variant, facts), inspector.book.own(variant, facts)
        reasons = inspector.reasons(record, dump(shared), dump(own))
    return Task(variant=variant, record=record, reasons=reasons)


@dataclass(slots=True, kw_only=True)
class _Inspector:
    """Compares what is with what was built. Texts that many variants share are compared once."""

    book: RecipeBook
    there: Mapping[str, tuple[int, int]]
    """The size and time of each file by name."""
    _changed_inputs: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def reasons(self, record: Record, shared: str, own: str) -> tuple[str, ...]:
        return (*_changes(record.shared, shared), *_changes(record.own, own), *self.inputs(record), *self.files(record))

    def inputs(self, record: Record) -> tuple[str, ...]:
        if record.inputs not in self._changed_inputs:
            self._changed_inputs[record.inputs] = tuple(
                f"{name} changed" for name, known in record.outcome.inputs if self.book.current(name) != known
            )
        return self._changed_inputs[record.inputs]

    def files(self, record: Record) -> tuple[str, ...]:
        found = []
        for file in record.outcome.files:
            now = self.there.get(file.name)
            if now is None:
                found.append(f"{file.name} is gone")
            elif now != (file.size, file.modified):
                found.append(f"{file.name} was changed by something else")
        return tuple(found)


def _changes(before: str, now: str) -> tuple[str, ...]:
    if before == now:
        return ()
    import json

    return tuple(f"{name} changed" for name in differences(json.loads(before), json.loads(now)))


def _there(folder: Path, address: str | None) -> dict[str, tuple[int, int]]:
    """What is where results go. A store's own times say nothing of content, so they count as 0."""
    if address is not None:
        from leaflet.batch.address import list_at

        return {name: (size, 0) for name, size in list_at(address).items()}
    if not folder.is_dir():
        return {}
    with os.scandir(folder) as entries:
        found = [(entry.name, entry.stat()) for entry in entries if entry.is_file()]
    return {name: (known.st_size, known.st_mtime_ns) for name, known in found}


def _sweep(folder: Path, variants: Iterable[Variant]) -> None:
    """Delete what a killed batch left half written; only files that this batch itself would have begun."""
    left = [(path, found["name"]) for path in folder.glob(".*") if (found := TEMPORARY.fullmatch(path.name))]
    if not left:
        return
    names = {f"{variant.name}{SUFFIXES[kind]}" for variant in variants for kind in variant.choices.formats}
    for path, name in left:
        if name in names or RECORDS.fullmatch(name):
            path.unlink(missing_ok=True)


def _job(variant: Variant, output: Path, today: date, options: Options) -> Job:
    return Job(
        name=variant.name,
        source=variant.source,
        choices=variant.choices,
        today=today,
        output=output,
        seconds=options.seconds,
        address=options.address,
    )
