"""The position of every cite: first, subsequent, ibid, ibid with locator, near note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from leaflet.citations.evaluate.item_context import CiteData, Position


class ClusterData(Struct, frozen=True, kw_only=True):
    """One cluster: its cites as written, the number of its note (0 for the text itself) and its mode.

    ``in_sentence`` says that the author's own words go on behind it, in a note too, ``after_words`` that they come
    before it in the same sentence. ``as_written`` says that an author wrote the cites into a text: one with words
    before it keeps its place, and these words begin a note with a capital. ``forced`` holds for each cite the
    (position, near-note) that the caller demands, None where it is computed.
    """

    cites: tuple[CiteData, ...]
    note: int = 0
    mode: str = ""
    infix: str = ""
    unsorted: bool = False
    in_sentence: bool = False
    after_words: bool = False
    as_written: bool = False
    forced: tuple[tuple[Position | None, bool | None], ...] = ()


class CiteRun(NamedTuple):
    """Places of neighbouring cites that may be sorted among themselves (``rest``), behind one that stays first."""

    head: tuple[int, ...]
    rest: tuple[int, ...]


def fixed_runs(cites: Sequence[CiteData]) -> list[CiteRun]:
    """Return the runs of ``cites``; a cite with a prefix begins one and stays its first."""
    runs = [CiteRun((), ())]
    for index, cite in enumerate(cites):
        if cite.prefix.strip():
            runs.append(CiteRun((index,), ()))
        else:
            runs[-1] = CiteRun(runs[-1].head, (*runs[-1].rest, index))
    return runs


def place(clusters: Sequence[ClusterData], near_distance: int) -> tuple[ClusterData, ...]:
    """Return the clusters with the position of every cite."""
    tracker = _Tracker(near_distance)
    return tuple(tracker.place(cluster) for cluster in clusters)


class _Tracker:
    """Record of the cites so far."""

    def __init__(self, near_distance: int) -> None:
        self.near_distance = near_distance
        self.first_note: dict[str, int] = {}
        self.last_note: dict[str, int] = {}
        self.previous_in_text: ClusterData | None = None
        self.previous_note: ClusterData | None = None
        self.notes_count: dict[int, int] = {}

    def place(self, cluster: ClusterData) -> ClusterData:
        placed: list[CiteData] = []
        for index, cite in enumerate(cluster.cites):
            position = self._position(cluster, index, cite)
            first = self.first_note.setdefault(cite.id, cluster.note)
            near = position is not Position.FIRST and self._is_near(cluster, cite)
            forced_position, forced_near = cluster.forced[index] if cluster.forced else (None, None)
            if forced_position is not None:
                position, near = forced_position, position is not Position.FIRST and near
            if forced_near is not None:
                near = forced_near
            first_note = first if position is not Position.FIRST and first else None
            placed.append(replace(cite, position=position, near_note=near, first_note=first_note, note=cluster.note))
            self.last_note[cite.id] = cluster.note
        self.notes_count[cluster.note] = self.notes_count.get(cluster.note, 0) + len(cluster.cites)
        if cluster.note:
            self.previous_note = cluster
        else:
            self.previous_in_text = cluster
        return replace(cluster, cites=tuple(placed))

    def _is_near(self, cluster: ClusterData, cite: CiteData) -> bool:
        last = self.last_note.get(cite.id)
        return last is not None and cluster.note - last <= self.near_distance

    def _position(self, cluster: ClusterData, index: int, cite: CiteData) -> Position:
        if cite.id not in self.first_note:
            return Position.FIRST
        before = self._preceding(cluster, index)
        if before is None or before.id != cite.id:
            return Position.SUBSEQUENT
        if cite.locator:
            same = before.locator == cite.locator and before.label == cite.label
            return Position.IBID if same else Position.IBID_WITH_LOCATOR
        return Position.SUBSEQUENT if before.locator else Position.IBID

    def _preceding(self, cluster: ClusterData, index: int) -> CiteData | None:
        """Return the cite that “ibid.” would point to; None when there is none or it is not alone in its note."""
        if index > 0:
            return cluster.cites[index - 1]
        previous = self.previous_note if cluster.note else self.previous_in_text
        if previous is None or not previous.cites:
            return None
        if previous.note == cluster.note and cluster.note:
            return previous.cites[-1] if len(previous.cites) == 1 else None
        ids = {cite.id for cite in previous.cites}
        alone = len(previous.cites) == 1 or (len(ids) == 1)
        if cluster.note and previous.note and self.notes_count.get(previous.note, 0) > len(previous.cites):
            alone = False
        if cluster.note and previous.note and cluster.note - previous.note > 1:
            return None
        return previous.cites[-1] if alone else None
