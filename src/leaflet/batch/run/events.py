"""Events that a batch reports while it runs."""

from __future__ import annotations

from dataclasses import dataclass

from leaflet.batch.plan.batch_plan import Variant
from leaflet.batch.run.job import Outcome, Status
from leaflet.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The plan is sound. ``problems`` are warnings."""

    total: int
    unchanged: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One variant was laid out and fits; ``total`` have to be laid out."""

    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """One variant was built, is the same as before, or has failed."""

    variant: Variant
    outcome: Outcome

    @property
    def has_failed(self) -> bool:
        """Return whether the variant does not exist now."""
        return self.outcome.status not in (Status.BUILT, Status.SAME)


Event = Planned | Measured | Ended
