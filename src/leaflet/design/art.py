"""Cover motifs: vector art drawn from a style's colours and a seed made of the title. Same seed, same art."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from hashlib import sha256
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from leaflet.design import motifs
from leaflet.design.canvas import Canvas, Point, spline, stroke
from leaflet.design.styles import Style
from leaflet.model.fold import Millimetres


def cover_art(style: Style, title: str, canvas: Canvas, *, mirrored: bool = False) -> str:
    """Return the motif of ``style`` for ``title`` as an SVG document that fills ``canvas``, without a background."""
    drawn = MOTIFS[style.motif](style, canvas, _chance(title))
    return _drawing(f'<g transform="matrix(-1 0 0 1 {canvas.width:g} 0)">{drawn}</g>' if mirrored else drawn, canvas)


def band_art(style: Style, title: str, canvas: Canvas) -> str:
    """Return the motif over several panels, on the ground of the cover; what leaves the canvas is cut off."""
    edge = f"M0 0H{canvas.width:g}V{canvas.height:g}H0Z"
    ground = f'<clipPath id="edge"><path d="{edge}"/></clipPath><path d="{edge}" fill="{style.tokens["cover"]}"/>'
    drawn = MOTIFS[style.motif](style, canvas, _chance(title))
    return _drawing(f'{ground}<g clip-path="url(#edge)">{drawn}</g>', canvas)


def _chance(title: str) -> Random:
    return Random(int.from_bytes(sha256(title.encode()).digest()[:8], "big"))  # noqa: S311


def _drawing(body: str, canvas: Canvas) -> str:
    size = f'width="{canvas.width:g}mm" height="{canvas.height:g}mm" viewBox="0 0 {canvas.width:g} {canvas.height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'


def _beside(spine: Sequence[Point], spread: Sequence[float], place: float) -> list[Point]:
    """Return ``spine`` moved sideways by ``place`` times ``spread`` at each of its points."""
    moved = []
    for i, (x, y) in enumerate(spine):
        (x0, y0), (x1, y1) = spine[max(i - 1, 0)], spine[min(i + 1, len(spine) - 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1
        shift = place * spread[i]
        moved.append((x - (y1 - y0) / length * shift, y + (x1 - x0) / length * shift))
    return moved


class FibreBundle(Struct, frozen=True, kw_only=True):
    """Fibres that run together: their common way in shares of the canvas, and their distances along it."""

    spine: tuple[Point, ...]
    spread: tuple[Millimetres, ...]
    thick: Millimetres
    count: int = 7


RISING = FibreBundle(
    spine=((-0.32, 1.137), (0.02, 0.905), (0.283, 0.755), (0.528, 0.63), (0.792, 0.52), (1.264, 0.24)),
    spread=(18, 13, 10.2, 9.8, 11, 15),
    thick=7.4,
)
"""Up over a cover of 106 by 117 mm."""
RISING_BESIDE = FibreBundle(
    spine=((-0.09, 2.09), (0.235, 1.47), (0.49, 1.06), (0.72, 0.81), (0.95, 0.56), (1.39, -0.16)),
    spread=(12, 9, 7.6, 7.2, 8, 10),
    thick=5.4,
)
"""Up over the end of a head that is 64 mm high."""
RIBBON: tuple[Point, ...] = ((-0.05, 0.7), (0.17, 0.45), (0.39, 0.62), (0.61, 0.4), (0.83, 0.6), (1.05, 0.42))
SPANNING = FibreBundle(spine=RIBBON, spread=(6, 5, 5.5, 5, 6, 6), thick=3.4)
SWING: tuple[Point, ...] = ((-0.05, 0.8), (0.17, 0.9), (0.39, 0.3), (0.61, -0.25), (0.83, -0.85), (1.05, -1.0))
"""A run from side to side: its distance below the middle, as a share of the free part of the canvas."""


def _scaled(bundle: FibreBundle, scale: float) -> FibreBundle:
    return replace(bundle, spread=tuple(value * scale for value in bundle.spread), thick=bundle.thick * scale)


def _swinging(canvas: Canvas, thick: Millimetres) -> tuple[Point, ...]:
    """Return a path from side to side for something ``thick``, with air above and below it."""
    left = max(0.0, (canvas.height - thick) / 2 - 0.04 * canvas.height) / canvas.height
    return tuple((x, 0.5 + left * swing) for x, swing in SWING)


def _running(canvas: Canvas) -> FibreBundle:
    """Return as many fibres as a low canvas holds, from side to side."""
    thick = min(max(canvas.height * 0.085, 2.8), canvas.height * 0.28, 5.6)
    apart = thick * 1.38
    count = min(7, max(2, int(canvas.height * 0.74 / apart)))
    spread = tuple(apart * share for share in (1.06, 1.0, 0.96, 1.0, 1.03, 1.08))
    return FibreBundle(spine=_swinging(canvas, apart * 1.05 * count), spread=spread, thick=thick, count=count)


def _bundle(canvas: Canvas) -> FibreBundle:
    if canvas.spanning:
        return SPANNING
    if canvas.beside:
        return _scaled(RISING_BESIDE, canvas.height / 64)
    return _running(canvas) if canvas.is_low else _scaled(RISING, min(canvas.width / 106, canvas.height / 117, 1.25))


def _fibre(style: Style, canvas: Canvas, chance: Random) -> str:
    """Return a bundle of covered fibres; one of them, in the signal colour, has lost its cover."""
    bundle = _bundle(canvas)
    thick, most = bundle.thick, bundle.count
    spine = [(x * canvas.width, (y + chance.uniform(-0.012, 0.012)) * canvas.height) for x, y in bundle.spine]
    if not (canvas.spanning or canvas.beside):
        spine = _below_the_top(spine, bundle, canvas)
    covers = [style.art[name] for name in ("one", "two", "three", "four")]
    turn = chance.randrange(3)
    worn = min(chance.choice((2, 3, 3, 4)), most - 1)
    drawn = []
    for number in range(most):
        path = spline(_beside(spine, bundle.spread, number - (most - 1) / 2))
        if number == worn:
            drawn.append(_worn(path, style.art["signal"], thick))
            continue
        colour = covers[(0, 1, 2, 0, 1, 2, 0)[(number + turn) % 7]]
        length, gap = thick * (1.9 + 0.5 * chance.random()), thick * 1.33
        drawn.append(stroke(path, style.art["line"], thick * 0.16))
        drawn.append(stroke(path, colour, thick, (length, gap), chance.random() * (length + gap)))
    return "".join(drawn)


def _below_the_top(spine: list[Point], bundle: FibreBundle, canvas: Canvas) -> list[Point]:
    """Return ``spine``, so low that the highest fibre leaves the canvas at its side and not through its top."""
    highest = _beside(spine, bundle.spread, -(bundle.count - 1) / 2)
    side = next((place for place, (x, _) in enumerate(highest) if x >= canvas.width), len(highest) - 1)
    (x1, y1), (x2, y2) = highest[side - 1], highest[side]
    leaves_at = y1 + (y2 - y1) * (canvas.width - x1) / (x2 - x1)
    lower = max(0.0, bundle.thick - leaves_at)
    return [(x, y + lower) for x, y in spine]


def _worn(path: str, colour: str, thick: float) -> str:
    """Return a fibre whose capsules shrink to dots and are gone."""
    dashes = (1.9, 1.35, 1.9, 1.35, 1.52, 1.6, 0.86, 2.1, 0.001, 1.7, 0.001, 3.4, 0.001, 120)
    return stroke(path, colour, thick * 0.16) + stroke(path, colour, thick, [d * thick for d in dashes])


STRIP_HEIGHT: Millimetres = 4.0
STRIP_STEP = 18.6
STRIP_WORN = {11: (9.0, "signal"), 12: (2.4, "signal"), 13: (0.0, "signal"), 14: (2.4, "signal")}
"""The capsules of the running fibre that are worn: their length and colour. The rest are 16 mm long."""


def strip_art(style: Style, left: Millimetres, width: Millimetres) -> str:
    """Return the part from ``left`` of a fibre that runs over several panels; nothing for styles without one."""
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
    """Return cross-sections of many sizes, packed; one of them, in the signal colour, is broken into strokes."""
    circles = _packed(canvas, _radii(canvas), chance)
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


def _radii(canvas: Canvas) -> tuple[Millimetres, ...]:
    """Return radii: the largest ring is about half as wide as the space that it lies in."""
    if canvas.spanning:
        return (13, 11, 10, 9, 8, 7, 6, 5, 4, 3) * 3
    if canvas.beside:
        return tuple(radius * canvas.height / 64 for radius in (18, 13, 10, 8, 6.5, 5, 4, 3, 2.2, 2))
    scale = min(1.0, max(0.3, canvas.height / 85))
    return tuple(radius * scale for radius in (24, 17, 17, 13, 11, 9, 7, 5, 3.6, 2.6))


TRIES = 160


def _packed(canvas: Canvas, radii: Sequence[float], chance: Random) -> list[tuple[float, float, float]]:
    """Return discs beside each other; over words none is cut at the foot, and beside words none at the left."""
    found: list[tuple[float, float, float]] = []
    for radius in radii:
        for _ in range(TRIES):
            r = radius * (0.9 + 0.2 * chance.random())
            x, y = (chance.uniform(-r * 0.4, side + r * 0.4) for side in (canvas.width, canvas.height))
            whole = canvas.spanning or (y + r < canvas.height and (x - r > 0 or not canvas.beside))
            if whole and all(math.hypot(x - a, y - b) >= r + c + 1 for a, b, c in found):
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


THREAD: tuple[Point, ...] = ((-0.06, 0.87), (0.226, 0.77), (0.509, 0.515), (0.736, 0.29), (1.17, 0.115))
THREAD_BESIDE: tuple[Point, ...] = ((0.15, 1.3), (0.3, 0.98), (0.475, 0.74), (0.7, 0.56), (1.185, 0.45))
BEAD, BETWEEN = 0.8, 1.21
"""The length of a capsule between its round ends, and the distance to the next, by the thickness."""


def _thread(style: Style, canvas: Canvas, chance: Random) -> str:
    """Return one great line with bold capsules that grow small towards its end."""
    if canvas.spanning:
        shape, thick = RIBBON, 9.0
    elif canvas.beside:
        shape, thick = THREAD_BESIDE, 11.0 * canvas.height / 64
    elif canvas.is_low:
        thick = min(max(canvas.height * 0.34, 4.5), canvas.height * 0.62, canvas.width * 0.1, 15.0)
        shape = _swinging(canvas, thick * 1.3)
    else:
        shape, thick = THREAD, min(canvas.width * 0.18, canvas.height * 0.19, 19.0)
    points = [(x * canvas.width, (y + chance.uniform(-0.012, 0.012)) * canvas.height) for x, y in shape]
    path = spline(points)
    beads = round(canvas.width * 0.8 / thick / (BEAD + BETWEEN) - 1.4) if canvas.is_low else 2
    dashes = [*(BEAD, BETWEEN) * max(beads, 1), BEAD * 0.4, BETWEEN * 1.02, 0.002, BETWEEN, 0.002, 999]
    return stroke(path, style.art["line"], thick * 0.13) + stroke(
        path, style.art["signal"], thick, [share * thick for share in dashes]
    )


MOTIFS: dict[str, Callable[[Style, Canvas, Random], str]] = {
    "fibre": _fibre,
    "rings": _rings,
    "thread": _thread,
    **{draw.__name__: draw for draw in (motifs.waves, motifs.hills, motifs.contours, motifs.rays)},
    **{draw.__name__: draw for draw in (motifs.arches, motifs.petals, motifs.tiles, motifs.leaves)},
}
