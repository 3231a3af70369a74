"""Costs of a composition: the weights that the search over estimates and the measure of laid-out pages share.

They are points without a unit; a heading alone costs 300. ``docs/composition.md`` lists them.
"""

from __future__ import annotations

from leaflet.model.fold import Millimetres

LONE = 300.0
"""For a heading at the foot of a panel without what it leads into."""
SHRUNK = 2000.0
"""For type at half its size: 100 for each step of 5 %."""
PAGE = 1000.0
"""For each page, where their number is free: nothing that type or space costs outweighs one."""
EMPTY = 400.0
"""For a panel without anything; it grows with the square of what is missing, so that a text spreads over its panels."""
WELL_FILLED = 0.7
"""From this fill a panel costs nothing."""
BARE = 250.0
"""For a panel before or behind the text that holds nothing at all: its colour finishes it."""
WHITE = 400.0
"""For a panel of the text's own that holds nothing at all, beside what an empty panel costs."""
DIVIDED = 60.0
"""For a section divided over a fold."""
UNEVEN = 20.0
"""For each line of difference between the ends of neighbouring panels, beyond ALLOWED."""
ALLOWED = 1.0
MOST_UNEVEN = 240.0
MOVED = 30.0
"""For a section that leaves the text's own panels."""
NEEDLESS = 2.0
"""The weight of what the text's own panels lack in fill, where sections left them all the same."""
HOPELESS = 9.0
"""The fullness of a panel whose fine print alone is too much for it."""
SPACIOUS, GROWN = 0.82, 0.9
"""Type grows where the fullest panel is less full than the one, until it is as full as the other."""
JOINED = 60.0
"""For such a section on a panel that holds something else which the reader is meant to see first."""


def emptiness(fill: float) -> float:
    """Return what a panel of this fill costs.

    >>> emptiness(0.35), emptiness(0.7)
    (100.0, 0.0)
    """
    return EMPTY * max(0.0, 1 - fill / WELL_FILLED) ** 2


def fullness(taken: Millimetres, fixed: Millimetres, height: Millimetres) -> float:
    """Return how full a panel is: over 1, the square of the factor by which its type must be larger than what fits.

    Text takes height with the square of its scale. ``fixed`` is the part of what is taken that no scale changes.

    >>> fullness(90.0, 40.0, 100.0), fullness(121.0, 0.0, 100.0), fullness(110.0, 60.0, 100.0)
    (0.9, 1.21, 1.25)
    """
    if taken <= height:
        return taken / height
    return (taken - fixed) / (height - fixed) if taken - fixed < (height - fixed) * HOPELESS else HOPELESS


def unevenness(apart: Millimetres, line: Millimetres) -> float:
    """Return what it costs that two neighbouring panels end so far apart."""
    return UNEVEN * max(0.0, abs(apart) / line - ALLOWED)
