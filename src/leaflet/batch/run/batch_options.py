"""Options of a batch run."""

from __future__ import annotations

import re

from msgspec import Struct, field

from leaflet.batch.run.job_engine import usable_cores
from leaflet.errors import LeafletError, Problem


class Shard(Struct, frozen=True, kw_only=True):
    """One machine's part of a batch: every ``of``-th variant, from the ``number``-th on, counted from 1."""

    number: int = 1
    of: int = 1

    @property
    def ending(self) -> str:
        """The ending of the names of journal and manifest, which differs from those of other parts."""
        return "" if self.of == 1 else f"-{self.number}of{self.of}"


class BatchOptions(Struct, frozen=True, kw_only=True):
    """Options of a run; none of them changes how a leaflet looks."""

    workers: int = field(default_factory=usable_cores)
    seconds: float = 120.0
    """The longest time that one leaflet may take."""
    fit_first: bool = False
    """Lay every leaflet out before the first is written."""
    keep_going: bool = False
    """Build the others although a variant fails."""
    force: bool = False
    """Build all, changed or not."""
    dry_run: bool = False
    """Find out what would be built, and write nothing."""
    limit: int | None = None
    """The most variants, counted from the first."""
    address: str | None = None
    """An fsspec address for the leaflets, instead of the output folder."""
    shard: Shard = Shard()


def parse_shard(text: str) -> Shard:
    """Return ``2/5`` as a shard.

    >>> parse_shard("2/5")
    Shard(number=2, of=5)

    Raises:
        LeafletError: it is not written that way.
    """
    found = re.fullmatch(r"(\d{1,4})/(\d{1,4})", text.strip())
    if found and 1 <= int(found[1]) <= int(found[2]):
        return Shard(number=int(found[1]), of=int(found[2]))
    message = f'"{text}" is no part of a batch'
    raise LeafletError(Problem(message=message, hint="write --shard 2/5 for the second of five machines"))
