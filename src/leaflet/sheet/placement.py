"""Placement of the pages of a panel PDF on the sides of the paper: pure geometry, in millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from leaflet.errors import LayoutError, Problem
from leaflet.model.fold import Fold, Millimetres
from leaflet.model.layout import Filling, Layout
from leaflet.model.paper import Duplex, shown_size, turned_like_a_page
from leaflet.sheet.booklet import Spread, booklet_spreads

SLUG: Millimetres = 7.0
"""The strip around the bleed that holds the marks."""


class Bleed(Struct, frozen=True, kw_only=True):
    """Distances to which a page may print beyond its trim: the bleed at outer edges, nothing at a fold.

    A distance is negative where a page of a booklet is pushed over the fold by its creep.
    """

    left: Millimetres
    top: Millimetres
    right: Millimetres
    bottom: Millimetres


class PlacedPage(Struct, frozen=True, kw_only=True):
    """One page on a side; ``x`` is measured from the trim's left edge, ``y`` from its bottom edge."""

    page: int
    x: Millimetres
    y: Millimetres
    width: Millimetres
    height: Millimetres
    bleed: Bleed
    turned: bool = False
    """Upside down."""
    again: bool = False
    """The page lies on this side already (step and repeat): this one is not read aloud a second time."""
    scale: float | None = None
    """The factor by which the page is scaled; None where it has the size of its place."""


class SheetSide(Struct, frozen=True, kw_only=True):
    """One side of the paper. ``pages`` are in reading order, which is the order they are painted in.

    All positions start from the bottom left corner of the trim.
    """

    name: str
    width: Millimetres
    height: Millimetres
    pages: tuple[PlacedPage, ...]
    folds: tuple[Millimetres, ...] = ()
    """Positions of upright folds, from the left."""
    level_folds: tuple[Millimetres, ...] = ()
    """Positions of level folds, from the bottom."""
    cuts: tuple[Millimetres, ...] = ()
    """Positions of upright cuts: the edges of pages beside each other."""
    level_cuts: tuple[Millimetres, ...] = ()
    margins: tuple[Millimetres, Millimetres] = (0.0, 0.0)
    """The paper beyond the trim: on the left and on the right, above and below."""
    turning: str = ""
    """The edge over which the printer turns the paper."""

    @property
    def paper(self) -> tuple[Millimetres, Millimetres]:
        """Return the width and height of the paper."""
        return self.width + 2 * self.margins[0], self.height + 2 * self.margins[1]


def place(
    layout: Layout,
    panels: Sequence[int | None],
    sizes: Sequence[tuple[Millimetres, Millimetres]],
    *,
    back_cover: bool = True,
) -> tuple[SheetSide, ...]:
    """Return the sides of the paper, for pages that show ``panels`` (indices into the layout) and have ``sizes``.

    Where the layout has no sides, and for a page that shows no panel, each page is a side of its own. The last page
    of a booklet is its ``back_cover``, or blank pages follow the text.

    Raises:
        LayoutError: a panel has two pages, a page has not its panel's size, or the press sheet is too small.
    """
    _check(layout, panels, sizes)
    return _arranged(layout, tuple(_single_sides(layout, panels, sizes, back_cover)))


def _single_sides(
    layout: Layout,
    panels: Sequence[int | None],
    sizes: Sequence[tuple[Millimetres, Millimetres]],
    back_cover: bool,
) -> tuple[SheetSide, ...]:
    """Return the sides of one sheet, or of one booklet, before it is arranged on the paper."""
    if layout.fold is Fold.BOOKLET:
        spreads = booklet_spreads(len(sizes), layout, back_cover=back_cover)
        return tuple(_spread_side(spread, layout) for spread in spreads)
    if not layout.sides:
        return tuple(_page_side(number, size, layout) for number, size in enumerate(sizes))
    left_over = [number for number, panel in enumerate(panels) if panel is None]
    return (*_folded(layout, panels), *(_page_side(number, sizes[number], layout) for number in left_over))


def _arranged(layout: Layout, sides: Sequence[SheetSide]) -> tuple[SheetSide, ...]:
    """Return ``sides`` on the press sheet: repeated or in sequence, with margins, backs turned as the printer does."""
    press = layout.press_sheet
    places = press.columns * press.rows
    match press.filling:
        case Filling.SEQUENCE:
            groups = [list(sides[start : start + places]) for start in range(0, len(sides), places)]
        case Filling.STACK:
            sheets = -(-len(sides) // places)
            groups = [list(sides[sheet::sheets]) for sheet in range(sheets)]
        case Filling.REPEAT:
            groups = [[side] * places for side in sides]
    turning = turning_words(layout, len(groups))
    arranged = [replace(_gang(group, layout), turning=turning) for group in groups]
    turn = layout.duplex not in (None, natural_duplex(layout))
    return tuple(_upside_down(side) if turn and number % 2 else side for number, side in enumerate(arranged))


def natural_duplex(layout: Layout) -> Duplex:
    """Return the edge over which the paper is turned like the page of a book, so that backs are upright."""
    return turned_like_a_page(*(layout.press_sheet.size or _block(layout.sheet_width, layout.sheet_height, layout)))


def turning_words(layout: Layout, sides: int) -> str:
    """Return how the printer turns the paper, in words."""
    if sides == 1:
        return "one side only"
    return f"turn on the {(layout.duplex or natural_duplex(layout)).value.replace('-', ' ')}"


# ---------------------------------------------------------------- one sheet


def _folded(layout: Layout, panels: Sequence[int | None]) -> Iterator[SheetSide]:
    page_of = {panel: page for page, panel in enumerate(panels) if panel is not None}
    width, height = layout.sheet_width, layout.sheet_height
    for side in layout.sides:
        placed = [
            PlacedPage(
                page=page_of[slot.panel],
                x=slot.x,
                y=slot.y,
                width=slot.width,
                height=slot.height,
                turned=slot.turned,
                bleed=_bleed_at(slot.x, slot.y, slot.width, slot.height, layout),
            )
            for slot in side.placements
            if slot.panel in page_of
        ]
        yield SheetSide(
            name=side.name,
            width=width,
            height=height,
            pages=tuple(sorted(placed, key=lambda page: page.page)),
            folds=_inner((slot.x for slot in side.placements), width),
            level_folds=_inner((slot.y for slot in side.placements), height),
        )


def _inner(edges: Iterator[Millimetres], end: Millimetres) -> tuple[Millimetres, ...]:
    return tuple(sorted({edge for edge in edges if 0 < edge < end}))


def _bleed_at(x: Millimetres, y: Millimetres, width: Millimetres, height: Millimetres, layout: Layout) -> Bleed:
    """Return the bleed of a rectangle at each edge of the sheet that it reaches."""
    near = 1e-6
    return Bleed(
        left=layout.bleed if x < near else 0.0,
        top=layout.bleed if y + height > layout.sheet_height - near else 0.0,
        right=layout.bleed if x + width > layout.sheet_width - near else 0.0,
        bottom=layout.bleed if y < near else 0.0,
    )


def _spread_side(spread: Spread, layout: Layout) -> SheetSide:
    """Return a side of a booklet's sheet: two pages, each pushed towards the fold by its creep."""
    half, height, bleed = layout.sheet_width / 2, layout.sheet_height, layout.bleed
    left, right = (
        Bleed(left=bleed + spread.creep, top=bleed, right=-spread.creep, bottom=bleed),
        Bleed(left=-spread.creep, top=bleed, right=bleed + spread.creep, bottom=bleed),
    )
    placed = [
        PlacedPage(page=page, x=x, y=0.0, width=half, height=height, bleed=edges)
        for page, x, edges in (
            (spread.left, spread.creep, left),
            (spread.right, half - spread.creep, right),
        )
        if page is not None
    ]
    return SheetSide(
        name=spread.name,
        width=layout.sheet_width,
        height=height,
        pages=tuple(sorted(placed, key=lambda page: page.page)),
        folds=(half,),
    )


def _page_side(number: int, size: tuple[Millimetres, Millimetres], layout: Layout) -> SheetSide:
    """Return a page as a side of its own."""
    width, height = size
    bleed = Bleed(left=layout.bleed, top=layout.bleed, right=layout.bleed, bottom=layout.bleed)
    page = PlacedPage(page=number, x=0.0, y=0.0, width=width, height=height, bleed=bleed)
    return SheetSide(name=f"page {number + 1}", width=width, height=height, pages=(page,))


# ---------------------------------------------------------------- on the paper


def _block(width: Millimetres, height: Millimetres, layout: Layout) -> tuple[Millimetres, Millimetres]:
    """Return the trim around all that lies on the paper."""
    press = layout.press_sheet
    return (
        press.columns * width + (press.columns - 1) * press.gutter,
        press.rows * height + (press.rows - 1) * press.gutter,
    )


def _gang(group: Sequence[SheetSide], layout: Layout) -> SheetSide:
    """Return the content of one side of the paper, from the upper left: columns and rows with their gutters."""
    press, first = layout.press_sheet, group[0]
    width, height = _block(first.width, first.height, layout)
    margins = _margins(width, height, layout)
    corners = [
        (column * (first.width + press.gutter), height - (row + 1) * first.height - row * press.gutter)
        for row in range(press.rows)
        for column in range(press.columns)[:: -1 if layout.right_to_left else 1]
    ]
    pages: dict[tuple[int, int], PlacedPage] = {}
    seen: set[int] = set()
    for place, (one, (x, y)) in enumerate(zip(group, corners, strict=False)):
        for page in one.pages:
            moved = replace(page, x=page.x + x, y=page.y + y, again=page.page in seen)
            pages[page.page, place] = replace(moved, bleed=_limited(moved, width, height, margins, layout))
        seen |= {page.page for page in one.pages}
    in_order = sorted(pages.values(), key=lambda page: (page.again, page.page))
    return SheetSide(
        name=first.name if press.filling is Filling.REPEAT else _names(group),
        width=width,
        height=height,
        pages=tuple(in_order),
        folds=tuple(sorted({x + fold for x, _ in corners for fold in first.folds})),
        level_folds=tuple(sorted({y + fold for _, y in corners for fold in first.level_folds})),
        cuts=tuple(sorted({edge for x, _ in corners for edge in (x, x + first.width)})),
        level_cuts=tuple(sorted({edge for _, y in corners for edge in (y, y + first.height)})),
        margins=margins,
    )


def _names(group: Sequence[SheetSide]) -> str:
    numbers = [page.page + 1 for side in group for page in side.pages]
    return f"page {numbers[0]}" if len(numbers) == 1 else f"pages {numbers[0]} to {numbers[-1]}"


def _limited(
    page: PlacedPage,
    width: Millimetres,
    height: Millimetres,
    margins: tuple[Millimetres, Millimetres],
    layout: Layout,
) -> Bleed:
    """Return the page's bleed, no further than the middle of a gutter or the edge of the paper."""
    near, half = 1e-6, layout.press_sheet.gutter / 2
    bleed = page.bleed
    beyond, above = margins
    creep = max(bleed.left, bleed.right) - layout.bleed if layout.fold is Fold.BOOKLET else 0.0
    return Bleed(
        left=min(bleed.left, (beyond if page.x - creep < near else half) + creep),
        right=min(bleed.right, (beyond if page.x + page.width + creep > width - near else half) + creep),
        top=min(bleed.top, above if page.y + page.height > height - near else half),
        bottom=min(bleed.bottom, above if page.y < near else half),
    )


def _margins(width: Millimetres, height: Millimetres, layout: Layout) -> tuple[Millimetres, Millimetres]:
    size = layout.press_sheet.size
    if size is None:
        return layout.bleed + SLUG, layout.bleed + SLUG
    left, below = (size[0] - width) / 2, (size[1] - height) / 2
    if min(left, below) < -1e-6:
        raise LayoutError(
            Problem(
                message=f'the layout "{layout.name}" puts {shown_size(width, height)} on a press sheet of '
                f"{shown_size(*size)}, which is too small",
                hint="take larger paper, turn it, or put fewer columns and rows on it",
            )
        )
    return max(left, 0.0), max(below, 0.0)


def _upside_down(side: SheetSide) -> SheetSide:
    """Return the side as it is printed where the paper is turned over its upper edge."""

    def turned(page: PlacedPage) -> PlacedPage:
        bleed = page.bleed
        return replace(
            page,
            x=side.width - page.x - page.width,
            y=side.height - page.y - page.height,
            turned=not page.turned,
            bleed=Bleed(left=bleed.right, right=bleed.left, top=bleed.bottom, bottom=bleed.top),
        )

    def across(positions: tuple[Millimetres, ...], length: Millimetres) -> tuple[Millimetres, ...]:
        return tuple(sorted(length - position for position in positions))

    return replace(
        side,
        pages=tuple(turned(page) for page in side.pages),
        folds=across(side.folds, side.width),
        level_folds=across(side.level_folds, side.height),
        cuts=across(side.cuts, side.width),
        level_cuts=across(side.level_cuts, side.height),
    )


# ---------------------------------------------------------------- what must be true of the pages

SIZE_TOLERANCE: Millimetres = 0.1


def _check(layout: Layout, panels: Sequence[int | None], sizes: Sequence[tuple[Millimetres, Millimetres]]) -> None:
    problems = []
    seen: set[int] = set()
    for number, (panel, (width, height)) in enumerate(zip(panels, sizes, strict=True), start=1):
        if panel is None:
            continue
        wanted = layout.panels[panel]
        if panel in seen and not wanted.repeats:
            problems.append(Problem(message=f'page {number} shows the panel "{layout.label(panel)}" a second time'))
            continue
        seen.add(panel)
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
