"""Where leaflets are built: on this machine, or on a cluster that an address names."""

from __future__ import annotations

import re
from functools import partial

from leaflet.batch.plan.batch_plan import Plan
from leaflet.batch.run.dispatch import MakeExecutor, local_processes
from leaflet.errors import LeafletError, Problem

ADDRESS = re.compile(r"(?P<engine>[a-z]+)://(?P<place>[^/\s]+:\d{1,5})/?")


def engine_for(address: str | None, plan: Plan, *, megabytes: int) -> MakeExecutor:
    """What makes the executor for ``plan``; local processes where there is no address.

    Raises:
        LeafletError: the address names no engine that is known.
    """
    if address is None:
        return partial(local_processes, megabytes=megabytes)
    found = ADDRESS.fullmatch(address)
    if found is None or found["engine"] != "dask":
        message = f'"{address}" is no cluster that leaflet knows'
        raise LeafletError(Problem(message=message, hint="write --on dask://HOST:PORT, with the scheduler's port"))
    from leaflet.batch.run.dask import dask_cluster

    return lambda _: dask_cluster(found["place"], plan, megabytes=megabytes)
