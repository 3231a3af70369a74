"""Charts of one to three lines that differ in shape as well: solid with discs, dashed with squares, dotted with triangles."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from leaflet.html.drawn_look import DrawnLook
from leaflet.model.chart_data import ChartData
from leaflet.model.fold import Millimetres

HEIGHT: Millimetres = 44
"""The height between the lowest and the highest line of the grid."""
INSIDE: Millimetres = 2.5
"""The distance of the first point from the axis."""
GAP: Millimetres = 1.6
DASHES = ("", "2 1.4", "0.2 1.3")
WIDTHS = (0.8, 0.5, 0.7)
MOST_STEPS = 5


def lines(data: ChartData, look: DrawnLook, title: str) -> Markup:
    """Return a chart of lines with their names at the ends."""
    low, high, step = scale_of([value for one in data.series for value in one.values])
    steps = round((high - low) / step)
    words = [number_in(low + place * step, step, look.locale) for place in range(steps + 1)]
    left = max(map(look.text_width, words)) + GAP
    right = look.width - max(look.text_width(one.name) * 1.1 for one in data.series) - GAP * 1.5
    top = look.em * 0.6
    apart = (right - left - INSIDE) / (len(data.categories) - 1)
    across = [left + INSIDE + place * apart for place in range(len(data.categories))]

    def height_of(value: float) -> float:
        return top + HEIGHT * (high - value) / (high - low)

    grid = [
        Markup('<path d="M{:.2f} {:.2f}H{:.2f}" stroke="{}" stroke-width="{}"/>').format(
            left, height_of(low + place * step), right, look.colours["ink" if place == 0 else "rule"], 0.3
        )
        + look.text(left - GAP, height_of(low + place * step), word, anchor="end")
        for place, word in enumerate(words)
    ]
    drawn = [
        _line(number, list(zip(across, map(height_of, one.values), strict=True)), look)
        for number, one in enumerate(data.series)
    ]
    ends = spread([height_of(one.values[-1]) for one in data.series], look.em * 1.25)
    names = [look.text(right + GAP, y, one.name, bold=True) for y, one in zip(ends, data.series, strict=True)]
    below = top + HEIGHT + look.em * 1.3
    marked = [
        look.text(across[place], below, data.categories[place], anchor="middle")
        for place in shown_places([look.text_width(text) for text in data.categories], apart)
    ]
    return look.drawing(below + look.em * 0.8, title, Markup().join((*grid, *drawn, *names, *marked)))


def _line(number: int, points: Sequence[tuple[float, float]], look: DrawnLook) -> Markup:
    colour = look.colours["brand" if number == 0 else "ink"]
    path = "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
    dashes = Markup(' stroke-dasharray="{}" stroke-linecap="round"').format(DASHES[number]) if number else Markup()
    line = Markup('<path d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round"{}/>').format(
        path, colour, WIDTHS[number], dashes
    )
    return line + Markup().join(_mark(number, x, y, colour, look.colours["paper"]) for x, y in points)


def _mark(number: int, x: float, y: float, colour: str, ground: str) -> Markup:
    """Return the mark of a point: a disc, an open square or an open triangle."""
    if number == 0:
        return Markup('<circle cx="{:.2f}" cy="{:.2f}" r="1.05" fill="{}"/>').format(x, y, colour)
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1)) if number == 1 else ((0, -1.2), (1.15, 0.9), (-1.15, 0.9))
    outline = "M" + "L".join(f"{x + a:.2f} {y + b:.2f}" for a, b in corners) + "z"
    return Markup('<path d="{}" fill="{}" stroke="{}" stroke-width="0.45"/>').format(outline, ground, colour)


def scale_of(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the lowest and highest line of the grid and their distance; the scale begins at zero where it can.

    >>> scale_of([206, 424]), scale_of([-3, 8])
    ((0.0, 500.0, 100.0), (-5.0, 10.0, 5.0))
    """
    low, high = min(0.0, *values), max(0.0, *values)
    rough = (high - low or 1.0) / MOST_STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= rough * 0.999)
    lowest, highest = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return lowest, max(highest, lowest + step), step


def number_in(value: float, step: float, locale: str) -> str:
    """Return a number as the language writes it, as exact as the step of the scale asks for."""
    from babel.numbers import format_decimal

    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return str(
        format_decimal(round(value, digits), format="#,##0." + "0" * digits if digits else "#,##0", locale=locale)
    )


def spread(places: Sequence[float], least: float) -> list[float]:
    """Return ``places``, moved apart so that no two are nearer to each other than ``least``, in the same order.

    >>> spread([10, 11, 30], 4)
    [8.5, 12.5, 30.0]
    """
    order = sorted(range(len(places)), key=lambda number: places[number])
    groups: list[list[int]] = []
    for number in order:
        groups.append([number])
        while len(groups) > 1 and _start(groups[-1], places, least) < _end(groups[-2], places, least) + least:
            last = groups.pop()
            groups[-1] += last
    moved = [0.0] * len(places)
    for group in groups:
        for row, number in enumerate(group):
            moved[number] = _start(group, places, least) + row * least
    return moved


def _start(group: Sequence[int], places: Sequence[float], least: float) -> float:
    return sum(places[number] for number in group) / len(group) - (len(group) - 1) * least / 2


def _end(group: Sequence[int], places: Sequence[float], least: float) -> float:
    return _start(group, places, least) + (len(group) - 1) * least


def shown_places(widths: Sequence[float], apart: float) -> Sequence[int]:
    """Return which categories are written below their points, so that their words do not touch.

    >>> list(shown_places([8] * 5, 9)), list(shown_places([8] * 5, 5))
    ([0, 1, 2, 3, 4], [0, 2, 4])
    """
    last = len(widths) - 1
    for step in range(1, last):
        if last % step == 0 and max(widths) + 1 <= apart * step:
            return range(0, last + 1, step)
    return (0, last)
