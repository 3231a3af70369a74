"""The work of a worker process: build a variant, write its files whole, and report the files it was made of."""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.batch.run.check_job import CheckJob, run_check
from leaflet.batch.run.job import Job, Outcome, OutputFile, Status, Work, describe_file
from leaflet.budget import data_bytes
from leaflet.errors import LeafletError, Problem
from leaflet.files import open_workspace, output_policy, read_file, write_together
from leaflet.model.output_format import OutputFormat
from leaflet.model.picture import Picture
from leaflet.model.workspace import WatchedWorkspace
from leaflet.pipeline import Composition, Session, cite_source, compose_cited, content_of, written_by_leaflet

if TYPE_CHECKING:
    from leaflet.checks import CheckedFile

NEARLY_ALL = 0.85
"""The share of its memory above which a process that breaks is taken to have had too little."""
TOO_MUCH_MEMORY = Problem(
    message="it needs more memory than a worker may take",
    hint="look for very large pictures; --memory allows more",
)


class Worker(Struct, kw_only=True):
    """Builder of variants in one process, and owner of everything there that outlives a job."""

    _session: Session = field(default_factory=Session)
    _hashes: dict[Path, tuple[int, str]] = field(default_factory=dict)
    """The time and SHA-256 of each input."""
    _pictures: dict[tuple[Path, int, int], Picture] = field(default_factory=dict)
    """The pictures that were checked, by path, time and size."""
    _is_warm: bool = False

    def run(self, job: Job) -> Outcome:
        """Do a job. If it takes too long, the system ends the process, even inside foreign code."""
        started = perf_counter()
        with _time_limit(job.seconds):
            try:
                outcome = self._done(job)
            except LeafletError as error:
                outcome = Outcome(name=job.name, status=Status.REFUSED, problems=error.problems)
            except MemoryError:
                outcome = Outcome(name=job.name, status=Status.BROKEN, problems=(TOO_MUCH_MEMORY,))
            except Exception as error:
                # Code in C that gets no memory often raises another error, or none by name.
                problem = TOO_MUCH_MEMORY if _is_at_its_limit() else _crash(error)
                outcome = Outcome(name=job.name, status=Status.BROKEN, problems=(problem,))
        return replace(outcome, shared=job.shared, own=job.own, seconds=perf_counter() - started)

    def check(self, job: CheckJob) -> CheckedFile:
        """Return what the check of a leaflet or a PDF finds."""
        found = run_check(job, self._session)
        self._warmed_up()
        return found

    def draw_thumbnail(self, pdf: Path, folder: Path, name: str) -> None:
        """Write a picture of the first page of ``pdf``, called ``name``, into ``folder``."""
        from leaflet.batch.run.draw_thumbnail import draw

        draw(pdf, folder, name)

    def _done(self, job: Job) -> Outcome:
        found = open_workspace(job.variant.source)
        workspace = WatchedWorkspace(root=found.root, shipped=job.shipped or found.shipped, pictures=self._pictures)
        variant = job.variant
        cited, problems = cite_source(
            variant.source, variant.choices, today=job.today, workspace=workspace, session=self._session
        )
        content = content_of(cited) if job.work is not Work.MEASURE else ""
        if content and content == job.last_content:
            return Outcome(name=job.name, status=Status.SAME, inputs=self._inputs(workspace), content=content)
        if job.work is Work.COMPARE:
            return Outcome(name=job.name, status=Status.FITS)
        choices = variant.choices
        if job.work is Work.MEASURE:
            choices = replace(choices, formats=(OutputFormat.PDF,))
        composed = compose_cited(cited, problems, variant.source, choices, today=job.today, session=self._session)
        if job.work is Work.MEASURE:
            return Outcome(name=job.name, status=Status.FITS)
        files = _written(composed, job, workspace)
        self._warmed_up()
        fit = composed.fit
        return Outcome(
            name=job.name,
            status=Status.BUILT,
            files=files,
            inputs=self._inputs(workspace),
            content=content,
            panels=len(fit.pages) if fit else 0,
            scale=fit.scale if fit else None,
            fit=str(fit) if fit else "",
            problems=composed.problems,
        )

    def _inputs(self, workspace: WatchedWorkspace) -> tuple[tuple[str, str], ...]:
        roots = workspace.roots
        return tuple(sorted((workspace.name_of(path), self._hash(path, roots)) for path in workspace.inputs))

    def _hash(self, path: Path, roots: tuple[Path, ...]) -> str:
        modified = path.stat().st_mtime_ns
        known = self._hashes.get(path)
        if known is None or known[0] != modified:
            known = self._hashes[path] = (modified, sha256(read_file(path, inside=roots)).hexdigest())
        return known[1]

    def _warmed_up(self) -> None:
        """Exempt all that the first leaflet loaded from garbage collection: it stays to the end of the process."""
        if not self._is_warm:
            gc.collect()
            gc.freeze()
            self._is_warm = True


def _is_at_its_limit() -> bool:
    """Return whether this process has used nearly all the memory that it may take; False where the system does not say."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        most, _ = resource.getrlimit(resource.RLIMIT_DATA)
        return most != resource.RLIM_INFINITY and data_bytes() > most * NEARLY_ALL
    return False


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """End this process if the body takes longer: by SIGALRM, or by its own exit if there is no such signal."""
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


def _written(composed: Composition, job: Job, workspace: WatchedWorkspace) -> tuple[OutputFile, ...]:
    """Write the files of a leaflet whole, into the folder or to the address that the job names."""
    stem = job.variant.source.stem
    files = {f"{job.name}{name.removeprefix(stem)}": data for name, data in composed.files.items()}
    if job.address is not None:
        from leaflet.batch.run.remote_store import write_at

        write_at(job.address, files)
        return tuple(
            OutputFile(name=name, size=len(data), sha256=sha256(data).hexdigest(), modified=0)
            for name, data in files.items()
        )
    policy = output_policy(workspace, (*job.inputs, *workspace.inputs), written_by_leaflet(stem))
    return tuple(describe_file(path, files[path.name]) for path in write_together(job.output, files, policy))


def _crash(error: Exception) -> Problem:
    """Return an unforeseen error as a problem, with its place in the program."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return Problem(
        message=f"the build broke with {type(error).__name__}: {error} ({where})",
        hint="build this leaflet alone with leaflet build; if that breaks too, report it",
    )
