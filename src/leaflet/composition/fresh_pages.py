"""Sections that begin pages, so that the text of a booklet fills whole sheets."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, inf

from leaflet.composition.arrangement import Piece
from leaflet.model.fold import Millimetres

SPARE = 0.04
"""The share of a page that breaks are expected to lose."""
HALF = 0.5
UNDER_HALF = 4.0
"""For a page that would be less than half full, against 1 for one that would be empty."""


def fresh_starts(pieces: Sequence[Piece], pages: int, page: Millimetres) -> tuple[int, ...]:
    """Return which of ``pieces`` begin a page, so that all take ``pages`` pages of ``page`` millimetres with the least white.

    Pieces that begin no page go on where the one before them ends. Nothing is returned where no choice takes so many.

    >>> fresh_starts([Piece(height=h) for h in (60, 30, 70, 80)], pages=3, page=100)
    (2, 3)
    """
    starts = [0, *(place for place, piece in enumerate(pieces) if place and piece.may_start)]
    ends = {len(pieces): len(starts)} | {place: number for number, place in enumerate(starts)}
    best: list[dict[int, tuple[float, tuple[int, ...]]]] = [{} for _ in range(len(starts) + 1)]
    best[0][0] = (0.0, ())
    for number, start in enumerate(starts):
        for used, (cost, before) in best[number].items():
            height = 0.0
            for place in range(start, len(pieces)):
                height += pieces[place].height * (1 + SPARE)
                if place + 1 not in ends:
                    continue
                taken, white = _pages(height, page)
                found = (cost + white, (*before, start))
                then = best[ends[place + 1]]
                if used + taken <= pages and found < then.get(used + taken, (inf, ())):
                    then[used + taken] = found
    _, chosen = best[-1].get(pages, (0.0, ()))
    return chosen[1:]


def _pages(height: Millimetres, page: Millimetres) -> tuple[int, float]:
    """Return how many pages a run takes, and what the white on the last of them costs."""
    pages = max(1, ceil(height / page))
    fill = height / page - (pages - 1)
    return pages, (1 - fill) ** 2 + (UNDER_HALF if fill < HALF else 0.0)
