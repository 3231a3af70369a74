"""Geometry of folds: the widths of panels, their places on the sheet and the order in which they are read.

Figures and their sources: a tucked panel is narrower so that it lies flat inside the fold; the wide panels of a
letter fold share what is left, (W + tuck) / 3. Printers publish 97/100/100 mm for A4 and a tuck of 3 mm.

A sheet is divided into strips, named from left to right as the inside shows them; the outside, turned like the page
of a book, shows them from right to left. A French and a cross fold also divide each strip into two, one above the
other; the upper row of their outside is printed upside down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias, assert_never

from msgspec import Struct
from msgspec.structs import replace

Millimetres: TypeAlias = float

POINT: Millimetres = 25.4 / 72
LEAF_PAGES = 4
"""The pages of one sheet of a booklet: two on each side."""


class Fold(StrEnum):
    """The kind of fold of a sheet."""

    LETTER = "letter"
    Z = "z"
    HALF = "half"
    GATE = "gate"
    ROLL = "roll"
    ACCORDION = "accordion"
    FRENCH = "french"
    CROSS = "cross"
    TENT = "tent"
    """Folded once across, printed on the outside; it is put up like a tent."""
    ZINE = "zine"
    """Folded to eight pages after a cut in the middle, printed on one side."""
    BOOKLET = "booklet"
    """Sheets laid into each other, folded once and stitched in the fold."""
    NONE = "none"


class Crease(StrEnum):
    """The direction of a fold, for somebody who looks at the inside."""

    VALLEY = "valley"
    """Towards the reader: the two insides meet."""
    MOUNTAIN = "mountain"
    """Away from the reader: the two outsides meet."""


class FoldedPart(StrEnum):
    """The part of the sheet that is moved when it is folded."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"


class FoldStep(Struct, frozen=True, kw_only=True):
    """One fold, for somebody who looks at the inside: the ``place``-th line from the left, or from the top."""

    place: int
    part: FoldedPart
    way: Crease


STRIPS: Mapping[Fold, tuple[int, ...]] = {
    Fold.LETTER: (3,),
    Fold.Z: (3,),
    Fold.HALF: (2,),
    Fold.GATE: (3,),
    Fold.ROLL: (4,),
    Fold.ACCORDION: (3, 4, 5, 6),
    Fold.FRENCH: (2,),
    Fold.CROSS: (2,),
    Fold.TENT: (1,),
    Fold.ZINE: (4,),
}
"""The numbers of strips into which each fold of one sheet may divide it."""

ROWS: Mapping[Fold, int] = {Fold.FRENCH: 2, Fold.CROSS: 2, Fold.TENT: 2, Fold.ZINE: 2}
"""The number of panels of a strip, one above the other; 1 for folds that are not listed."""

ONE_SIDED = frozenset({Fold.FRENCH, Fold.TENT, Fold.ZINE})
"""Folds that hide one side of the sheet, which stays blank."""


class Margins(Struct, frozen=True, kw_only=True):
    """Distances from a panel's edges to its text, in millimetres."""

    top: Millimetres
    right: Millimetres
    bottom: Millimetres
    left: Millimetres


class Panel(Struct, frozen=True, kw_only=True):
    """One page of the folded leaflet; panels are listed in reading order."""

    name: str
    width: Millimetres
    height: Millimetres
    margins: Margins
    repeats: bool = False
    """True where as many pages of this kind follow as the text needs (handouts, booklets)."""
    mirrored: bool = False
    """True where pages of this kind are read as spreads: the margins are those of right pages, and left ones mirror them."""

    @property
    def text_width(self) -> Millimetres:
        """The width between the margins."""
        return self.width - self.margins.left - self.margins.right

    @property
    def text_height(self) -> Millimetres:
        """The height between the margins."""
        return self.height - self.margins.top - self.margins.bottom


class Placement(Struct, frozen=True, kw_only=True):
    """The position of one panel on one side of the sheet, from the trim's left and bottom edges."""

    panel: int
    """The panel's index in reading order."""
    x: Millimetres
    width: Millimetres
    height: Millimetres
    y: Millimetres = 0.0
    turned: bool = False
    """Printed upside down, so that folding brings it upright."""


class Side(Struct, frozen=True, kw_only=True):
    """One side of the sheet: its panels from left to right, the upper row first."""

    name: str
    placements: tuple[Placement, ...]


class PanelRow(Struct, frozen=True, kw_only=True):
    """Panels beside each other, from left to right, numbered from 0 as a reader meets them."""

    panels: tuple[int, ...]
    turned: bool = False


def letter_widths(sheet: Millimetres, tuck: Millimetres) -> tuple[Millimetres, Millimetres]:
    """Return the width of the wide panels and of the tucked flap of a letter fold.

    >>> letter_widths(297, 3)
    (100.0, 97.0)
    """
    wide = (sheet + tuck) / 3
    return wide, wide - tuck


def strip_widths(
    fold: Fold, sheet: Millimetres, strips: int, *, tuck: Millimetres, gap: Millimetres
) -> tuple[Millimetres, ...]:
    """Return the widths of the strips, from left to right as the inside shows them.

    Args:
        tuck: how much narrower each strip is than the one that it is folded into (letter, roll).
        gap: what stays open between the two gates.

    >>> strip_widths(Fold.LETTER, 297, 3, tuck=3, gap=2)
    (100.0, 100.0, 97.0)
    >>> strip_widths(Fold.ROLL, 297, 4, tuck=2, gap=2)
    (75.75, 75.75, 73.75, 71.75)
    >>> strip_widths(Fold.GATE, 297, 3, tuck=2, gap=2)
    (73.25, 150.5, 73.25)
    """
    match fold:
        case Fold.LETTER:
            wide, flap = letter_widths(sheet, tuck)
            return (wide, wide, flap)
        case Fold.ROLL:
            wide = (sheet + tuck * (strips - 1) * (strips - 2) / 2) / strips
            return tuple(wide - tuck * max(strip - 1, 0) for strip in range(strips))
        case Fold.GATE:
            gate = (sheet / 2 - gap) / 2
            return (gate, sheet - 2 * gate, gate)
        case Fold.Z | Fold.HALF | Fold.ACCORDION | Fold.FRENCH | Fold.CROSS | Fold.TENT | Fold.ZINE | Fold.BOOKLET:
            return (sheet / strips,) * strips
        case Fold.NONE:
            return (sheet,)
        case _:
            assert_never(fold)


def panel_rows(fold: Fold, strips: int) -> tuple[tuple[PanelRow, ...], ...]:
    """Return the rows of panels of the outside and of the inside, the upper row first.

    First comes what is seen before the sheet is open, then the whole inside, then what is left on the outside.

    >>> [row.panels for side in panel_rows(Fold.LETTER, 3) for row in side]
    [(1, 5, 0), (2, 3, 4)]
    >>> [row.panels for side in panel_rows(Fold.CROSS, 2) for row in side]
    [(2, 1), (7, 0), (3, 4), (5, 6)]
    """
    last = 2 * strips - 1
    match fold:
        case Fold.LETTER | Fold.ROLL:
            flaps = tuple(range(strips - 2, 0, -1))
            return _single((*flaps, last, 0), tuple(range(strips - 1, last)))
        case Fold.GATE:
            return _single((1, last, 0), (2, 3, 4))
        case Fold.Z | Fold.HALF | Fold.ACCORDION:
            return _single((*range(strips + 1, last + 1), 0), tuple(range(1, strips + 1)))
        case Fold.FRENCH:
            return ((PanelRow(panels=(2, 1), turned=True), PanelRow(panels=(3, 0))),)
        case Fold.CROSS:
            outside = (PanelRow(panels=(2, 1), turned=True), PanelRow(panels=(7, 0)))
            return (outside, (PanelRow(panels=(3, 4)), PanelRow(panels=(5, 6))))
        case Fold.TENT:
            return ((PanelRow(panels=(0,), turned=True), PanelRow(panels=(1,))),)
        case Fold.ZINE:
            return ((PanelRow(panels=(4, 3, 2, 1), turned=True), PanelRow(panels=(5, 6, 7, 0))),)
        case Fold.BOOKLET | Fold.NONE:
            return ()
        case _:
            assert_never(fold)


def _single(outside: tuple[int, ...], inside: tuple[int, ...]) -> tuple[tuple[PanelRow, ...], ...]:
    return (PanelRow(panels=outside),), (PanelRow(panels=inside),)


def panel_count(fold: Fold, strips: int) -> int:
    """Return the number of panels that the fold makes.

    >>> panel_count(Fold.LETTER, 3), panel_count(Fold.FRENCH, 2)
    (6, 4)
    """
    return sum(len(row.panels) for side in panel_rows(fold, strips) for row in side)


def folding(fold: Fold, strips: int) -> tuple[FoldStep, ...]:
    """Return the folds in the order in which a person makes them, the inside up and the cover ending on top.

    A zine is cut between its folds, so that they are no sequence of this kind.

    >>> [(step.place, str(step.part), str(step.way)) for step in folding(Fold.Z, 3)]
    [(2, 'right', 'mountain'), (1, 'left', 'valley')]
    """
    first = (FoldStep(place=1, part=FoldedPart.TOP, way=Crease.VALLEY),) if ROWS.get(fold, 1) > 1 else ()
    zigzag = fold in (Fold.Z, Fold.ACCORDION)
    steps = tuple(
        FoldStep(
            place=place,
            part=FoldedPart.LEFT if place == 1 else FoldedPart.RIGHT,
            way=Crease.MOUNTAIN if zigzag and place % 2 == 0 else Crease.VALLEY,
        )
        for place in range(strips - 1, 0, -1)
    )
    return () if fold in (Fold.NONE, Fold.ZINE) else (*first, *steps)


def fold_sides(fold: Fold, strips: Sequence[Millimetres], height: Millimetres) -> tuple[Side, ...]:
    """Return the sides of a sheet with ``strips`` of these widths; none where the number of pages decides, or nothing folds."""
    names = ("outside", "inside")
    return tuple(
        _side(name, rows, list(reversed(strips)) if name == "outside" else strips, height)
        for name, rows in zip(names, panel_rows(fold, len(strips)), strict=False)
    )


def _side(name: str, rows: Sequence[PanelRow], widths: Sequence[Millimetres], height: Millimetres) -> Side:
    row_height = height / len(rows)
    placements = []
    for place, row in enumerate(rows, start=1):
        x = 0.0
        for panel, width in zip(row.panels, widths, strict=True):
            y = height - place * row_height
            placements.append(
                Placement(panel=panel, x=x, y=y, width=width, height=row_height, turned=row.turned),
            )
            x += width
    return Side(name=name, placements=tuple(placements))


def panel_sizes(sides: Sequence[Side]) -> tuple[tuple[Millimetres, Millimetres], ...]:
    """Return width and height of the panels, in reading order.

    >>> [width for width, _ in panel_sizes(fold_sides(Fold.LETTER, (100, 100, 97), 210))]
    [100, 97, 100, 100, 97, 100]
    """
    sizes = {place.panel: (place.width, place.height) for side in sides for place in side.placements}
    return tuple(sizes[panel] for panel in range(len(sizes)))


def mirrored_side(side: Side, sheet: Millimetres) -> Side:
    """Return the side for a script that runs from right to left, with left and right exchanged."""
    flipped = [replace(place, x=sheet - place.x - place.width) for place in side.placements]
    return replace(side, placements=tuple(sorted(flipped, key=lambda place: (-place.y, place.x))))
