"""What a batch is told, and what it tells of itself while it runs and when it has ended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from leaflet.batch.plan.batch_plan import Variant
from leaflet.batch.plan.expand import Expansion
from leaflet.batch.run.dispatch import usable_cores
from leaflet.batch.run.fingerprint import RecipeBook
from leaflet.batch.run.job import Outcome, Status
from leaflet.batch.run.journal import Record
from leaflet.errors import LeafletError, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One machine's part of a batch: every ``of``-th variant, from the ``number``-th on, counted from 1."""

    number: int = 1
    of: int = 1

    @property
    def ending(self) -> str:
        """What tells the journal and manifest of this part from those of others."""
        return "" if self.of == 1 else f"-{self.number}of{self.of}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a batch is run; nothing here changes what a leaflet looks like."""

    workers: int = field(default_factory=usable_cores)
    seconds: float = 120.0
    """The longest that one leaflet may take."""
    fit_first: bool = False
    """Lay every leaflet out before the first is written."""
    keep_going: bool = False
    force: bool = False
    dry_run: bool = False
    limit: int | None = None
    address: str | None = None
    """Where leaflets go instead of the output folder, as fsspec writes it."""
    shard: Shard = Shard()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A variant with what is known of it: its last record, and why it has to be built. No reason: it is unchanged."""

    variant: Variant
    record: Record | None
    reasons: tuple[str, ...]
    is_doubtful: bool = False
    """Only its source or its bibliography changed: perhaps not in what this variant shows of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The plan is sound. ``problems`` are warnings."""

    total: int
    unchanged: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """One variant has ended, one way or another."""

    variant: Variant
    outcome: Outcome

    @property
    def has_failed(self) -> bool:
        """Whether the variant is not there now."""
        return self.outcome.status not in (Status.BUILT, Status.SAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One variant was laid out to know whether it fits; ``total`` have to be."""

    total: int


Event = Planned | Measured | Ended


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """All tasks of a batch in their order, with the outcome of each that was built now or before."""

    output: Path
    address: str | None
    """Where the leaflets are, if not in ``output``."""
    tasks: tuple[Task, ...]
    outcomes: dict[str, Outcome]
    """By name; it grows while the batch runs."""
    journal: Path
    kept: tuple[Path, ...]
    """Files of the user's that must not be replaced."""
    recorded: Mapping[str, str]
    """The SHA-256 of what earlier batches wrote beside their leaflets, by name."""
    expansion: Expansion
    book: RecipeBook

    @property
    def failed(self) -> tuple[Task, ...]:
        """The tasks whose variant could not be built."""
        return tuple(task for task in self.tasks if self.status(task) in (Status.REFUSED, Status.BROKEN))

    @property
    def complete(self) -> bool:
        """Whether every variant is there."""
        return all(self.status(task) is Status.BUILT for task in self.tasks)

    def status(self, task: Task) -> Status | None:
        """How a task ended; None where it was not begun."""
        outcome = self.outcomes.get(task.variant.name)
        return outcome.status if outcome else None


def parse_shard(text: str) -> Shard:
    """``2/5`` as a shard.

    Raises:
        LeafletError: it is not written that way.
    """
    found = re.fullmatch(r"(\d{1,4})/(\d{1,4})", text.strip())
    if found and 1 <= int(found[1]) <= int(found[2]):
        return Shard(number=int(found[1]), of=int(found[2]))
    message = f'"{text}" is no part of a batch'
    raise LeafletError(Problem(message=message, hint="write --shard 2/5 for the second of five machines"))
