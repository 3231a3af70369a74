"""Runs of panels that were laid out last, in which words can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leaflet.weasy.layout.block_calls import BlockCalls
from leaflet.weasy.layout.cascade_cache import looks_at_addresses
from leaflet.weasy.layout.changed_text import ChangeableRun, allows_changes

if TYPE_CHECKING:
    from leaflet.weasy.laid_out import RunLayout

MOST = 4
"""Rows whose lines differ in number come by turns."""


class ChangeableRuns:
    """The last runs with the same CSS, place and scale; a run is stored from the second on, for one may stay alone."""

    def __init__(self) -> None:
        self._runs: list[tuple[ChangeableRun, RunLayout]] = []
        self._laid_out = 0

    def calls(self, base: str) -> BlockCalls | None:
        """Return a new record of calls for the next layout, with addresses from ``base``; None for the first."""
        self._laid_out += 1
        return BlockCalls(base) if self._laid_out > 1 else None

    def put(self, html: str, css: tuple[str, ...], run: RunLayout, calls: BlockCalls) -> None:
        """Store ``run``, the layout of ``html``, unless its CSS forbids changes."""
        if run.footnotes or run.log or not allows_changes(css):
            return
        made = ChangeableRun.of(html, run.root, run.pages, calls, sees_addresses=looks_at_addresses(css))
        if made is not None:
            self._runs = [(made, run), *self._runs[: MOST - 1]]

    def __iter__(self) -> Iterator[tuple[ChangeableRun, RunLayout]]:
        """Yield the runs, the one that served last first."""
        for one in list(self._runs):
            if not one[1].log:
                yield one

    def served(self, run: RunLayout) -> None:
        """Note that ``run`` was of use."""
        self._runs.sort(key=lambda one: one[1] is not run)

    def clear(self) -> None:
        """Drop all runs."""
        self._runs.clear()
