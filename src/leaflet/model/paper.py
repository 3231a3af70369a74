"""Named paper sizes, and which edge the printer turns a sheet over."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from leaflet.model.fold import Millimetres


class Orientation(StrEnum):
    """The orientation of a sheet."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Duplex(StrEnum):
    """The edge over which the printer turns the sheet."""

    SHORT_EDGE = "short-edge"
    LONG_EDGE = "long-edge"


SIZES: Mapping[str, tuple[Millimetres, Millimetres]] = {
    "A2": (420.0, 594.0),
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "A6": (105.0, 148.0),
    "DL": (99.0, 210.0),
    "SRA3": (320.0, 450.0),
    "SRA4": (225.0, 320.0),
    "Letter": (215.9, 279.4),
    "Half Letter": (139.7, 215.9),
    "Legal": (215.9, 355.6),
    "Tabloid": (279.4, 431.8),
}
"""Width and height, upright: ISO 216 and ISO 217 (SRA), ANSI Y14.1, and DL (a third of A4)."""

TOLERANCE: Millimetres = 0.1
"""Sizes that differ by less are the same paper."""


def paper_size(name: str, orientation: Orientation = Orientation.PORTRAIT) -> tuple[Millimetres, Millimetres]:
    """Return width and height of a named paper.

    >>> paper_size("A4", Orientation.LANDSCAPE)
    (297.0, 210.0)
    """
    width, height = SIZES[name]
    return (height, width) if orientation is Orientation.LANDSCAPE else (width, height)


def shown_size(width: Millimetres, height: Millimetres) -> str:
    """Return a size as a person reads it, with the paper's name where it has one.

    >>> shown_size(297, 210)
    'A4 (297 × 210 mm)'
    >>> shown_size(100.5, 210)
    '100.5 × 210 mm'
    """
    measured = f"{round(width, 1):g} × {round(height, 1):g} mm"
    for name, (short, long) in SIZES.items():
        if abs(min(width, height) - short) < TOLERANCE and abs(max(width, height) - long) < TOLERANCE:
            return f"{name} ({measured})"
    return measured


def turned_like_a_page(width: Millimetres, height: Millimetres) -> Duplex:
    """Return the edge that turns a sheet over its left or right edge, like the page of a book."""
    return Duplex.SHORT_EDGE if width > height else Duplex.LONG_EDGE
