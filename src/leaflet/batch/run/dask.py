"""The engine of Dask clusters: ``--on dask://HOST:PORT``."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from distributed import Client, Worker, WorkerPlugin, get_worker

from leaflet.batch.plan.batch_plan import Plan
from leaflet.batch.run.fingerprint import hash_program
from leaflet.batch.run.job import Job, Outcome
from leaflet.batch.run.remote import RemoteEngine, RemoteMachine, Sent, bundle_for
from leaflet.errors import LeafletError, Problem

PATIENCE = "10s"


class MachinePlugin(WorkerPlugin):  # type: ignore[misc,unused-ignore]
    """Plugin that gives every worker of the cluster, early or late, a :class:`RemoteMachine` for the time of a batch."""

    def __init__(self, *, bundle: str, program: str, megabytes: int) -> None:
        self.bundle = bundle
        self.program = program
        self.megabytes = megabytes
        self.machine: RemoteMachine | None = None

    def setup(self, worker: Worker) -> None:  # noqa: ARG002
        """Begin to work for the batch."""
        self.machine = RemoteMachine(bundle=self.bundle, program=self.program, megabytes=self.megabytes)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002
        """End the processes of the batch."""
        if self.machine:
            self.machine.close()


def dask_cluster(address: str, plan: Plan, *, megabytes: int) -> RemoteEngine:
    """Return the cluster whose scheduler listens at ``address`` (HOST:PORT), and send it the plan's bundle.

    Raises:
        LeafletError: nothing answers at the address.
    """
    try:
        client = Client(f"tcp://{address}", timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        message = f"no Dask scheduler answers at {address}"
        raise LeafletError(
            Problem(message=message, hint="start one with dask scheduler, and look at its port")
        ) from None
    bundle = bundle_for(plan)
    name = f"leaflet-{client.id}"
    client.register_plugin(MachinePlugin(bundle=bundle.digest, program=hash_program(), megabytes=megabytes), name=name)
    # As tasks, not as scattered data: the scheduler can have a part made again when the worker that held it is lost.
    parts = [client.submit(identity, part, key=f"leaflet-{sha256(part).hexdigest()}") for part in bundle.parts]
    executor = client.get_executor(pure=False)

    def send(job: Job) -> Sent:
        sent: Sent = executor.submit(run_here, name, job, *parts)
        return sent

    def close() -> None:
        executor.shutdown()
        client.unregister_worker_plugin(name)
        client.close()

    return RemoteEngine(send, plan, close=close)


def run_here(name: str, job: Job, *parts: bytes) -> tuple[Outcome, Mapping[str, bytes]]:
    """Do a job on the machine of the worker that calls this; ``name`` is that of its plugin."""
    plugin = get_worker().plugins[name]
    assert isinstance(plugin, MachinePlugin)
    assert plugin.machine is not None
    return plugin.machine.run(job, *parts)


def identity(part: bytes) -> bytes:
    """Return a part of the bundle; as a task of its own, workers hand it on to each other."""
    return part
