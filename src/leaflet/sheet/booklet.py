"""Saddle stitching: the order of pages on a booklet's sheets, its blank pages and its creep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from leaflet.errors import Location, Problem, Severity
from leaflet.model.fold import LEAF_PAGES, Millimetres
from leaflet.model.layout import Layout


class Spread(Struct, frozen=True, kw_only=True):
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
    """
    blanks = (None,) * (-pages % LEAF_PAGES)
    text = tuple(range(pages))
    return (*text[:-1], *blanks, *text[-1:]) if back_cover else (*text, *blanks)


def pages_inside(pages: int) -> int:
    """Return how many pages a booklet of ``pages`` has between its covers, once blank ones make whole sheets.

    >>> pages_inside(9)
    10
    """
    return pages + -pages % LEAF_PAGES - 2


def section_sheets(pages: int, most: int) -> tuple[int, ...]:
    """Return how many sheets each section of a booklet has, for ``most`` pages in one; they differ by one at most.

    >>> section_sheets(47, 48)
    (12,)
    >>> section_sheets(100, 48)
    (9, 8, 8)
    """
    sheets = -(-pages // LEAF_PAGES)
    count = -(-sheets // (most // LEAF_PAGES))
    least, larger = divmod(sheets, count)
    return tuple(least + (number < larger) for number in range(count))


def booklet_spreads(pages: int, layout: Layout, *, back_cover: bool = True) -> Iterator[Spread]:
    """Yield the sides of a booklet's sheets, section by section: the outermost sheet first, its outside before its inside."""
    order = with_blanks(pages, back_cover=back_cover)
    sections = section_sheets(pages, layout.section_pages)
    ends = list(accumulate(sheets * LEAF_PAGES for sheets in sections))
    for number, (sheets, end) in enumerate(zip(sections, ends, strict=True), start=1):
        name = f"section {number} " if len(sections) > 1 else ""
        yield from _section(order[end - sheets * LEAF_PAGES : end], layout, name)


def _section(order: Sequence[int | None], layout: Layout, section: str) -> Iterator[Spread]:
    """Yield the sides of the sheets that are laid into each other."""
    sheets = len(order) // LEAF_PAGES
    for sheet in range(sheets):
        first, last = 2 * sheet, len(order) - 1 - 2 * sheet
        number = f"{section}sheet {sheet + 1} " if sheets > 1 else section
        for name, left, right in (
            ("outside", order[last], order[first]),
            ("inside", order[first + 1], order[last - 1]),
        ):
            if layout.right_to_left:
                left, right = right, left
            yield Spread(name=f"{number}{name}", left=left, right=right, creep=sheet * layout.thickness)


def section_warning(pages: int, layout: Layout, file: str) -> tuple[Problem, ...]:
    """Return a warning where a booklet has more pages than lie flat when they are stitched through the fold."""
    sections = section_sheets(pages, layout.section_pages)
    if len(sections) == 1:
        return ()
    return (
        Problem(
            message=f"{pages} pages are more than one stitched section holds ({layout.section_pages}): the sheets make "
            f"{len(sections)} sections of {_listed(sections)} pages",
            location=Location(file=file) if file else None,
            hint="sew or glue the sections in their order, shorten the text, or choose a layout with larger pages",
            severity=Severity.WARNING,
        ),
    )


def _listed(sections: Sequence[int]) -> str:
    pages = [str(sheets * LEAF_PAGES) for sheets in sections]
    return f"{', '.join(pages[:-1])} and {pages[-1]}"
