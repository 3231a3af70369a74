"""Batches on other machines: jobs travel with the bundle they are built from, results come back or go to an address."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from leaflet.batch.plan.batch_plan import Plan
from leaflet.batch.run.fingerprint import program
from leaflet.batch.run.job import Job, Outcome, Status
from leaflet.batch.run.process_pool import WorkerProcess
from leaflet.batch.run.workspace_bundle import SHIPPED, STYLES, WORKSPACE, Bundle, pack_workspace, style_name, unpack
from leaflet.errors import LeafletError, Problem
from leaflet.files import read_file

SCRATCH = "LEAFLET_SCRATCH"
"""Names the folder in which a worker unpacks bundles; without it, one of its own among the temporary files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A job for elsewhere: what to call with it, and what it must be built with."""

    function: Callable[[Job], Outcome]
    job: Job
    """Its paths are relative to the bundle."""
    bundle: str
    """The SHA-256 of the bundle."""
    program: str
    """What leaflet and the packages that shape its outputs must be, so that the bytes are the same everywhere."""
    megabytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What comes back: the outcome, and the files unless they went to an address of their own."""

    outcome: Outcome
    files: Mapping[str, bytes] = field(default_factory=dict)


def carry_out(ticket: Ticket, *parts: bytes) -> Returned:
    """Build a job on the machine that this is called on, in a process of its own.

    Raises:
        LeafletError: this machine has another leaflet, or the bundle arrived damaged.
    """
    if program() != ticket.program:
        raise LeafletError(
            Problem(
                message="a worker has another version of leaflet, or of a package that shapes its outputs",
                hint="install the same versions on all machines; pip freeze lists them",
            )
        )
    folder = unpack(ticket.bundle, parts, _scratch())
    with (
        tempfile.TemporaryDirectory(dir=folder.parent, prefix="out-") as output,
        _warm_process(ticket.megabytes) as process,
    ):
        job = _placed(ticket.job, folder, Path(output))
        outcome: Outcome = process.call(ticket.function, job)
        back = outcome.files if ticket.job.address is None else ()
        files = {file.name: read_file(Path(output) / file.name, inside=(Path(output),)) for file in back}
    return Returned(outcome=outcome, files=files)


class RemoteExecutor(Executor):
    """Puts jobs of this machine through an executor of others: any that keeps the standard library's interface."""

    def __init__(
        self,
        inner: Executor,
        parts: Iterable[Any],
        bundle: Bundle,
        plan: Plan,
        *,
        megabytes: int,
        close: Callable[[], object],
    ) -> None:
        """``parts`` are what ``inner`` takes for the bundle's parts; ``close`` is called when all is done."""
        self._inner = inner
        self._parts = tuple(parts)
        self._bundle = bundle
        self._plan = plan
        self._megabytes = megabytes
        self._close = close
        self._home = ThreadPoolExecutor(1)  # so that the thread which hears the others never waits for a disk

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **_: Any) -> Future[Any]:
        """The future outcome of the job that is the only argument; its files are here when it is done."""
        (job,) = arguments
        ticket = Ticket(
            function=function,
            job=_portable(job, self._plan),
            bundle=self._bundle.digest,
            program=program(),
            megabytes=self._megabytes,
        )
        result: Future[Outcome] = Future()
        sent = self._inner.submit(carry_out, ticket, *self._parts)
        result.add_done_callback(lambda ours: sent.cancel() if ours.cancelled() else None)
        sent.add_done_callback(lambda theirs: self._home.submit(_settle, result, theirs, job))
        return result

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the others; they stay as they are."""
        self._inner.shutdown(wait)
        self._home.shutdown(wait, cancel_futures=cancel_futures)
        self._close()


def bundle_for(plan: Plan) -> Bundle:
    """The bundle with everything that ``plan``'s leaflets may be made from."""
    styles = {Path(name) for name in _outside_styles(plan)}
    data = () if plan.data is None else (plan.data.path,)
    return pack_workspace(plan.workspace, output=plan.output, without=data, styles=styles)


def _outside_styles(plan: Plan) -> tuple[str, ...]:
    return tuple(name for names in plan.axes.values() for name in names if _is_outside(name, plan))


def _is_outside(name: str, plan: Plan) -> bool:
    return name.endswith(".csl") and not plan.workspace.allows(Path(name))


def _portable(job: Job, plan: Plan) -> Job:
    """``job`` with paths that start from the bundle's folder."""
    root = plan.workspace.root
    csl = job.choices.csl
    if csl is not None and csl.endswith(".csl"):
        inside = not _is_outside(csl, plan)
        path = Path(csl).resolve()
        csl = f"{WORKSPACE}/{path.relative_to(root).as_posix()}" if inside else f"{STYLES}/{style_name(path)}"
    finish = job.choices.finish
    if finish.press is not None:
        finish = replace(finish, press=Path(WORKSPACE) / finish.press.resolve().relative_to(root))
    return replace(
        job,
        source=Path(WORKSPACE) / job.source.resolve().relative_to(root),
        choices=replace(job.choices, csl=csl, finish=finish),
        output=Path(),
        kept=(),
    )


def _placed(job: Job, folder: Path, output: Path) -> Job:
    """``job`` on this machine."""
    shipped = folder / SHIPPED
    csl = job.choices.csl
    if csl is not None and csl.endswith(".csl"):
        csl = str(folder / PurePosixPath(csl))
    finish = job.choices.finish
    if finish.press is not None:
        finish = replace(finish, press=folder / finish.press)
    return replace(
        job,
        source=folder / job.source,
        choices=replace(job.choices, csl=csl, finish=finish),
        output=output,
        shipped=shipped if any(shipped.iterdir()) else folder / WORKSPACE,
    )


def _settle(result: Future[Outcome], theirs: Future[Returned], job: Job) -> None:
    """Bring home what came back, whether or not anybody still waits for it."""
    if theirs.cancelled() or not result.set_running_or_notify_cancel():
        result.cancel()
        return
    error = theirs.exception()
    if error is not None:
        result.set_exception(error)
        return
    try:
        result.set_result(_brought_home(theirs.result(), job))
    except Exception as fault:
        result.set_exception(fault)


def _brought_home(returned: Returned, job: Job) -> Outcome:
    from leaflet.batch.run.job import written
    from leaflet.files import output_policy, write_together
    from leaflet.pipeline import written_by_leaflet
    from leaflet.source import open_workspace

    outcome = returned.outcome
    if outcome.status is not Status.BUILT or job.address is not None:
        return outcome
    policy = output_policy(open_workspace(job.source), job.kept, written_by_leaflet(job.source.stem))
    paths = write_together(job.output, returned.files, policy)
    return replace(outcome, files=tuple(written(path, returned.files[path.name]) for path in paths))


def _scratch() -> Path:
    named = os.environ.get(SCRATCH)
    return Path(named) if named else Path(_own_scratch().name)


@cache
def _own_scratch() -> tempfile.TemporaryDirectory[str]:
    """Kept until this process ends, which deletes it."""
    return tempfile.TemporaryDirectory(prefix="leaflet-")


_idle: list[WorkerProcess] = []
_idle_lock = threading.Lock()
"""Warm processes of this machine, for as many jobs as the cluster runs here at once."""


@contextmanager
def _warm_process(megabytes: int) -> Iterator[WorkerProcess]:
    """One of the idle processes for the time of one job, or a new one."""
    with _idle_lock:
        found = next((process for process in _idle if process.megabytes == megabytes), None)
        if found is not None:
            _idle.remove(found)
    process = found or WorkerProcess(megabytes=megabytes)
    try:
        yield process
    finally:
        with _idle_lock:
            _idle.append(process)
