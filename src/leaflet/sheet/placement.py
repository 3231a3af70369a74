"""Where each page of the panel PDF lies on which side of the sheet: pure geometry, in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leaflet.errors import LayoutError, Problem
from leaflet.model.fold import Millimetres
from leaflet.model.layout import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Bleed:
    """How far a panel may print beyond its trim: the bleed at the sheet's outer edges, nothing at a fold."""

    left: Millimetres
    top: Millimetres
    right: Millimetres
    bottom: Millimetres


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPage:
    """One page on a side; ``x`` is measured from the trim's left edge, ``y`` from its bottom edge."""

    page: int
    x: Millimetres
    y: Millimetres
    width: Millimetres
    height: Millimetres
    bleed: Bleed


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSide:
    """One side of the sheet. ``pages`` are in reading order, which is the order they are painted in."""

    name: str
    width: Millimetres
    height: Millimetres
    pages: tuple[PlacedPage, ...]
    folds: tuple[Millimetres, ...]
    """Where the sheet is folded, from the trim's left edge."""


def place(
    layout: Layout, panels: Sequence[int | None], sizes: Sequence[tuple[Millimetres, Millimetres]]
) -> tuple[SheetSide, ...]:
    """The sides of the sheet, for pages that show ``panels`` (indices into the layout) and have ``sizes``.

    Where the layout has no sides, and for a page that shows no panel, each page is a side of its own.

    Raises:
        LayoutError: a panel has two pages, or a page has not its panel's size.
    """
    if not layout.sides:
        return tuple(_page_side(number, size, layout) for number, size in enumerate(sizes))
    _check(layout, panels, sizes)
    page_of = {panel: page for page, panel in enumerate(panels) if panel is not None}
    sides = []
    for side in layout.sides:
        last = len(side.placements) - 1
        placed = [
            PlacedPage(
                page=page_of[slot.panel],
                x=slot.x,
                y=0.0,
                width=slot.width,
                height=layout.sheet_height,
                bleed=_bleed(layout, leftmost=place == 0, rightmost=place == last),
            )
            for place, slot in enumerate(side.placements)
            if slot.panel in page_of
        ]
        sides.append(
            SheetSide(
                name=side.name,
                width=layout.sheet_width,
                height=layout.sheet_height,
                pages=tuple(sorted(placed, key=lambda placed_page: placed_page.page)),
                folds=tuple(slot.x for slot in side.placements[1:]),
            )
        )
    left_over = [number for number, panel in enumerate(panels) if panel is None]
    return (*sides, *(_page_side(number, sizes[number], layout) for number in left_over))


def _bleed(layout: Layout, *, leftmost: bool, rightmost: bool) -> Bleed:
    return Bleed(
        left=layout.bleed if leftmost else 0.0,
        top=layout.bleed,
        right=layout.bleed if rightmost else 0.0,
        bottom=layout.bleed,
    )


def _page_side(number: int, size: tuple[Millimetres, Millimetres], layout: Layout) -> SheetSide:
    """A page that is a side of its own."""
    width, height = size
    bleed = _bleed(layout, leftmost=True, rightmost=True)
    page = PlacedPage(page=number, x=0.0, y=0.0, width=width, height=height, bleed=bleed)
    return SheetSide(name=f"page {number + 1}", width=width, height=height, pages=(page,), folds=())


SIZE_TOLERANCE: Millimetres = 0.1


def _check(layout: Layout, panels: Sequence[int | None], sizes: Sequence[tuple[Millimetres, Millimetres]]) -> None:
    problems = []
    seen: set[int] = set()
    for number, (panel, (width, height)) in enumerate(zip(panels, sizes, strict=True), start=1):
        if panel is None:
            continue
        if panel in seen:
            problems.append(Problem(message=f'page {number} shows the panel "{layout.label(panel)}" a second time'))
            continue
        seen.add(panel)
        wanted = layout.panels[panel]
        if abs(width - wanted.width) > SIZE_TOLERANCE or abs(height - wanted.height) > SIZE_TOLERANCE:
            problems.append(
                Problem(
                    message=f'page {number} measures {width:g} × {height:g} mm, but the panel "{wanted.name}" '
                    f"is {wanted.width:g} × {wanted.height:g} mm",
                    hint="give the page of that name the panel's size in the layout's CSS",
                )
            )
    if problems:
        raise LayoutError(problems)
