"""Run of a batch, from its plan to its files: only what changed is built."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.batch.plan.batch_plan import Plan, Variant
from leaflet.batch.plan.expand import ExpandedPlan, expand
from leaflet.batch.plan.file_names import RECORDS, record_names
from leaflet.batch.run.batch_options import BatchOptions
from leaflet.batch.run.events import Event, Planned
from leaflet.batch.run.fingerprint import Fingerprints, differences
from leaflet.batch.run.job import Job, Outcome
from leaflet.batch.run.job_engine import MakeEngine, local_processes
from leaflet.batch.run.journal import Journal
from leaflet.batch.run.result import BatchResult
from leaflet.batch.run.scheduler import Scheduler, useful_workers
from leaflet.batch.run.worker_process import ends_at_once
from leaflet.errors import Problem, UnsafeError
from leaflet.files import LEFT_OVER, output_policy, refusals
from leaflet.model.output_format import SUFFIXES, OutputFormat
from leaflet.pipeline import written_by_leaflet

BIBLIOGRAPHIES = (".bib", ".json", ".yaml", ".ris")


def run_batch(
    plan: Plan,
    options: BatchOptions | None = None,
    *,
    today: date,
    on_event: Callable[[Event], None] = lambda _: None,
    make_engine: MakeEngine = local_processes,
) -> BatchResult:
    """Build every variant of ``plan`` that is new or has changed, and return the outcomes of all.

    ``on_event`` is called, in this thread, as the batch goes on. A variant that fails stops the batch, unless
    ``options`` say to keep going; it is among ``result.failed`` with its problems.

    Raises:
        LeafletError: something is wrong with the plan; then nothing was built. Or another batch holds the journal.
    """
    options = options or BatchOptions()
    expansion = expand(plan)
    variants = expansion.variants[options.shard.number - 1 :: options.shard.of][: options.limit]
    fingerprints = Fingerprints(workspace=plan.workspace, today=today)
    path = plan.output / f".leaflet-journal{options.shard.ending}.sqlite"
    journal = Journal(path) if path.exists() or not options.dry_run else None
    try:
        previous = journal.outcomes() if journal else {}
        planner = _Planner(
            plan=plan,
            expansion=expansion,
            options=options,
            fingerprints=fingerprints,
            previous=previous,
            inputs=plan.inputs,
            present=_files_at(plan.output, options.address),
        )
        jobs = tuple(planner.job(variant) for variant in variants)
        _refuse_replacing(jobs, planner)
        run = _Run(options=options, on_event=on_event, make_engine=make_engine, previous=previous)
        if options.dry_run:
            jobs = run.without_same(jobs)
        changed = [job for job in jobs if job.reasons]
        problems = (*expansion.problems, *(journal.problems if journal else ()))
        recorded = journal.recorded() if journal else {}
        on_event(Planned(total=len(jobs), unchanged=len(jobs) - len(changed), problems=problems))
        outcomes = {job.name: previous[job.name] for job in jobs if not job.reasons}
        if not options.dry_run:
            _sweep(plan.output, variants)
        if journal and not options.dry_run and changed:
            outcomes |= run.build(changed, journal)
    finally:
        if journal:
            journal.close()
    return BatchResult(
        output=plan.output,
        address=options.address,
        jobs=jobs,
        outcomes=MappingProxyType(outcomes),
        workspace=plan.workspace,
        inputs=plan.inputs,
        journal=path,
        recorded=MappingProxyType(recorded),
        expansion=expansion,
        program=fingerprints.program,
        ending=options.shard.ending,
    )


class _Run(Struct, frozen=True, kw_only=True):
    """The parts of a batch run that need an engine."""

    options: BatchOptions
    on_event: Callable[[Event], None]
    make_engine: MakeEngine
    previous: Mapping[str, Outcome]

    def build(self, jobs: list[Job], journal: Journal) -> Mapping[str, Outcome]:
        """Build ``jobs`` and return their outcomes by name."""
        with self._scheduler(jobs) as scheduler:
            scheduler.build(scheduler.measure(jobs) if self.options.fit_first else jobs, journal)
            return scheduler.outcomes

    def without_same(self, jobs: tuple[Job, ...]) -> tuple[Job, ...]:
        """Drop the reasons of jobs whose source changed but whose content hash did not."""
        if not any(job.reasons and job.last_content for job in jobs):
            return jobs
        with self._scheduler([job for job in jobs if job.reasons]) as scheduler:
            same = scheduler.same(jobs)
        return tuple(replace(job, reasons=()) if job.name in same else job for job in jobs)

    @contextmanager
    def _scheduler(self, jobs: list[Job]) -> Iterator[Scheduler]:
        engine = self.make_engine(useful_workers(jobs, self.options.workers))
        try:
            yield Scheduler(options=self.options, on_event=self.on_event, engine=engine, previous=self.previous)
        except BaseException as error:
            engine.close(at_once=ends_at_once(type(error)))
            raise
        engine.close()


class _Planner(Struct, kw_only=True):
    """Maker of jobs, which compares what is with what was built. Texts that many variants share are compared once."""

    plan: Plan
    expansion: ExpandedPlan
    options: BatchOptions
    fingerprints: Fingerprints
    previous: Mapping[str, Outcome]
    inputs: tuple[Path, ...]
    """The user's files that were read so far, none of which may be replaced."""
    present: Mapping[str, tuple[int, int]]
    """The size and time of each output file by name."""
    _changed_inputs: dict[tuple[tuple[str, str], ...], tuple[str, ...]] = field(default_factory=dict)
    _changed_parts: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def job(self, variant: Variant) -> Job:
        """Return the job of a variant, with the reasons to build it."""
        info = self.expansion.sources[variant.source]
        shared, own = self.fingerprints.shared(variant, info), self.fingerprints.own(variant, info)
        last = self.previous.get(variant.name)
        reasons = self._reasons(last, shared, own)
        is_unclear = last is not None and not self.options.force and _only_texts(reasons, last, info.name)
        return Job(
            variant=variant,
            today=self.fingerprints.today,
            output=self.plan.output,
            seconds=self.options.seconds,
            shared=shared,
            own=own,
            reasons=reasons,
            last_content=last.content if last is not None and is_unclear else "",
            address=self.options.address,
            inputs=self.inputs,
        )

    def _reasons(self, last: Outcome | None, shared: str, own: str) -> tuple[str, ...]:
        if last is None:
            return ("it was not built before",)
        if self.options.force:
            return ("--force asks for it",)
        parts = (*self._differences(last.shared, shared), *differences(last.own, own))
        changed = tuple(f"{name} changed" for name in parts)
        return (*changed, *self._inputs(last), *self._files(last))

    def _differences(self, before: str, now: str) -> tuple[str, ...]:
        if (before, now) not in self._changed_parts:
            self._changed_parts[before, now] = differences(before, now)
        return self._changed_parts[before, now]

    def _inputs(self, last: Outcome) -> tuple[str, ...]:
        if last.inputs not in self._changed_inputs:
            self._changed_inputs[last.inputs] = tuple(
                f"{name} changed" for name, known in last.inputs if self.fingerprints.current(name) != known
            )
        return self._changed_inputs[last.inputs]

    def _files(self, last: Outcome) -> tuple[str, ...]:
        found = []
        for file in last.files:
            now = self.present.get(file.name)
            if now is None:
                found.append(f"{file.name} is gone")
            elif now != (file.size, file.modified):
                found.append(f"{file.name} was changed by something else")
        return tuple(found)


def _only_texts(reasons: Iterable[str], last: Outcome, source: str) -> bool:
    """Return whether nothing but the source and its bibliographies changed."""
    texts = {name for name, _ in last.inputs if name == source or Path(name).suffix in BIBLIOGRAPHIES}
    return set(reasons) <= {f"{name} changed" for name in (f"the source {source}", *texts)}


def _files_at(folder: Path, address: str | None) -> dict[str, tuple[int, int]]:
    """Return size and time of the files that results go to; at an address, times say nothing and are 0."""
    if address is not None:
        from leaflet.batch.run.remote_store import list_at

        return {name: (size, 0) for name, size in list_at(address).items()}
    if not folder.is_dir():
        return {}
    with os.scandir(folder) as entries:
        found = [(entry.name, entry.stat()) for entry in entries if entry.is_file()]
    return {name: (known.st_size, known.st_mtime_ns) for name, known in found}


def _refuse_replacing(jobs: Iterable[Job], planner: _Planner) -> None:
    """Refuse to build what has the name of a file of the user's.

    Raises:
        UnsafeError: some have; all such files are listed.
    """
    plan, options = planner.plan, planner.options
    if options.address is not None:
        return
    problems: list[Problem] = []
    for job in jobs:
        if job.reasons:
            variant, last = job.variant, planner.previous.get(job.name)
            policy = output_policy(plan.workspace, job.inputs, written_by_leaflet(variant.source.stem))
            own = {file.name: (file.size, file.modified) for file in last.files} if last else {}
            names = (f"{variant.name}{SUFFIXES[OutputFormat(kind)]}" for kind in variant.choices.formats)
            changed = (name for name in names if name not in own or planner.present.get(name) != own[name])
            problems += refusals(plan.output, changed, policy)
    policy = output_policy(plan.workspace, plan.inputs, written_by_leaflet(""))
    problems += refusals(plan.output, record_names(options.shard.ending), policy)
    if problems:
        raise UnsafeError(problems)


def _sweep(folder: Path, variants: Iterable[Variant]) -> None:
    """Delete the half-written files of a killed batch; only those that this batch itself would have begun."""
    left = [(path, found["name"]) for path in folder.glob(".*") if (found := LEFT_OVER.fullmatch(path.name))]
    if not left:
        return
    names = {
        f"{variant.name}{SUFFIXES[OutputFormat(kind)]}" for variant in variants for kind in variant.choices.formats
    }
    for path, name in left:
        if (name in names or RECORDS.fullmatch(name)) and path.is_file() and not path.is_symlink():
            path.unlink(missing_ok=True)
