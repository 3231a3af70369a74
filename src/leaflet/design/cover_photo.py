"""Photographs over whole covers: the scrim that makes white words on them readable, as strong as the picture needs."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from leaflet.design.contrast import WHITE, contrast, luminance, mixed
from leaflet.design.icons import data_address
from leaflet.model.cover_art import MIDDLE, ArtPlace, Focus, FreeArea

Rows = Sequence[Sequence[tuple[int, int, int]]]

LARGE_TEXT, NEARLY_ALL = 4.5, 7.0
"""The least contrast at every point behind the words, and at all but the brightest fiftieth."""
DARKEST = 0.012
"""The luminance of a grey of L* 10, which the scrim's colour has at most."""
STEPS = 40
RISE = 0.24
"""The share of the cover's height over which the scrim rises above the words."""
UNKNOWN = ((255, 255, 255),)
"""The colours of a drawing: as bright as can be."""


class Scrim(Struct, frozen=True, kw_only=True):
    """A colour, and how much of it lies over the picture behind the words."""

    colour: str
    strength: float


def scrim_behind(tones: Rows | None, area: FreeArea, focus: Focus, begin: float) -> Scrim:
    """Return the weakest scrim with which white words from ``begin`` downwards can be read everywhere."""
    visible = _visible(tones, area, focus, begin) if tones else UNKNOWN
    hexes = sorted({f"#{red:02X}{green:02X}{blue:02X}" for red, green, blue in visible}, key=luminance)
    everywhere = sorted(
        (f"#{red:02X}{green:02X}{blue:02X}" for row in tones or (UNKNOWN,) for red, green, blue in row), key=luminance
    )
    colour = _dark(everywhere[: max(1, len(everywhere) // 10)])
    brightest, nearly = hexes[-1], hexes[max(0, len(hexes) - 1 - len(hexes) // 50)]
    for step in range(STEPS + 1):
        strength = step / STEPS
        if (
            contrast(WHITE, mixed(brightest, colour, strength)) >= LARGE_TEXT
            and contrast(WHITE, mixed(nearly, colour, strength)) >= NEARLY_ALL
        ):
            return Scrim(colour=colour, strength=strength)
    return Scrim(colour=colour, strength=1.0)


def scrim_over(tones: Rows | None) -> Scrim:
    """Return the weakest scrim over the whole of a picture with which white words can be read everywhere on it."""
    rows = tones or (UNKNOWN,)
    whole = FreeArea(place=ArtPlace.WHOLE, width=float(len(rows[0])), height=float(len(rows)))
    return scrim_behind(tones, whole, MIDDLE, 0.0)


def scrim_address(scrim: Scrim, area: FreeArea, begin: float) -> str:
    """Return a picture that is clear at its top and has the scrim's strength from ``begin`` downwards."""
    stops = ((max(0.0, begin - RISE), 0.0), (begin, scrim.strength), (1.0, min(1.0, scrim.strength + 0.06)))
    drawn = "".join(
        f'<stop offset="{offset:.3f}" stop-color="{scrim.colour}" stop-opacity="{opacity:.3f}"/>'
        for offset, opacity in stops
    )
    width, height = f"{area.width:g}", f"{area.height:g}"
    return data_address(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}">'
        f'<linearGradient id="s" x1="0" y1="0" x2="0" y2="1">{drawn}</linearGradient>'
        f'<rect width="{width}" height="{height}" fill="url(#s)"/></svg>'
    )


def _visible(tones: Rows, area: FreeArea, focus: Focus, begin: float) -> list[tuple[int, int, int]]:
    """Return the colours behind the words, of a picture that fills the area and is cut at its edges."""
    rows, columns = len(tones), len(tones[0])
    scale = max(area.width / columns, area.height / rows)
    wide, high = area.width / scale, area.height / scale
    left, top = _start(columns, wide, focus[0]), _start(rows, high, focus[1])
    first = min(rows - 1, int(top + begin * high))
    return [
        colour
        for row in tones[first : max(first + 1, min(rows, round(top + high)))]
        for colour in row[int(left) : max(int(left) + 1, round(left + wide))]
    ]


def _start(length: float, shown: float, focus: float) -> float:
    return max(0.0, min(length - shown, focus * length - shown / 2))


def _dark(colours: Sequence[str]) -> str:
    """Return the mean of ``colours``, darkened to a grey of L* 10 at most."""
    parts = [[int(colour[start : start + 2], 16) for colour in colours] for start in (1, 3, 5)]
    mean = "#" + "".join(f"{sum(part) // len(part):02X}" for part in parts)
    return next(
        shade for step in range(STEPS + 1) if luminance(shade := mixed(mean, "#000000", step / STEPS)) <= DARKEST
    )
