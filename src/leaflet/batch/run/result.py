"""The result of a batch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from leaflet.batch.plan.expand import ExpandedPlan
from leaflet.batch.run.job import Job, Outcome, Status
from leaflet.model.workspace import Workspace


class BatchResult(Struct, frozen=True, kw_only=True):
    """All jobs of a batch in their order, with the outcome of each that was done now or before."""

    output: Path
    address: str | None
    """The fsspec address of the leaflets, if they are not in ``output``."""
    jobs: tuple[Job, ...]
    outcomes: Mapping[str, Outcome]
    """By name; it cannot be changed."""
    workspace: Workspace
    inputs: tuple[Path, ...]
    """The user's files that the batch read, none of which may be replaced."""
    journal: Path
    recorded: Mapping[str, str]
    """The SHA-256 of the files that earlier batches wrote beside their leaflets, by name."""
    expansion: ExpandedPlan
    program: str
    """The fingerprint of leaflet and of the packages that shape its outputs."""
    ending: str
    """The ending of the names of journal, manifest and index page: that of the shard."""

    @property
    def failed(self) -> tuple[Job, ...]:
        """The jobs whose variant could not be built."""
        return tuple(job for job in self.jobs if self.status(job) in (Status.REFUSED, Status.BROKEN))

    @property
    def complete(self) -> bool:
        """Return whether every variant exists."""
        return all(self.status(job) is Status.BUILT for job in self.jobs)

    def status(self, job: Job) -> Status | None:
        """Return how a job ended, or None if it was not begun."""
        outcome = self.outcomes.get(job.name)
        return outcome.status if outcome else None
