"""Cover motifs: vector art drawn from a style's colours and a seed made of the title. Same title, same art."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from hashlib import sha256
from random import Random

from leaflet.html import motifs
from leaflet.html.drawing import Canvas, Point, spline, stroke
from leaflet.html.styles import Style
from leaflet.model.fold import Millimetres


def cover_art(style: Style, title: str, canvas: Canvas) -> str:
    """The motif of ``style`` for ``title`` as an SVG document that fills ``canvas``, without a background."""
    return _drawing(MOTIFS[style.motif](style, canvas, _chance(title)), canvas)


def band_art(style: Style, title: str, canvas: Canvas) -> str:
    """The motif over several panels, on the ground of the cover; what leaves the canvas is cut off."""
    edge = f"M0 0H{canvas.width:g}V{canvas.height:g}H0Z"
    ground = f'<clipPath id="edge"><path d="{edge}"/></clipPath><path d="{edge}" fill="{style.tokens["cover"]}"/>'
    drawn = MOTIFS[style.motif](style, canvas, _chance(title))
    return _drawing(f'{ground}<g clip-path="url(#edge)">{drawn}</g>', canvas)


def stands_on_ground(motif: str) -> bool:
    """Whether the motif rises from the foot of a cover; others go over all of it."""
    return motif not in ("fibre", "rings", "thread")


def _chance(title: str) -> Random:
    return Random(int.from_bytes(sha256(title.encode()).digest()[:8], "big"))  # noqa: S311


def _drawing(body: str, canvas: Canvas) -> str:
    size = f'width="{canvas.width:g}mm" height="{canvas.height:g}mm" viewBox="0 0 {canvas.width:g} {canvas.height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'


def _beside(spine: Sequence[Point], spread: Sequence[float], place: float) -> list[Point]:
    """``spine`` moved sideways by ``place`` times ``spread`` at each of its points."""
    moved = []
    for i, (x, y) in enumerate(spine):
        (x0, y0), (x1, y1) = spine[max(i - 1, 0)], spine[min(i + 1, len(spine) - 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1
        shift = place * spread[i]
        moved.append((x - (y1 - y0) / length * shift, y + (x1 - x0) / length * shift))
    return moved


FIBRE_SPINE: tuple[Point, ...] = (
    (-0.32, 1.074),
    (0.02, 0.944),
    (0.283, 0.861),
    (0.528, 0.792),
    (0.792, 0.731),
    (1.264, 0.574),
)
FIBRE_SPREAD: tuple[float, ...] = (18, 13, 10.2, 9.8, 11, 15)
BAND_SPINE: tuple[Point, ...] = (
    (0.565, 2.09),
    (0.694, 1.47),
    (0.796, 1.06),
    (0.889, 0.81),
    (0.981, 0.56),
    (1.157, -0.16),
)
BAND_SPREAD: tuple[float, ...] = (12, 9, 7.6, 7.2, 8, 10)
RIBBON_SPINE: tuple[Point, ...] = ((-0.05, 0.7), (0.17, 0.45), (0.39, 0.62), (0.61, 0.4), (0.83, 0.6), (1.05, 0.42))
FIBRES = 7


def _fibre(style: Style, canvas: Canvas, chance: Random) -> str:
    """A bundle of covered fibres that rises over the page; one of them, in the signal colour, has lost its cover."""
    shape, spread, thick = (BAND_SPINE, BAND_SPREAD, 5.4) if canvas.is_band else (FIBRE_SPINE, FIBRE_SPREAD, 7.4)
    if canvas.spanning:
        shape, spread, thick = RIBBON_SPINE, (6, 5, 5.5, 5, 6, 6), 3.4
    scale = 1.0 if canvas.is_band else min(canvas.width / 106, 1.25)
    bend = [chance.uniform(-0.012, 0.012) for _ in shape]
    spine = [(x * canvas.width, (y + shift) * canvas.height) for (x, y), shift in zip(shape, bend, strict=True)]
    widths, thick = [value * scale for value in spread], thick * scale
    covers = [style.art[name] for name in ("one", "two", "three", "four")]
    turn = chance.randrange(3)
    worn = chance.choice((2, 3, 3, 4))
    drawn = []
    for number in range(FIBRES):
        path = spline(_beside(spine, widths, number - (FIBRES - 1) / 2))
        if number == worn:
            drawn.append(_worn(path, style.art["signal"], thick))
            continue
        colour = covers[(0, 1, 2, 0, 1, 2, 0)[(number + turn) % FIBRES]]
        length, gap = thick * (1.9 + 0.5 * chance.random()), thick * 1.33
        drawn.append(stroke(path, style.art["line"], thick * 0.16))
        drawn.append(stroke(path, colour, thick, (length, gap), chance.random() * (length + gap)))
    return "".join(drawn)


def _worn(path: str, colour: str, thick: float) -> str:
    """A fibre whose capsules shrink to dots and are gone."""
    dashes = (1.9, 1.35, 1.9, 1.35, 1.52, 1.6, 0.86, 2.1, 0.001, 1.7, 0.001, 3.4, 0.001, 120)
    return stroke(path, colour, thick * 0.16) + stroke(path, colour, thick, [d * thick for d in dashes])


STRIP_HEIGHT: Millimetres = 4.0
STRIP_STEP = 18.6
STRIP_WORN = {11: (9.0, "signal"), 12: (2.4, "signal"), 13: (0.0, "signal"), 14: (2.4, "signal")}
"""The capsules of the running fibre that are worn: their length and colour. The rest are 16 mm long."""


def strip_art(style: Style, left: Millimetres, width: Millimetres) -> str:
    """The part from ``left`` of a fibre that runs over several panels; nothing for styles without one."""
    if style.motif != "fibre":
        return ""
    middle = STRIP_HEIGHT / 2
    drawn = [f'<path d="M0 {middle}H{width:g}" stroke="{style.art["two"]}" stroke-width="0.4"/>']
    for number in range(int((left + width) / STRIP_STEP) + 2):
        length, colour = STRIP_WORN.get(number, (16.0, "four"))
        x = -8.5 + number * STRIP_STEP + (16 - length) / 2 - left
        if length and -16 < x < width:
            drawn.append(
                f'<rect x="{x:.2f}" y="{middle - 1.2:.2f}" width="{length:g}" height="2.4" rx="1.2" '
                f'fill="{style.art[colour]}"/>'
            )
    size = f'width="{width:g}mm" height="{STRIP_HEIGHT:g}mm" viewBox="0 0 {width:g} {STRIP_HEIGHT:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(drawn)}</svg>'


def _rings(style: Style, canvas: Canvas, chance: Random) -> str:
    """Cross-sections of many sizes, packed; one of them, in the signal colour, is broken into strokes."""
    radii: tuple[float, ...]
    if canvas.is_band:
        edge, limit = canvas.width * 0.735, canvas.height
        radii = (18, 13, 10, 8, 6.5, 5, 4, 3, 2.2, 2)
    else:
        edge, limit = -30.0, canvas.height * 0.57
        radii = (24, 17, 17, 13, 11, 9, 7, 5, 3.6, 2.6)
    if canvas.spanning:
        edge, radii = -30.0, (13, 11, 10, 9, 8, 7, 6, 5, 4, 3) * 3
    low = canvas.height + 99 if canvas.is_band else limit

    def inside(x: float, y: float, r: float) -> bool:
        return x - r > edge and y + r < low

    circles = _packed(canvas, radii, inside, chance)
    drawn = []
    fills = [style.art[name] for name in ("one", "two", "one", "three", "four", "two")]
    for number, (x, y, r) in enumerate(circles):
        if number == 1:
            drawn.append(_broken_ring(x, y, r, style.art["signal"], chance))
            continue
        fill = fills[number % len(fills)]
        drawn.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r:.2f}" fill="{fill}"/>')
        drawn.append(stroke(_spiral(x, y, r, chance), style.tokens["cover"], 0.5))
        drawn.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r * 0.46:.2f}" fill="{style.tokens["cover"]}"/>')
        drawn.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r * 0.3:.2f}" fill="{fill}"/>')
    return "".join(drawn)


def _packed(
    canvas: Canvas, radii: Sequence[float], inside: Callable[[float, float, float], bool], chance: Random
) -> list[tuple[float, float, float]]:
    found: list[tuple[float, float, float]] = []
    for radius in radii:
        for _ in range(160):
            r = radius * (0.9 + 0.2 * chance.random())
            x, y = (chance.uniform(-r * 0.4, side + r * 0.4) for side in (canvas.width, canvas.height))
            if inside(x, y, r) and all(math.hypot(x - a, y - b) >= r + c + 1 for a, b, c in found):
                found.append((x, y, r))
    return found


def _spiral(x: float, y: float, radius: float, chance: Random) -> str:
    turns = max(1.6, radius * 0.5 / 1.5)
    steps = int(14 * turns)
    start, wave = chance.random() * math.tau, chance.random() * math.tau
    points = []
    for step in range(steps + 1):
        angle = start + step / steps * turns * math.tau
        r = radius * (0.46 + 0.5 * step / steps) * (1 + 0.02 * math.sin(2 * angle + wave))
        points.append((x + r * math.cos(angle), y + r * math.sin(angle)))
    return spline(points)


def _broken_ring(x: float, y: float, radius: float, colour: str, chance: Random) -> str:
    drawn = []
    count = max(3, int(radius / 1.9))
    for number in range(count):
        r = radius * (0.46 + 0.54 * (number + 0.5) / count)
        dash = math.tau * r / (5 + 2 * number)
        drawn.append(
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r:.2f}" fill="none" stroke="{colour}" stroke-width="0.8" '
            f'stroke-linecap="round" stroke-dasharray="{dash * 0.35:.2f} {dash * 0.65:.2f}" '
            f'transform="rotate({chance.random() * 360:.0f} {x:.2f} {y:.2f})"/>'
        )
    drawn.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius * 0.3:.2f}" fill="{colour}"/>')
    return "".join(drawn)


THREAD: tuple[Point, ...] = ((-0.06, 0.935), (0.226, 0.889), (0.509, 0.769), (0.736, 0.657), (1.17, 0.574))
THREAD_BAND: tuple[Point, ...] = ((0.66, 1.3), (0.72, 0.98), (0.79, 0.74), (0.88, 0.56), (1.074, 0.45))


def _thread(style: Style, canvas: Canvas, chance: Random) -> str:
    """One great line with bold capsules that grow small towards its end."""
    shape, thick = (THREAD_BAND, 11.0) if canvas.is_band else (THREAD, 19.0)
    if canvas.spanning:
        shape, thick = RIBBON_SPINE, 9.0
    points = [(x * canvas.width, (y + chance.uniform(-0.012, 0.012)) * canvas.height) for x, y in shape]
    path = spline(points)
    length, gap = thick * 0.8, thick * 1.21
    dashes = (length, gap, length, gap, length * 0.32, gap * 1.02, 0.01, gap, 0.01, 999)
    return stroke(path, style.art["line"], thick * 0.13) + stroke(path, style.art["signal"], thick, dashes)


MOTIFS: dict[str, Callable[[Style, Canvas, Random], str]] = {
    "fibre": _fibre,
    "rings": _rings,
    "thread": _thread,
    **{draw.__name__: draw for draw in (motifs.waves, motifs.hills, motifs.contours, motifs.rays)},
    **{draw.__name__: draw for draw in (motifs.arches, motifs.petals, motifs.tiles, motifs.leaves)},
}
