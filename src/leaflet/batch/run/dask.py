"""The engine of Dask clusters: ``--on dask://HOST:PORT``."""

from __future__ import annotations

from concurrent.futures import Executor
from hashlib import sha256

from leaflet.batch.plan.batch_plan import Plan
from leaflet.batch.run.remote import RemoteExecutor, bundle_for
from leaflet.errors import LeafletError, Problem

PATIENCE = "10s"


def dask_cluster(address: str, plan: Plan, *, megabytes: int) -> Executor:
    """The cluster whose scheduler listens at ``address`` (HOST:PORT), with the plan's bundle on its way there.

    Raises:
        LeafletError: Dask is not installed, or nothing answers at the address.
    """
    try:
        from distributed import Client
    except ImportError:
        hint = "install it with: pip install 'leaflet-press[dask]'"
        raise LeafletError(Problem(message="--on dask:// needs the package distributed", hint=hint)) from None
    try:
        client = Client(f"tcp://{address}", timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        message = f"no Dask scheduler answers at {address}"
        raise LeafletError(
            Problem(message=message, hint="start one with dask scheduler, and look at its port")
        ) from None
    bundle = bundle_for(plan)
    # As tasks, not as scattered data: the scheduler can have a part made again when the worker that held it is lost.
    parts = [client.submit(as_it_is, part, key=f"leaflet-{sha256(part).hexdigest()}") for part in bundle.parts]
    inner = client.get_executor(pure=False)
    return RemoteExecutor(inner, parts, bundle, plan, megabytes=megabytes, close=client.close)


def as_it_is(part: bytes) -> bytes:
    """A part of the bundle, as a task of its own that workers hand on to each other."""
    return part
