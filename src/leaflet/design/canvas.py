"""The means that cover art is drawn with: the area to draw on, smooth lines, leaves and strokes, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

from leaflet.model.fold import Millimetres

Point: TypeAlias = tuple[float, float]


class Canvas(Struct, frozen=True, kw_only=True):
    """The area to draw on, in millimetres, bleed included; no words lie on it, and what leaves it is cut off.

    An ordinary one goes over the whole width of a cover: a drawing ends by itself where the words are, and may be cut
    by the other edges.
    """

    width: Millimetres
    height: Millimetres
    spanning: bool = False
    """A band over several panels."""
    beside: bool = False
    """The right part of the head of a page: a drawing ends by itself at the left, where the title is."""

    @property
    def is_low(self) -> bool:
        """Return whether it is too low for art that rises over a cover: a drawing runs from side to side."""
        return not self.spanning and not self.beside and self.height < 0.75 * self.width

    @property
    def unit(self) -> Millimetres:
        """Return a measure that grows with the canvas: 1 on a cover of a third of A4."""
        if self.spanning or self.beside:
            return min(self.height / 64, 1.6)
        return min(self.width / 106, max(self.height / 62, 0.35), 1.6)

    def ground(self, x: Millimetres) -> Millimetres:
        """Return how far down the art begins at ``x``; beside words it rises from the left."""
        if not self.beside:
            return self.height * (0.12 if self.spanning else 0.06)
        share = min(1.0, max(0.0, x / self.width / 0.86))
        return self.height * (1.08 - 0.9 * share * share * (3 - 2 * share))


def spline(points: Sequence[Point]) -> str:
    """Return a smooth path through ``points`` (Catmull-Rom, as cubic curves)."""
    path = [f"M{points[0][0]:.2f} {points[0][1]:.2f}"]
    last = len(points) - 1
    for i in range(last):
        before, start, end, after = points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, last)]
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        path.append(f"C{first[0]:.2f} {first[1]:.2f} {second[0]:.2f} {second[1]:.2f} {end[0]:.2f} {end[1]:.2f}")
    return "".join(path)


def stroke(path: str, colour: str, width: float, dashes: Sequence[float] = (), offset: float = 0) -> str:
    """Return ``path`` as a line; dashes have round ends."""
    dash = f' stroke-dasharray="{" ".join(f"{value:.2f}" for value in dashes)}"' if dashes else ""
    shift = f' stroke-dashoffset="{offset:.2f}"' if offset else ""
    ends = ' stroke-linecap="round"' if dashes else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:.2f}"{ends}{dash}{shift}/>'


def filled(path: str, colour: str) -> str:
    """Return ``path`` as an area."""
    return f'<path d="{path}" fill="{colour}"/>'


def circle(x: float, y: float, radius: float, colour: str) -> str:
    """Return a disc."""
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" fill="{colour}"/>'


def blade(foot: Point, tip: Point, bulge: float) -> str:
    """Return a leaf from ``foot`` to ``tip``, ``bulge`` times as wide as long."""
    (x0, y0), (x1, y1) = foot, tip
    middle, side = ((x0 + x1) / 2, (y0 + y1) / 2), ((y0 - y1) * bulge, (x1 - x0) * bulge)
    first, second = ((middle[0] + way * side[0], middle[1] + way * side[1]) for way in (1, -1))
    return (
        f"M{x0:.2f} {y0:.2f}Q{first[0]:.2f} {first[1]:.2f} {x1:.2f} {y1:.2f}"
        f"Q{second[0]:.2f} {second[1]:.2f} {x0:.2f} {y0:.2f}Z"
    )


def turned(x: float, y: float, radius: float, angle: float) -> Point:
    """Return the point at ``radius`` from ``x``, ``y``; the angle runs against the clock from the right."""
    return x + radius * math.cos(angle), y - radius * math.sin(angle)
