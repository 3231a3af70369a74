"""Cost of pages that were laid out: everything that a designer would object to, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from leaflet.model.layout import Layout
from leaflet.panels.fit import assign, groups_of
from leaflet.panels.source_map import HEADINGS
from leaflet.weasy import PageMeasure, Piece

LONE = 300.0
"""For a heading at the foot of a panel without what it leads into."""
SMALL = 2000.0
"""For type at half its size."""
EMPTY = 400.0
"""For a panel without anything, in proportion down to HALF of its height."""
BARE = 300.0
"""For a panel that holds nothing at all: its colour finishes it."""
HALF = 0.5
UNEVEN = 4.0
"""For each millimetre by which neighbouring panels of a text end apart, beyond ALLOWED."""
ALLOWED = 5.0
MOST_UNEVEN = 240.0
PAGE = 1000.0
"""For each page, where their number is free: nothing that type or space costs outweighs one."""
GAP = 6.0
"""In millimetres: pieces farther apart than this leave white between them."""
LINE = 1.0
"""In millimetres: pieces that end so close to each other end on one line."""


def reasons_against(
    pages: tuple[PageMeasure, ...], layout: Layout, scale: float, moved: float = 0.0
) -> tuple[tuple[str, float], ...]:
    """Return what ``pages``, laid out at ``scale``, cost; ``moved`` is what their arrangement costs by itself."""
    return tuple(_reasons(pages, layout, scale, moved))


def _reasons(pages: tuple[PageMeasure, ...], layout: Layout, scale: float, moved: float) -> Iterator[tuple[str, float]]:
    if lone := sum(map(ends_with_heading, pages)):
        yield "headings alone", LONE * lone
    if scale < 1:
        yield "type set smaller", SMALL * (1 - scale)
    if any(panel.repeats for panel in layout.panels):
        if empty := max(0.0, HALF - inked(pages[-1])) / HALF:
            yield "last page under half full", EMPTY * empty
        if len(pages) > 1:
            yield f"{len(pages)} pages", PAGE * len(pages)
        return
    inner = [page for page in pages if page.kind != layout.panels[0].name]
    bare = [page for page in inner if not page.pieces]
    if bare:
        yield "panels without anything", BARE * len(bare)
    if empty := sum(max(0.0, HALF - page.fill) / HALF for page in inner if page.pieces):
        yield "panels under half full", EMPTY * empty
    ends = sum(
        max(0.0, abs(one.used - other.used) - ALLOWED) for run in _runs(pages, layout) for one, other in pairwise(run)
    )
    if ends:
        yield "uneven ends", min(MOST_UNEVEN, UNEVEN * ends)
    if moved:
        yield "sections elsewhere", moved


def _runs(pages: tuple[PageMeasure, ...], layout: Layout) -> Iterator[list[PageMeasure]]:
    """Yield the pages of each group of several panels."""
    panels = assign(pages, layout)
    for group in groups_of(layout):
        if len(group.panels) > 1:
            yield [page for page, panel in zip(pages, panels, strict=True) if panel in group.panels]


def inked(page: PageMeasure) -> float:
    """Return the share of a page's height that is taken, without the white above content aligned to its foot."""
    spans = sorted((piece.area.top, piece.area.bottom) for piece in page.pieces)
    taken, reached = 0.0, page.content.top
    for top, bottom in spans:
        if bottom > reached:
            taken += bottom - (top if top > reached + GAP else reached)
            reached = bottom
    return taken / (page.content.bottom - page.content.top)


def ends_with_heading(page: PageMeasure) -> bool:
    """Return whether the last line of a page, above its foot, is a heading."""
    foot = page.foot
    flowing = [
        piece
        for piece in page.pieces
        if not piece.positioned and piece.element is not None and (foot is None or piece.area.top < foot.top)
    ]
    if not flowing:
        return False
    bottom = max(piece.area.bottom for piece in flowing)
    return _are_headings([piece for piece in flowing if piece.area.bottom > bottom - LINE])


def _are_headings(pieces: Sequence[Piece]) -> bool:
    return all(piece.element is not None and piece.element.tag in HEADINGS for piece in pieces)
