"""Saddle stitching: the order of pages on a booklet's sheets, its blank pages and its creep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leaflet.errors import LayoutError, Problem
from leaflet.model.fold import Millimetres
from leaflet.model.layout import Layout

LEAF_PAGES = 4
"""A folded sheet has four pages."""
MOST_PAGES = 48
"""More do not lie flat when they are stitched through the fold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """One side of one sheet: the pages on the left and on the right, counted from 0; None for a blank page."""

    name: str
    left: int | None
    right: int | None
    creep: Millimetres
    """The distance by which both are pushed towards the fold, so that outer margins are even after trimming."""


def with_blanks(pages: int, *, back_cover: bool = True) -> tuple[int | None, ...]:
    """Return the pages of a booklet in reading order, with as many blank ones (None) as make whole sheets.

    Args:
        back_cover: the last page is the back cover, and blank pages come before it; without one they come last.

    >>> with_blanks(7)
    (0, 1, 2, 3, 4, 5, None, 6)
    >>> with_blanks(3, back_cover=False)
    (0, 1, 2, None)

    Raises:
        LayoutError: there are too many pages for one booklet.
    """
    if pages > MOST_PAGES:
        raise LayoutError(
            Problem(
                message=f"{pages} pages are too many for a stitched booklet, which holds {MOST_PAGES}",
                hint="shorten the text, or choose a layout with larger pages",
            )
        )
    blanks = (None,) * (-pages % LEAF_PAGES)
    text = tuple(range(pages))
    return (*text[:-1], *blanks, *text[-1:]) if back_cover else (*text, *blanks)


def booklet_spreads(pages: int, layout: Layout, *, back_cover: bool = True) -> Iterator[Spread]:
    """Return the sides of a booklet's sheets, the outermost sheet first, its outside before its inside."""
    order = with_blanks(pages, back_cover=back_cover)
    sheets = len(order) // LEAF_PAGES
    for sheet in range(sheets):
        first, last = 2 * sheet, len(order) - 1 - 2 * sheet
        number = f"sheet {sheet + 1} " if sheets > 1 else ""
        for name, left, right in (
            ("outside", order[last], order[first]),
            ("inside", order[first + 1], order[last - 1]),
        ):
            if layout.right_to_left:
                left, right = right, left
            yield Spread(name=f"{number}{name}", left=left, right=right, creep=sheet * layout.thickness)
