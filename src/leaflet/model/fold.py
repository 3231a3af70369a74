"""Fold geometry: how wide each panel is, where it lies on its sheet and in which order a reader meets it.

Figures and their sources: a tucked panel is narrower so that it lies flat inside the fold; the wide panels of a
letter fold share what is left, (W + tuck) / 3. Printers publish 97/100/100 mm for A4 and a tuck of 3 mm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Millimetres: TypeAlias = float


class Fold(StrEnum):
    """How the sheet is folded."""

    LETTER = "letter"
    NONE = "none"


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
