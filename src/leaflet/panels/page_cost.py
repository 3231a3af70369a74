"""Cost of pages that were laid out: everything that a designer would object to, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from leaflet.composition import BARE, LONE, MOST_UNEVEN, PAGE, SHRUNK, WHITE, emptiness, unevenness
from leaflet.model.fold import Millimetres
from leaflet.model.layout import Layout
from leaflet.panels.fit import assign, groups_of
from leaflet.weasy import PageMeasure, PagePiece

LINE_HEIGHT: Millimetres = 4.8
"""Of text of the usual size, by which the ends of panels are compared."""
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
"""The title on a cover leads into nothing."""
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
        yield "type set smaller", SHRUNK * (1 - scale)
    if layout.repeats_pages:
        if empty := emptiness(inked(pages[-1])):
            yield "last page not well filled", empty
        if len(pages) > 1:
            yield f"{len(pages)} pages", PAGE * len(pages)
        return
    inner = [page for page in pages if page.kind != layout.panels[0].name and not is_finished(page)]
    own = {group.name for group in groups_of(layout) if len(group.panels) > 1}
    if bare := sum(BARE + (WHITE if page.kind in own else 0) for page in inner if not page.pieces):
        yield "panels without anything", bare
    if empty := sum(emptiness(page.fill) for page in inner if page.pieces or page.kind in own):
        yield "panels not well filled", empty
    runs = list(_runs(pages, layout))
    if ends := sum(unevenness(one.used - other.used, LINE_HEIGHT) for run in runs for one, other in pairwise(run)):
        yield "uneven ends", min(MOST_UNEVEN, ends)
    if moved:
        yield "sections elsewhere", moved


def _runs(pages: tuple[PageMeasure, ...], layout: Layout) -> Iterator[list[PageMeasure]]:
    """Yield the pages of each group of several panels."""
    panels = assign(pages, layout)
    for group in groups_of(layout):
        if len(group.panels) > 1:
            yield [page for page, panel in zip(pages, panels, strict=True) if panel in group.panels]


def is_finished(page: PageMeasure) -> bool:
    """Return whether all that a page holds is seated at its foot, on the ground of the end plate."""
    foot = page.foot
    return foot is not None and all(piece.positioned or piece.area.top >= foot.top for piece in page.pieces)


def inked(page: PageMeasure) -> float:
    """Return the share of a page's height that is taken, without the white above content aligned to its foot."""
    spans = sorted((piece.area.top, piece.area.bottom) for piece in page.pieces)
    taken, reached = 0.0, page.content.top
    for top, bottom in spans:
        if bottom > reached:
            taken += bottom - (top if top > reached + GAP else reached)
            reached = bottom
    return taken / (page.content.bottom - page.content.top)


def mean_fill(pages: Sequence[PageMeasure], layout: Layout) -> float:
    """Return how full the panels with text are on average, without the first."""
    fills = [page.fill for page, panel in zip(pages, assign(tuple(pages), layout), strict=True) if panel]
    return sum(fills) / len(fills) if fills else 1.0


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


def _are_headings(pieces: Sequence[PagePiece]) -> bool:
    return all(piece.element is not None and piece.element.tag in HEADINGS for piece in pieces)
