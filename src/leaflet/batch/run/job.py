"""What a worker process does: builds one variant, writes its files whole, and tells what they were made of."""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from leaflet.errors import LeafletError, Problem
from leaflet.files import read_file
from leaflet.model.workspace import WatchedWorkspace
from leaflet.pipeline import Choices

TOO_MUCH_MEMORY = Problem(
    message="it needs more memory than a worker may take",
    hint="look for very large pictures; --memory allows more",
)


class Status(StrEnum):
    """How the building of a variant ended."""

    BUILT = "built"
    REFUSED = "refused"
    """Something is wrong with its content: building it again would end the same way."""
    FITS = "fits"
    """It was laid out to know whether it fits; nothing was written."""
    SAME = "same"
    """Its files changed, but nothing of what this variant shows of them; nothing was written."""
    BROKEN = "broken"
    """It crashed, ran out of memory, or took too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One variant to build. It travels to the worker, so it holds only what the worker needs."""

    name: str
    source: Path
    choices: Choices
    today: date
    output: Path
    seconds: float
    """After so many seconds the worker gives up and dies."""
    content: str = ""
    """The content with which it was last built; if it still has it, nothing needs to be done."""
    address: str | None = None
    """Where files go instead of ``output``: an address that fsspec knows."""
    kept: tuple[Path, ...] = ()
    """Files of the user's, beside those that the build itself asks for, that must not be replaced."""
    shipped: Path | None = None
    """Where the layouts and styles are that come with leaflet; where this leaflet has them, unless it is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFile:
    """A file that was written. ``modified`` is its time in nanoseconds, by which a change is noticed quickly;
    0 at an address, where times say little."""

    name: str
    size: int
    sha256: str
    modified: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a job."""

    name: str
    status: Status
    files: tuple[OutputFile, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    """Every file of the workspace that the build opened, with its SHA-256."""
    content: str = ""
    """What its source and references gave it, as :func:`leaflet.pipeline.content_hash.content_of` tells it."""
    panels: int = 0
    scale: float | None = None
    fit: str = ""
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0


def build_job(job: Job) -> Outcome:
    """Build one variant and write its files."""
    return _guarded(job, _build)


def measure_job(job: Job) -> Outcome:
    """Lay one variant out, to know whether it fits; nothing is written."""
    return _guarded(job, _measure)


def compare_job(job: Job) -> Outcome:
    """Read one variant, to know whether it still has its content; nothing is written."""
    return _guarded(job, _compare)


def _guarded(job: Job, work: Callable[[Job, float], Outcome]) -> Outcome:
    """What ``work`` gives. A worker that hangs is ended by the system, even inside foreign code."""
    started = perf_counter()
    with _no_longer_than(job.seconds):
        try:
            outcome = work(job, started)
        except LeafletError as error:
            outcome = _ended(job, Status.REFUSED, error.problems, started)
        except MemoryError:
            outcome = _ended(job, Status.BROKEN, (TOO_MUCH_MEMORY,), started)
        except Exception as error:
            outcome = _ended(job, Status.BROKEN, (_crash(error),), started)
    return outcome


@contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    """End this process if what is inside takes longer: by SIGALRM, or by its own exit where there is no such signal."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _build(job: Job, started: float) -> Outcome:
    from leaflet.pipeline import cite_source, compose_cited, content_of

    workspace = _workspace(job)
    cited, problems = cite_source(job.source, job.choices, today=job.today, workspace=workspace)
    content = content_of(cited)
    if content == job.content:
        return _same(job, workspace, content)
    composed = compose_cited(cited, problems, job.source, job.choices, today=job.today)
    named = {f"{job.name}{name.removeprefix(job.source.stem)}": data for name, data in composed.files.items()}
    files = _deliver(named, job, workspace)
    fit = composed.fit
    _settle_in()
    return Outcome(
        name=job.name,
        status=Status.BUILT,
        files=files,
        inputs=tuple(sorted(_inputs(workspace))),
        content=content,
        panels=len(fit.pages) if fit else 0,
        scale=fit.scale if fit else None,
        fit=str(fit) if fit else "",
        problems=composed.problems,
        seconds=perf_counter() - started,
    )


@cache
def _settle_in() -> None:
    """What the first leaflet loaded stays: Python need not look through it for garbage after every few leaflets."""
    gc.collect()
    gc.freeze()


def _deliver(files: Mapping[str, bytes], job: Job, workspace: WatchedWorkspace) -> tuple[OutputFile, ...]:
    """Write ``files`` whole, into the folder or to the address that the job names."""
    if job.address is not None:
        from leaflet.batch.run.remote_store import write_at

        write_at(job.address, files)
        return tuple(
            OutputFile(name=name, size=len(data), sha256=sha256(data).hexdigest(), modified=0)
            for name, data in files.items()
        )
    from leaflet.files import output_policy, write_together
    from leaflet.pipeline import written_by_leaflet

    inputs = (*job.kept, *workspace.inputs)
    policy = output_policy(workspace, inputs, written_by_leaflet(job.source.stem))
    return tuple(written(path, files[path.name]) for path in write_together(job.output, files, policy))


def _compare(job: Job, started: float) -> Outcome:
    from leaflet.pipeline import cite_source, content_of

    workspace = _workspace(job)
    cited, _ = cite_source(job.source, job.choices, today=job.today, workspace=workspace)
    if content_of(cited) == job.content:
        return _same(job, workspace, job.content)
    return _ended(job, Status.FITS, (), started)


def _same(job: Job, workspace: WatchedWorkspace, content: str) -> Outcome:
    return Outcome(name=job.name, status=Status.SAME, inputs=tuple(sorted(_inputs(workspace))), content=content)


def _measure(job: Job, started: float) -> Outcome:
    from leaflet.pipeline import compose

    choices = replace(job.choices, formats=("pdf",))
    compose(job.source, choices, today=job.today, workspace=_workspace(job))
    return _ended(job, Status.FITS, (), started)


def _workspace(job: Job) -> WatchedWorkspace:
    from leaflet.source import open_workspace

    found = open_workspace(job.source)
    return WatchedWorkspace(root=found.root, shipped=job.shipped or found.shipped)


def _inputs(workspace: WatchedWorkspace) -> list[tuple[str, str]]:
    roots = workspace.roots
    return [(workspace.name_of(path), _hash_at(path, path.stat().st_mtime_ns, roots)) for path in workspace.inputs]


@lru_cache(maxsize=4096)
def _hash_at(path: Path, modified: int, inside: tuple[Path, ...]) -> str:  # noqa: ARG001 - the time tells one content from the next
    return sha256(read_file(path, inside=inside)).hexdigest()


def written(path: Path, data: bytes) -> OutputFile:
    """What is to be known of a file that was written here."""
    return OutputFile(name=path.name, size=len(data), sha256=sha256(data).hexdigest(), modified=path.stat().st_mtime_ns)


def _ended(job: Job, status: Status, problems: tuple[Problem, ...], started: float) -> Outcome:
    return Outcome(name=job.name, status=status, problems=problems, seconds=perf_counter() - started)


def _crash(error: Exception) -> Problem:
    """An error that nobody foresaw, with the place in the program that those who mend it need."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return Problem(
        message=f"the build broke with {type(error).__name__}: {error} ({where})",
        hint="build this leaflet alone with leaflet build; if that breaks too, report it",
    )
