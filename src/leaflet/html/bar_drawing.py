"""Charts of horizontal bars: labels on the left, values at the ends of the bars, readable in black and white."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from leaflet.html.drawn_look import DrawnLook
from leaflet.model.chart_data import ChartData
from leaflet.model.fold import Millimetres

BAR, PITCH = 1.6, 2.4
"""The height of a bar and the distance to the next, in ems."""
MOST_OF_LABELS = 0.42
"""Labels that need more of the width stand above their bars."""
GAP: Millimetres = 1.6
HATCH: Millimetres = 1.6
"""The distance of the lines of a hatched bar."""


def bars(data: ChartData, emphasis: int | None, look: DrawnLook, title: str) -> Markup:
    """Return a chart of bars; where one makes the point it is solid, and the others are hatched."""
    (series,) = data.series
    labels = max(map(look.text_width, data.categories))
    above = labels > look.width * MOST_OF_LABELS
    left = 0.4 if above else labels + GAP
    room = look.width - left - GAP - max(map(look.text_width, series.texts)) * 1.06
    most = max(series.values) or 1
    pitch, bar = (PITCH + (1.25 if above else 0)) * look.em, BAR * look.em
    drawn = []
    for place, (label, value, text) in enumerate(zip(data.categories, series.values, series.texts, strict=True)):
        top = place * pitch + (1.35 * look.em if above else (pitch - bar) / 2)
        middle, length = top + bar / 2, room * value / most
        drawn.append(look.text(0, top - 0.65 * look.em if above else middle, label))
        drawn.append(_bar(left, top, length, bar, look, solid=emphasis in (None, place)))
        drawn.append(look.text(left + length + GAP, middle, text, bold=True))
    height = len(series.values) * pitch
    axis = Markup('<path d="M{0:.2f} 0V{1:.2f}" stroke="{2}" stroke-width="0.3"/>').format(
        left, height, look.colours["ink"]
    )
    return look.drawing(height, title, Markup().join(drawn) + axis)


def _bar(x: float, y: float, width: float, height: float, look: DrawnLook, *, solid: bool) -> Markup:
    brand = look.colours["brand"]
    if solid:
        return Markup('<path d="M{:.2f} {:.2f}h{:.2f}v{:.2f}h-{:.2f}z" fill="{}"/>').format(
            x, y, width, height, width, brand
        )
    lines = "".join(
        f"M{x + x1:.2f} {y + y1:.2f}L{x + x2:.2f} {y + y2:.2f}" for x1, y1, x2, y2 in hatching(width, height, HATCH)
    )
    return Markup(
        '<path d="M{:.2f} {:.2f}h{:.2f}v{:.2f}h-{:.2f}z" fill="{}" stroke="{}" stroke-width="0.25"/>'
        '<path d="{}" stroke="{}" stroke-width="0.3"/>'
    ).format(x, y, width, height, width, look.colours["tint"], brand, lines, brand)


def hatching(width: float, height: float, step: float) -> Iterator[tuple[float, float, float, float]]:
    """Yield lines of 45 degrees, ``step`` apart, that fill a rectangle and do not leave it.

    >>> [tuple(round(value, 2) for value in line) for line in hatching(2.0, 2.0, 1.5)]
    [(0.0, 1.06, 1.06, 0.0), (1.18, 2.0, 2.0, 1.18)]
    """
    reach = step * 2**0.5 / 2
    while reach < width + height:
        yield max(0.0, reach - height), min(height, reach), min(width, reach), max(0.0, reach - width)
        reach += step * 2**0.5
