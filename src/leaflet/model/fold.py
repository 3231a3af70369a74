"""Fold geometry: how wide each panel is, where it lies on its sheet and in which order a reader meets it.

Figures and their sources: a tucked panel is narrower so that it lies flat inside the fold; the wide panels of a
letter fold share what is left, (W + tuck) / 3. Printers publish 97/100/100 mm for A4 and a tuck of 3 mm.

Every fold here is a row of strips, named from left to right as the inside shows them; the outside, turned like the
page of a book, shows them from right to left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, assert_never

Millimetres: TypeAlias = float


class Fold(StrEnum):
    """How the sheet is folded."""

    LETTER = "letter"
    Z = "z"
    HALF = "half"
    GATE = "gate"
    ROLL = "roll"
    ACCORDION = "accordion"
    NONE = "none"


class Crease(StrEnum):
    """Which way the paper is folded, for somebody who looks at the inside."""

    VALLEY = "valley"
    """Towards the reader: the two insides meet."""
    MOUNTAIN = "mountain"
    """Away from the reader: the two outsides meet."""


STRIPS: Mapping[Fold, tuple[int, ...]] = {
    Fold.LETTER: (3,),
    Fold.Z: (3,),
    Fold.HALF: (2,),
    Fold.GATE: (3,),
    Fold.ROLL: (4,),
    Fold.ACCORDION: (3, 4, 5, 6),
}
"""Into how many strips each fold may divide the sheet; a strip has a panel on each of its two sides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Distances from a panel's edges to its text, in millimetres."""

    top: Millimetres
    right: Millimetres
    bottom: Millimetres
    left: Millimetres


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One page of the folded leaflet; panels are kept in reading order."""

    name: str
    width: Millimetres
    height: Millimetres
    margins: Margins
    repeats: bool = False
    """True where as many pages of this kind follow as the text needs (handouts)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where one panel lies on one side of the sheet; ``x`` is measured from the trim's left edge."""

    panel: int
    """The panel's index in reading order."""
    x: Millimetres
    width: Millimetres


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of the sheet: its panels from left to right."""

    name: str
    placements: tuple[Placement, ...]


def letter_widths(sheet: Millimetres, tuck: Millimetres) -> tuple[Millimetres, Millimetres]:
    """The wide panels' and the tucked flap's width of a letter fold.

    >>> letter_widths(297, 3)
    (100.0, 97.0)
    """
    wide = (sheet + tuck) / 3
    return wide, wide - tuck


def side(name: str, order: Sequence[int], widths: Sequence[Millimetres]) -> Side:
    """A side with the panels ``order`` (reading indices) laid from left to right."""
    placements, x = [], 0.0
    for panel in order:
        placements.append(Placement(panel=panel, x=x, width=widths[panel]))
        x += widths[panel]
    return Side(name=name, placements=tuple(placements))


def strip_widths(
    fold: Fold, sheet: Millimetres, strips: int, *, tuck: Millimetres, gap: Millimetres
) -> tuple[Millimetres, ...]:
    """How wide the strips are, from left to right as the inside shows them.

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
        case Fold.Z | Fold.HALF | Fold.ACCORDION:
            return (sheet / strips,) * strips
        case Fold.NONE:
            return (sheet,)
        case _:
            assert_never(fold)


def panel_order(fold: Fold, strips: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The panels of the outside and of the inside from left to right, numbered from 0 as a reader meets them.

    First comes what is seen before the sheet is open, then the whole inside, then what is left on the outside.

    >>> panel_order(Fold.LETTER, 3)
    ((1, 5, 0), (2, 3, 4))
    >>> panel_order(Fold.ROLL, 4)
    ((2, 1, 7, 0), (3, 4, 5, 6))
    >>> panel_order(Fold.ACCORDION, 4)
    ((5, 6, 7, 0), (1, 2, 3, 4))
    """
    last = 2 * strips - 1
    match fold:
        case Fold.LETTER | Fold.ROLL:
            flaps = tuple(range(strips - 2, 0, -1))
            return (*flaps, last, 0), tuple(range(strips - 1, last))
        case Fold.GATE:
            return (1, last, 0), (2, 3, 4)
        case Fold.Z | Fold.HALF | Fold.ACCORDION:
            return (*range(strips + 1, last + 1), 0), tuple(range(1, strips + 1))
        case Fold.NONE:
            return (), ()
        case _:
            assert_never(fold)


def creases(fold: Fold, strips: int) -> tuple[Crease, ...]:
    """The folds between the strips, from left to right as the inside shows them.

    >>> [str(crease) for crease in creases(Fold.Z, 3)]
    ['valley', 'mountain']
    """
    match fold:
        case Fold.LETTER | Fold.ROLL | Fold.GATE | Fold.HALF:
            return (Crease.VALLEY,) * (strips - 1)
        case Fold.Z | Fold.ACCORDION:
            return tuple(Crease.MOUNTAIN if place % 2 else Crease.VALLEY for place in range(strips - 1))
        case Fold.NONE:
            return ()
        case _:
            assert_never(fold)


def panel_widths(fold: Fold, strips: Sequence[Millimetres]) -> tuple[Millimetres, ...]:
    """How wide the panels are, in reading order: both panels of a strip are as wide as it is.

    >>> panel_widths(Fold.LETTER, (100, 100, 97))
    (100, 97, 100, 100, 97, 100)
    """
    outside, inside = panel_order(fold, len(strips))
    widths = dict(zip(inside, strips, strict=True)) | dict(zip(outside, reversed(strips), strict=True))
    return tuple(widths[panel] for panel in range(len(widths)))


def fold_sides(fold: Fold, widths: Sequence[Millimetres]) -> tuple[Side, ...]:
    """The two sides of the sheet for panels of ``widths`` (in reading order); none where nothing is folded."""
    if fold is Fold.NONE:
        return ()
    outside, inside = panel_order(fold, len(widths) // 2)
    return (side("outside", outside, widths), side("inside", inside, widths))
