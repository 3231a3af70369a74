"""A batch from its plan to its files: what is unchanged stays, what fails is told, what is built is remembered."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from leaflet.batch.plan.batch_plan import Plan, Variant
from leaflet.batch.plan.expand import Expansion, expand
from leaflet.batch.plan.file_names import RECORDS, record_names
from leaflet.batch.run.dispatch import MakeExecutor, local_processes
from leaflet.batch.run.events import BatchResult, Event, Options, Planned, Task
from leaflet.batch.run.fingerprint import RecipeBook, differences
from leaflet.batch.run.journal import Journal, Record, dump
from leaflet.batch.run.scheduler import Crew
from leaflet.errors import Problem, UnsafeError
from leaflet.files import LEFT_OVER, output_policy, refusals
from leaflet.pipeline import SUFFIXES, written_by_leaflet

BIBLIOGRAPHIES = (".bib", ".json", ".yaml", ".ris")


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

        def crew() -> AbstractContextManager[Crew]:
            number = sum(bool(task.reasons) for task in tasks)
            executor = make_executor(min(options.workers, max(number, 1)))
            return _crew(options, today, on_event, executor, plan.inputs)

        _refuse_replacing(tasks, plan, options, inspector.there)
        if options.dry_run:
            tasks = _settled(tasks, plan.output, crew)
        result = BatchResult(
            output=plan.output,
            address=options.address,
            tasks=tasks,
            outcomes={task.variant.name: task.record.outcome for task in tasks if task.record and not task.reasons},
            journal=path,
            kept=plan.inputs,
            recorded=journal.recorded() if journal else {},
            expansion=expansion,
            book=book,
        )
        changed = [task for task in tasks if task.reasons]
        problems = (*expansion.problems, *(journal.problems if journal else ()))
        on_event(Planned(total=len(tasks), unchanged=len(tasks) - len(changed), problems=problems))
        if not options.dry_run:
            _sweep(plan.output, variants)
        if journal and not options.dry_run and changed:
            with crew() as workers:
                workers.build(workers.measure(changed, result) if options.fit_first else changed, result, journal)
    finally:
        if journal:
            journal.close()
    return result


@contextmanager
def _crew(
    options: Options, today: date, on_event: Callable[[Event], None], executor: Executor, kept: tuple[Path, ...]
) -> Iterator[Crew]:
    try:
        yield Crew(options=options, today=today, on_event=on_event, executor=executor, kept=kept)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _settled(
    tasks: tuple[Task, ...], output: Path, crew: Callable[[], AbstractContextManager[Crew]]
) -> tuple[Task, ...]:
    """``tasks`` without the doubt whether those would be built whose source or bibliography changed."""
    if not any(task.reasons and task.is_doubtful for task in tasks):
        return tasks
    with crew() as workers:
        same = workers.same(tasks, output)
    return tuple(replace(task, reasons=()) if task.variant.name in same else task for task in tasks)


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
    doubtful = record is not None and not options.force and _only_texts(reasons, record, facts.name)
    return Task(variant=variant, record=record, reasons=reasons, is_doubtful=doubtful)


def _only_texts(reasons: Iterable[str], record: Record, source: str) -> bool:
    """Whether nothing but the source and its bibliographies changed."""
    texts = {name for name, _ in record.outcome.inputs if name == source or Path(name).suffix in BIBLIOGRAPHIES}
    return set(reasons) <= {f"{name} changed" for name in (f"the source {source}", *texts)}


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
        from leaflet.batch.run.remote_store import list_at

        return {name: (size, 0) for name, size in list_at(address).items()}
    if not folder.is_dir():
        return {}
    with os.scandir(folder) as entries:
        found = [(entry.name, entry.stat()) for entry in entries if entry.is_file()]
    return {name: (known.st_size, known.st_mtime_ns) for name, known in found}


def _refuse_replacing(
    tasks: Iterable[Task], plan: Plan, options: Options, there: Mapping[str, tuple[int, int]]
) -> None:
    """Look whether what is to be built has the name of a file of the user's.

    Raises:
        UnsafeError: it has; all such files are told.
    """
    if options.address is not None:
        return
    problems: list[Problem] = []
    for task in tasks:
        if task.reasons:
            variant = task.variant
            policy = output_policy(plan.workspace, plan.inputs, written_by_leaflet(variant.source.stem))
            last = {file.name: (file.size, file.modified) for file in task.record.outcome.files} if task.record else {}
            names = (f"{variant.name}{SUFFIXES[kind]}" for kind in variant.choices.formats)
            names = (name for name in names if name not in last or there.get(name) != last[name])
            problems += refusals(plan.output, names, policy)
    policy = output_policy(plan.workspace, plan.inputs, written_by_leaflet(""))
    problems += refusals(plan.output, record_names(options.shard.ending), policy)
    if problems:
        raise UnsafeError(problems)


def _sweep(folder: Path, variants: Iterable[Variant]) -> None:
    """Delete what a killed batch left half written; only files that this batch itself would have begun."""
    left = [(path, found["name"]) for path in folder.glob(".*") if (found := LEFT_OVER.fullmatch(path.name))]
    if not left:
        return
    names = {f"{variant.name}{SUFFIXES[kind]}" for variant in variants for kind in variant.choices.formats}
    for path, name in left:
        if (name in names or RECORDS.fullmatch(name)) and path.is_file() and not path.is_symlink():
            path.unlink(missing_ok=True)
