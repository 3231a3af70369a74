"""Engines that do jobs: processes of this machine, or a cluster named by an address."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from importlib.util import find_spec
from typing import Protocol

from leaflet.batch.plan.batch_plan import Plan
from leaflet.batch.run.job import Job, Outcome
from leaflet.batch.run.worker_process import LocalProcesses
from leaflet.errors import LeafletError, Problem

ADDRESS = re.compile(r"(?P<engine>[a-z]+)://(?P<place>[^/\s]+:\d{1,5})/?")
MEGABYTES = 2000
"""The memory that one worker may take by default."""


class Engine(Protocol):
    """A pool of workers."""

    def submit(self, job: Job) -> Future[Outcome]:
        """Do a job as soon as a worker is free."""

    def close(self, *, at_once: bool = False) -> None:
        """Finish running jobs, or end them ``at_once`` where that can be; cancel all others and release the workers."""


MakeEngine = Callable[[int], Engine]
"""Makes an engine with so many workers."""


def local_processes(workers: int, *, megabytes: int = MEGABYTES) -> LocalProcesses:
    """Return the engine of this machine."""
    return LocalProcesses(workers, megabytes=megabytes)


def usable_cores() -> int:
    """Return how many processes can run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def engine_for(address: str | None, plan: Plan, *, megabytes: int = MEGABYTES) -> MakeEngine:
    """Return the maker of the engine at ``address`` for ``plan``; without an address, that of this machine.

    Raises:
        LeafletError: the address names no engine that is known, or its package is not installed.
    """
    if address is None:
        return partial(local_processes, megabytes=megabytes)
    found = ADDRESS.fullmatch(address)
    if found is None or found["engine"] != "dask":
        message = f'"{address}" is no cluster that leaflet knows'
        raise LeafletError(Problem(message=message, hint="write --on dask://HOST:PORT, with the scheduler's port"))
    if find_spec("distributed") is None:
        hint = "install it with: pip install 'leaflet-press[dask]'"
        raise LeafletError(Problem(message="--on dask:// needs the package distributed", hint=hint))
    from leaflet.batch.run.dask import dask_cluster

    return lambda _: dask_cluster(found["place"], plan, megabytes=megabytes)
