"""Motifs of land, water and plants, and of tiles: each a drawing made of a style's colours and of chance.

Covers have them below the words, heads of pages at their right, bands over several panels everywhere. Colours are plain
areas and lines, for any press. One part of each drawing has the signal colour.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from random import Random

from leaflet.design.canvas import Canvas, Point, blade, circle, filled, spline, stroke, turned
from leaflet.design.styles import Style

TONES = ("two", "three", "one", "four")
STEPS = 28
"""Points of a line across the canvas."""


def waves(style: Style, canvas: Canvas, chance: Random) -> str:
    """Draw swell in layers, a crest of it in the signal colour."""
    length = max(canvas.height, canvas.width * 0.4) * chance.uniform(0.75, 1.0)
    drawn, layers = [], 6
    for layer in range(layers):
        phase, high = chance.uniform(0, math.tau), canvas.unit * (4.5 - 0.3 * layer)

        def rise(x: float, p: float = phase, h: float = high) -> float:
            return h * math.sin(math.tau * x / length + p) - h / 2

        line = _across(canvas, layer / layers, rise)
        drawn.append(filled(_down_to_foot(line, canvas), style.art[TONES[layer % 4]]))
        if layer in (1, 3):
            drawn.append(stroke(spline(line), style.art["signal" if layer == 3 else "line"], canvas.unit * 1.1))
    return "".join(drawn)


def hills(style: Style, canvas: Canvas, chance: Random) -> str:
    """Draw ranges of hills, ploughed fields on the nearest, and a low sun."""
    beside_or_band = canvas.beside or canvas.spanning
    place = canvas.width * (0.84 if canvas.spanning else 0.62 if canvas.beside else chance.uniform(0.6, 0.75))
    radius = min(13 * canvas.unit, canvas.height * 0.16)
    length = max(canvas.height * 0.9, canvas.width * 0.35)
    drawn: list[str] = []
    for layer, tone in enumerate(("three", "one", "two", "four")):
        first, second = chance.uniform(0, math.tau), chance.uniform(0, math.tau)
        high = canvas.unit * (7 - layer)

        def rise(x: float, a: float = first, b: float = second, h: float = high) -> float:
            return h * (math.sin(math.tau * x / (length * 1.7) + a) + 0.45 * math.sin(math.tau * x / length + b))

        line = _across(canvas, (0.26 if beside_or_band else 0.2) + layer * 0.2, rise)
        if layer == 0:
            crest = min(line, key=lambda point: abs(point[0] - place))[1]
            drawn.append(circle(place, max(crest - radius * 0.3, radius * 1.05), radius, style.art["signal"]))
        drawn.append(filled(_down_to_foot(line, canvas), style.art[tone]))
        if layer == 2:
            furrows = (_across(canvas, 0.58 + step * 0.055, rise) for step in range(1, 8))
            drawn += [stroke(spline(furrow), style.art["three"], canvas.unit * 0.45) for furrow in furrows]
    return "".join(drawn)


def contours(style: Style, canvas: Canvas, chance: Random) -> str:
    """Draw lines of equal height round a peak, as on a map."""
    if canvas.spanning:
        x, y = canvas.width * chance.uniform(0.35, 0.65), canvas.height * 0.6
        reach, wide = canvas.height * 3, 2.2
    elif canvas.beside:
        x, y = canvas.width * 0.7, canvas.height * 0.6
        reach, wide = x / 1.45, 1.15
    else:
        x, y = canvas.width * chance.uniform(0.5, 0.68), canvas.height * 0.66
        reach = min(canvas.height * 0.52, canvas.width * 0.5)
        wide = min(4.5, max(1.5, canvas.width * 0.48 / reach))
    waves = [(chance.uniform(0, math.tau), share) for share in (0.14, 0.09, 0.05)]
    count = max(7, int(reach / (3.1 * canvas.unit)))
    drawn = []
    for number in range(count, 0, -1):
        radius = reach * number / count
        bent = min(1.0, 0.35 + number / count)

        def edge(angle: float, r: float = radius, b: float = bent) -> Point:
            swell = sum(share * math.sin((2 + i) * angle + turn) for i, (turn, share) in enumerate(waves))
            px, py = turned(0, 0, r * (1 + b * swell), angle)
            return x + px * wide, y + py

        ring = spline([edge(math.tau * step / 36) for step in range(37)]) + "Z"
        if number == 1:
            drawn.append(filled(ring, style.art["signal"]))
        else:
            strong = number % 4 == 0
            tone, width = ("two", 0.95) if strong else ("three", 0.5)
            drawn.append(stroke(ring, style.art[tone], width * canvas.unit))
    return "".join(drawn)


def rays(style: Style, canvas: Canvas, chance: Random) -> str:
    """Draw a sun on the horizon, with long and short rays."""
    x, y, far = canvas.width * (0.5 + chance.uniform(-0.06, 0.06)), canvas.height, canvas.height * 0.94
    sideways = max(1.0, canvas.width * 0.56 / far)
    if canvas.beside:
        x, far, sideways = canvas.width * 0.65, min(canvas.height * 0.88, canvas.width * 0.63), 1.0
    if canvas.spanning:
        far, sideways = canvas.height * 0.88, canvas.width * 0.6 / (canvas.height * 0.88)
    count, core = 26 if not canvas.spanning else 44, far * 0.24
    start = chance.uniform(0, 0.5)
    drawn = []
    for number in range(-1, count + 1):
        angle = math.pi * (number + start) / count
        half = math.pi / count * 0.31
        reach = far * (1.0 if number % 2 else 0.74) * chance.uniform(0.93, 1.0)
        near = core * 1.32
        corners = [
            turned(0, 0, radius, angle + way)
            for radius, way in ((near, -half), (near, half), (reach, half), (reach, -half))
        ]
        stretch = (1.0, 1.0, sideways, sideways)
        path = "L".join(f"{x + px * by:.2f} {y + py:.2f}" for (px, py), by in zip(corners, stretch, strict=True))
        drawn.append(filled(f"M{path}Z", style.art[TONES[number % 4]]))
    drawn.append(circle(x, y, core, style.art["signal"]))
    return "".join(drawn)


def arches(style: Style, canvas: Canvas, chance: Random) -> str:
    """Draw rows of arches that overlap like scales."""
    radius = canvas.unit * (9.5 if not canvas.spanning else 7)
    places = [
        (column * radius * 2 + (row % 2) * radius, canvas.height + radius * 0.6 - row * radius * 0.72)
        for row in range(int(canvas.height / (radius * 0.72)), -1, -1)
        for column in range(-1, int(canvas.width / (radius * 2)) + 2)
    ]
    shown = [(x, y) for x, y in places if y - radius >= canvas.ground(x) + chance.uniform(0, radius * 1.2)]
    chosen = chance.randrange(max(len(shown) // 2, 1)) if shown else 0
    drawn = []
    for number, (x, y) in enumerate(shown):
        tone = "signal" if number == chosen else TONES[chance.randrange(4)]
        for share, fill in ((1.0, style.tokens["cover"]), (0.93, style.art[tone])):
            drawn.append(circle(x, y, radius * share, fill))
        for share, fill in ((0.68, style.tokens["cover"]), (0.56, style.art[tone]), (0.3, style.tokens["cover"])):
            drawn.append(circle(x, y, radius * share, fill))
    return "".join(drawn)


def petals(style: Style, canvas: Canvas, chance: Random) -> str:
    """Draw petals in a grid: four of them meet in a flower here and there."""
    cell = canvas.width / round(canvas.width / (canvas.unit * (11 if canvas.beside or canvas.spanning else 15.5)))
    drawn = []
    cells = list(_cells(canvas, cell, chance))
    chosen = chance.randrange(len(cells)) if cells else 0
    for number, (column, row, x, y) in enumerate(cells):
        rising = (column + row) % 2 == 0 if chance.random() < 0.82 else (column + row) % 2 == 1
        foot, tip = ((x, y + cell), (x + cell, y)) if rising else ((x, y), (x + cell, y + cell))
        tone = "signal" if number == chosen else TONES[chance.randrange(4)]
        drawn.append(filled(blade(foot, tip, 0.5), style.art[tone]))
        if chance.random() < 0.3:
            inner = [tuple(a + (b - a) * share for a, b in zip(foot, tip, strict=True)) for share in (0.22, 0.78)]
            drawn.append(stroke(f"M{inner[0][0]:.2f} {inner[0][1]:.2f}L{inner[1][0]:.2f} {inner[1][1]:.2f}",
                                style.tokens["cover"], canvas.unit * 0.7))  # fmt: skip
    return "".join(drawn)


def tiles(style: Style, canvas: Canvas, chance: Random) -> str:
    """Draw tiles of a few plain shapes: quarters, halves, discs and bows."""
    cell = canvas.width / round(canvas.width / (canvas.unit * (12 if canvas.beside or canvas.spanning else 17.7)))
    cells = list(_cells(canvas, cell, chance))
    chosen = chance.randrange(len(cells)) if cells else 0
    drawn = []
    for number, (_, _, x, y) in enumerate(cells):
        low, high = chance.sample(TONES, 2)
        if number == chosen:
            high = "signal"
        turn = chance.randrange(4) * 90
        tile = TILES[chance.randrange(len(TILES))].format(
            s=f"{cell:.2f}", h=f"{cell / 2:.2f}", q=f"{cell / 4:.2f}", m=f"{cell * 0.55:.2f}",
            low=style.art[low], high=style.art[high], ground=style.tokens["cover"],
        )  # fmt: skip
        drawn.append(
            f'<g transform="translate({x:.2f} {y:.2f}) rotate({turn} {cell / 2:.2f} {cell / 2:.2f})">{tile}</g>'
        )
    return "".join(drawn)


TILES = (
    '<path d="M0 0H{s}V{s}H0Z" fill="{low}"/><path d="M0 0H{s}A{s} {s} 0 0 1 0 {s}Z" fill="{high}"/>',
    '<path d="M0 0H{s}V{s}H0Z" fill="{low}"/><circle cx="{h}" cy="{h}" r="{q}" fill="{high}"/>',
    '<path d="M0 0H{s}L0 {s}Z" fill="{high}"/>',
    '<path d="M0 0H{s}A{h} {h} 0 0 1 0 0Z" fill="{high}"/><path d="M0 {h}H{s}A{h} {h} 0 0 1 0 {h}Z" fill="{low}"/>',
    '<path d="M0 0H{s}A{s} {s} 0 0 1 0 {s}Z" fill="{high}"/><path d="M0 0H{m}A{m} {m} 0 0 1 0 {m}Z" fill="{ground}"/>',
)
"""The shapes of tiles, in a square of side ``s``."""


def leaves(style: Style, canvas: Canvas, chance: Random) -> str:
    """Draw stems with leaves in pairs, of different heights; one of them in the signal colour."""
    low = canvas.beside or canvas.spanning
    apart = canvas.unit * (19 if low else 24)
    count = int(canvas.width / apart) + 2
    chosen = chance.randrange(count // 2, count - 1)
    drawn = []
    for number in range(count):
        x = (number - 0.3) * apart + chance.uniform(-0.15, 0.15) * apart
        top = canvas.ground(x) + canvas.height * (0.1 if low else 0.25) * chance.random()
        if canvas.height - top < apart * 0.6:
            continue
        tone = style.art["signal" if number == chosen else TONES[number % 4]]
        drawn.append(_stem(x, top, canvas, tone, style, chance))
    return "".join(drawn)


def _stem(x: float, top: float, canvas: Canvas, tone: str, style: Style, chance: Random) -> str:
    lean = chance.uniform(-5, 5) * canvas.unit
    foot, high = canvas.height + 2 * canvas.unit, canvas.height + 2 * canvas.unit - top

    def place(share: float) -> Point:
        return x + lean * share * share, foot - high * share

    drawn = [stroke(spline([place(step / 6) for step in range(7)]), tone, canvas.unit * 0.8)]
    pairs = max(3, int(high / (canvas.unit * 10.5)))
    for pair in range(pairs):
        share = (pair + 0.35) / pairs
        size = canvas.unit * 13.5 * (1 - 0.45 * share)
        for way in (1, -1):
            start = place(share)
            tip = turned(*start, size, math.pi / 2 - way * 0.95)
            drawn.append(filled(blade(start, tip, 0.5), tone))
            middle = (start[0] + (tip[0] - start[0]) * 0.8, start[1] + (tip[1] - start[1]) * 0.8)
            rib = f"M{start[0]:.2f} {start[1]:.2f}L{middle[0]:.2f} {middle[1]:.2f}"
            drawn.append(stroke(rib, style.tokens["cover"], canvas.unit * 0.35))
    tip = place(1.0)
    drawn.append(filled(blade(place(0.9), (tip[0], tip[1] - canvas.unit * 4), 0.5), tone))
    return "".join(drawn)


def _across(canvas: Canvas, share: float, rise: Callable[[float], float]) -> list[Point]:
    """Return a line over the whole width, ``share`` of the way from where the art begins to the foot."""
    line = []
    for step in range(-1, STEPS + 2):
        x = canvas.width * step / STEPS
        ground = canvas.ground(x)
        line.append((x, ground + (canvas.height - ground) * share - rise(x) * min(1.0, (canvas.height - ground) / 30)))
    return line


def _down_to_foot(line: list[Point], canvas: Canvas) -> str:
    return f"{spline(line)}L{line[-1][0]:.2f} {canvas.height + 1:.2f}H{line[0][0]:.2f}Z"


def _cells(canvas: Canvas, cell: float, chance: Random) -> Iterator[tuple[int, int, float, float]]:
    """Return squares that pile up from the foot to where the art begins, in columns of different heights."""
    for column in range(round(canvas.width / cell)):
        x = column * cell
        top = canvas.ground(x + cell / 2) + chance.choice((0.0, 0.6, 1.2)) * cell * (0.5 if canvas.spanning else 1)
        row = 0
        while (y := canvas.height - (row + 1) * cell) >= top:
            yield column, row, x, y
            row += 1
