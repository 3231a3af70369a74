"""Events that a batch reports while it runs."""

from __future__ import annotations

from msgspec import Struct

from leaflet.batch.plan.batch_plan import Variant
from leaflet.batch.run.job import Outcome, Status
from leaflet.errors import Problem


class Planned(Struct, frozen=True, kw_only=True):
    """The plan is sound. ``problems`` are warnings."""

    total: int
    unchanged: int
    problems: tuple[Problem, ...]


class Measured(Struct, frozen=True, kw_only=True):
    """One variant was laid out and fits; ``total`` have to be laid out."""

    total: int


class Ended(Struct, frozen=True, kw_only=True):
    """One variant was built, is the same as before, or has failed."""

    variant: Variant
    outcome: Outcome

    @property
    def has_failed(self) -> bool:
        """Return whether the variant does not exist now."""
        return self.outcome.status not in (Status.BUILT, Status.SAME)


Event = Planned | Measured | Ended
