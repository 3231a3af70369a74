"""Paper in thought: printed on both sides as a printer turns it, cut, folded, opened and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from leaflet.model.fold import (
    ROWS,
    Crease,
    Fold,
    FoldedPart,
    Margins,
    Panel,
    fold_sides,
    folding,
    panel_sizes,
    strip_widths,
)
from leaflet.model.layout import Layout, PressSheet
from leaflet.model.paper import Duplex
from leaflet.sheet.placement import SheetSide, natural_duplex

NO_MARGINS = Margins(top=0, right=0, bottom=0, left=0)


def layout_of(
    fold: Fold,
    strips: int,
    size: tuple[float, float] = (297.0, 210.0),
    *,
    tuck: float = 3.0,
    gap: float = 2.0,
    press_sheet: PressSheet | None = None,
    duplex: Duplex | None = None,
) -> Layout:
    """A layout of plain panels; a booklet, or pages without a fold, have one that repeats."""
    width, height = size
    sides = fold_sides(fold, strip_widths(fold, width, strips, tuck=tuck, gap=gap), height)
    sizes = panel_sizes(sides) or ((width / 2 if fold is Fold.BOOKLET else width, height),)
    return Layout(
        name="plain",
        description="",
        folder=Path(),
        fold=fold,
        sheet_width=width,
        sheet_height=height,
        bleed=3,
        panels=tuple(
            Panel(name=f"p{place}", width=wide, height=high, margins=NO_MARGINS, repeats=not sides)
            for place, (wide, high) in enumerate(sizes)
        ),
        sides=sides,
        press_sheet=press_sheet or PressSheet(),
        duplex=duplex,
    )


@dataclass(frozen=True)
class Print:
    """A page that is printed on a spot, and whether its head is up."""

    page: int
    upright: bool


def printed(side: SheetSide | None, x: float, y: float) -> Print | None:
    """The page at a point of a side, measured from the trim's lower left corner."""
    for page in side.pages if side else ():
        if page.x < x < page.x + page.width and page.y < y < page.y + page.height:
            return Print(page.page, not page.turned)
    return None


def behind(layout: Layout, back: SheetSide | None, x: float, y: float) -> Print | None:
    """The page on the back at a point that is given as it is seen there, the front's head up.

    Turned like the page of a book, the back's head is up as well; turned over the upper edge, it is down.
    """
    if back is None:
        return None
    if layout.duplex in (None, natural_duplex(layout)):
        return printed(back, x, y)
    found = printed(back, back.width - x, back.height - y)
    return found and Print(found.page, not found.upright)


@dataclass(frozen=True)
class Spot:
    """One side of one cell of the folded sheet; ``flip`` is -1 where folding turned it head over heels."""

    strip: int
    row: int
    inside: bool
    flip: int = 1

    def turned(self, over_top: bool) -> Spot:
        return Spot(self.strip, self.row, not self.inside, -self.flip if over_top else self.flip)


Piles = dict[tuple[int, int], list[Spot]]
"""The pages at each place of the table (column, row from the top), the lowest first, each by the side that is up."""


def close(piles: Piles, line: int, part: FoldedPart, way: Crease) -> Piles:
    """Fold what lies on one side of ``line`` over or under the rest."""
    over_top = part is FoldedPart.TOP
    result: Piles = {}
    moved: Piles = {}
    for (column, row), pile in piles.items():
        place = row if over_top else column
        if (place >= line) if part is FoldedPart.RIGHT else (place < line):
            new = 2 * line - 1 - place
            moved[(column, new) if over_top else (new, row)] = [spot.turned(over_top) for spot in reversed(pile)]
        else:
            result[column, row] = pile
    assert moved.keys() <= result.keys(), "the moved paper would hang over the edge"
    for place, pile in moved.items():
        result[place] = result[place] + pile if way is Crease.VALLEY else pile + result[place]
    return result


def closings(layout: Layout, strips: int) -> list[Piles]:
    """The states of the paper from open, the inside up, to closed."""
    units = [2 if layout.fold is Fold.GATE and strip == 1 else 1 for strip in range(strips)]
    columns = [strip for strip, count in enumerate(units) for _ in range(count)]
    rows = ROWS.get(layout.fold, 1)
    states: list[Piles] = [
        {(c, r): [Spot(strip, r, inside=True)] for c, strip in enumerate(columns) for r in range(rows)}
    ]
    swapped = {FoldedPart.LEFT: FoldedPart.RIGHT, FoldedPart.RIGHT: FoldedPart.LEFT, FoldedPart.TOP: FoldedPart.TOP}
    for step in folding(layout.fold, strips):
        line, part = step.place, step.part
        if part is not FoldedPart.TOP:
            line = sum(units[: step.place])
            if layout.right_to_left:
                line, part = len(columns) - line, swapped[part]
        states.append(close(states[-1], line, part, step.way))
    return states


def read(layout: Layout, strips: int) -> list[Spot]:
    """The spots in the order in which a reader meets them.

    While the leaflet is being opened, what is seen of its outside; then the whole inside; then, the sheet turned over,
    what was not seen yet. A zigzag is pulled open at once.
    """
    states = closings(layout, strips)
    if any(step.way is Crease.MOUNTAIN for step in folding(layout.fold, strips)):
        states = [states[0], states[-1]]

    def in_order(piles: Piles, turned: bool = False) -> list[list[Spot]]:
        backwards = layout.right_to_left is not turned
        return [piles[place] for place in sorted(piles, key=lambda p: (p[1], -p[0] if backwards else p[0]))]

    met: list[Spot] = []
    for state in reversed(states):
        met += [pile[-1] for pile in in_order(state) if not pile[-1].inside]
    met += [pile[-1] for pile in in_order(states[0])]
    met += [pile[0].turned(over_top=False) for pile in in_order(states[0], turned=True)]
    seen: dict[tuple[int, int, bool], Spot] = {}
    for spot in met:
        seen.setdefault((spot.strip, spot.row, spot.inside), spot)
    return list(seen.values())


def read_folded(layout: Layout, strips: int, sides: Sequence[SheetSide], corner: tuple[float, float]) -> list[Print]:
    """The pages that a reader of the sheet meets whose lower left corner, seen from the inside, is at ``corner``."""
    front, back = sides[0], sides[1] if len(sides) > 1 else None
    outside = layout.sides[0].placements
    widths = [place.width for place in outside if place.y == 0][::-1]
    rows = ROWS.get(layout.fold, 1)
    found = []
    for spot in read(layout, strips):
        strip = spot.strip
        x = corner[0] + sum(widths[:strip]) + widths[strip] / 2
        y = corner[1] + layout.sheet_height * (1 - (spot.row + 0.5) / rows)
        here = behind(layout, back, x, y) if spot.inside else printed(front, front.width - x, y)
        if here is not None:
            found.append(Print(here.page, here.upright is (spot.flip > 0)))
    return found


def read_booklet(layout: Layout, sides: Sequence[SheetSide]) -> list[int | None]:
    """The pages of a stitched booklet as a reader turns them, None for a blank one."""
    half, middle = layout.sheet_width / 2, layout.sheet_height / 2
    near, far = (half / 2, half * 1.5) if not layout.right_to_left else (half * 1.5, half / 2)
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    leaves = [(sheet, near) for sheet in sheets]
    backs = [(sheet, far) for sheet in reversed(sheets)]
    met: list[Print | None] = []
    for (front, back), x in leaves:
        met += [printed(front, layout.sheet_width - x, middle), behind(layout, back, x, middle)]
    for (front, back), x in backs:
        met += [behind(layout, back, x, middle), printed(front, layout.sheet_width - x, middle)]
    assert all(one.upright for one in met if one)
    return [one and one.page for one in met]
