"""Batches on other machines: jobs travel with the bundle they are built from; results come back or go to an address."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.batch.plan.batch_plan import Plan
from leaflet.batch.run.fingerprint import hash_program
from leaflet.batch.run.job import Job, Outcome, Status, describe_file
from leaflet.batch.run.worker import Worker
from leaflet.batch.run.worker_process import WorkerProcess
from leaflet.batch.run.workspace_bundle import SHIPPED, STYLES, WORKSPACE, Bundle, pack_workspace, style_name, unpack
from leaflet.errors import LeafletError, Problem
from leaflet.files import open_workspace, output_policy, read_file, write_together
from leaflet.pipeline import written_by_leaflet

SCRATCH = "LEAFLET_SCRATCH"
"""The environment variable with the folder in which a worker unpacks bundles; by default a temporary one."""


class RemoteMachine(Struct, kw_only=True):
    """A machine of a cluster while it works for a batch: owner of the folder for bundles and of warm processes."""

    bundle: str
    """The SHA-256 of the bundle."""
    program: str
    """The fingerprint of the program, which must be the same on all machines so that the bytes are."""
    megabytes: int
    _own_program: str = field(default_factory=hash_program)
    _scratch: tempfile.TemporaryDirectory[str] = field(
        default_factory=lambda: tempfile.TemporaryDirectory(prefix="leaflet-")
    )
    _idle: list[WorkerProcess] = field(default_factory=list)
    """Warm processes, for as many jobs as the cluster runs here at once."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, job: Job, *parts: bytes) -> tuple[Outcome, Mapping[str, bytes]]:
        """Do a job from the bundle in ``parts``; return its outcome, and its files unless they have an address.

        Raises:
            LeafletError: this machine has another leaflet, or the bundle arrived damaged.
        """
        if self._own_program != self.program:
            raise LeafletError(
                Problem(
                    message="a worker has another version of leaflet, or of a package that shapes its outputs",
                    hint="install the same versions on all machines; pip freeze lists them",
                )
            )
        folder = unpack(self.bundle, parts, Path(os.environ.get(SCRATCH) or self._scratch.name))
        with (
            tempfile.TemporaryDirectory(dir=folder.parent, prefix="out-") as output,
            self._process() as process,
        ):
            outcome = process.call(Worker.run, _placed(job, folder, Path(output)))
            back = outcome.files if job.address is None else ()
            files = {file.name: read_file(Path(output) / file.name, inside=(Path(output),)) for file in back}
        return outcome, files

    def close(self) -> None:
        """End the processes and delete the folder, unless the user named it."""
        for process in self._idle:
            process.close()
        self._scratch.cleanup()

    @contextmanager
    def _process(self) -> Iterator[WorkerProcess]:
        """Lend one of the idle processes, or a new one, for one job."""
        with self._lock:
            process = self._idle.pop() if self._idle else WorkerProcess(megabytes=self.megabytes)
        try:
            yield process
        finally:
            with self._lock:
                self._idle.append(process)


Sent = Future[tuple[Outcome, Mapping[str, bytes]]]


class RemoteEngine:
    """The engine of a cluster: sends jobs away and writes the files that come back."""

    def __init__(self, send: Callable[[Job], Sent], plan: Plan, *, close: Callable[[], object]) -> None:
        """Use ``send`` to give a portable job to the cluster, and ``close`` when all is done."""
        self._send = send
        self._plan = plan
        self._close = close
        self._home = ThreadPoolExecutor(1)  # so that the thread which hears the others never waits for a disk

    def submit(self, job: Job) -> Future[Outcome]:
        """Do a job on the cluster; its files are here when it is done."""
        result: Future[Outcome] = Future()
        sent = self._send(_portable(job, self._plan))
        result.add_done_callback(lambda ours: sent.cancel() if ours.cancelled() else None)
        sent.add_done_callback(lambda theirs: self._home.submit(_settle, result, theirs, job))
        return result

    def close(self, *, at_once: bool = False) -> None:
        """Let go of the cluster, which stays as it is."""
        self._home.shutdown(wait=not at_once, cancel_futures=True)
        self._close()


def bundle_for(plan: Plan) -> Bundle:
    """Return the bundle with everything that the leaflets of ``plan`` may be made from."""
    names = (name for names in plan.axes.values() for name in names)
    styles = {Path(name) for name in names if _is_outside(name, plan)}
    data = () if plan.data is None else (plan.data.path,)
    return pack_workspace(plan.workspace, output=plan.output, without=data, styles=styles)


def _is_outside(name: str, plan: Plan) -> bool:
    return name.endswith(".csl") and not plan.workspace.allows(Path(name))


def _portable(job: Job, plan: Plan) -> Job:
    """Return ``job`` with paths that start from the bundle's folder."""
    root, variant = plan.workspace.root, job.variant
    csl = variant.choices.csl
    if csl is not None and csl.endswith(".csl"):
        path = Path(csl).resolve()
        outside = _is_outside(csl, plan)
        csl = f"{STYLES}/{style_name(path)}" if outside else f"{WORKSPACE}/{path.relative_to(root).as_posix()}"
    finish = variant.choices.finish
    if finish.press is not None:
        finish = replace(finish, press=Path(WORKSPACE) / finish.press.resolve().relative_to(root))
    source = Path(WORKSPACE) / variant.source.resolve().relative_to(root)
    choices = replace(variant.choices, csl=csl, finish=finish)
    return replace(job, variant=replace(variant, source=source, choices=choices), output=Path(), inputs=())


def _placed(job: Job, folder: Path, output: Path) -> Job:
    """Return ``job`` with the paths of this machine."""
    shipped, variant = folder / SHIPPED, job.variant
    csl = variant.choices.csl
    if csl is not None and csl.endswith(".csl"):
        csl = str(folder / PurePosixPath(csl))
    finish = variant.choices.finish
    if finish.press is not None:
        finish = replace(finish, press=folder / finish.press)
    choices = replace(variant.choices, csl=csl, finish=finish)
    return replace(
        job,
        variant=replace(variant, source=folder / variant.source, choices=choices),
        output=output,
        shipped=shipped if any(shipped.iterdir()) else folder / WORKSPACE,
    )


def _settle(result: Future[Outcome], theirs: Sent, job: Job) -> None:
    """Write what came back and set ``result``, even if nobody waits for it any more."""
    if theirs.cancelled() or not result.set_running_or_notify_cancel():
        result.cancel()
        return
    error = theirs.exception()
    if error is not None:
        result.set_exception(error)
        return
    try:
        result.set_result(_brought_home(*theirs.result(), job))
    except Exception as fault:
        result.set_exception(fault)


def _brought_home(outcome: Outcome, files: Mapping[str, bytes], job: Job) -> Outcome:
    if outcome.status is not Status.BUILT or job.address is not None:
        return outcome
    source = job.variant.source
    policy = output_policy(open_workspace(source), job.inputs, written_by_leaflet(source.stem))
    paths = write_together(job.output, files, policy)
    return replace(outcome, files=tuple(describe_file(path, files[path.name]) for path in paths))
