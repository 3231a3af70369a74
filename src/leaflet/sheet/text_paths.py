"""Text as filled outlines: it needs no font in the file and is never read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from leaflet.files import read_file
from leaflet.model.fold import Millimetres

POINTS_PER_MM = 72 / 25.4
FONT = ("fontpkg_atkinson_hyperlegible", "files/AtkinsonHyperlegible-Regular.ttf")


def text_width(text: str, points: float) -> Millimetres:
    """How wide ``text`` is in a type size."""
    font, _, _ = _font()
    units = sum(font["hmtx"][_glyph(character)][0] for character in text)
    return float(units * points / font["head"].unitsPerEm / POINTS_PER_MM)


def draw_text(text: str, x: Millimetres, y: Millimetres, points: float) -> Iterator[str]:
    """Instructions that fill ``text`` in the current colour, from ``x`` and its base line at ``y``."""
    font, _, _ = _font()
    scale = points / font["head"].unitsPerEm
    yield f"q {scale:.6f} 0 0 {scale:.6f} {x * POINTS_PER_MM:.3f} {y * POINTS_PER_MM:.3f} cm"
    for character in text:
        name = _glyph(character)
        outline = _outline(name)
        if outline:
            yield f"{outline} f"
        yield f"1 0 0 1 {font['hmtx'][name][0]} 0 cm"
    yield "Q"


def _glyph(character: str) -> str:
    _, _, names = _font()
    return names.get(ord(character)) or names[ord("?")]


@cache
def _outline(name: str) -> str:
    from fontTools.pens.basePen import decomposeQuadraticSegment
    from fontTools.pens.recordingPen import DecomposingRecordingPen

    _, glyphs, _ = _font()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    here = (0.0, 0.0)
    parts = []
    for operator, points in pen.value:
        match operator:
            case "moveTo":
                here = points[0]
                parts.append(f"{here[0]:g} {here[1]:g} m")
            case "lineTo":
                here = points[0]
                parts.append(f"{here[0]:g} {here[1]:g} l")
            case "qCurveTo":
                for control, end in decomposeQuadraticSegment(points):
                    parts.append(_curve(here, control, end))
                    here = end
            case _:
                parts.append("h")
    return " ".join(parts)


def _curve(start: tuple[float, float], control: tuple[float, float], end: tuple[float, float]) -> str:
    """A quadratic curve as the cubic one that PDF knows."""
    first = [start[i] + 2 / 3 * (control[i] - start[i]) for i in (0, 1)]
    second = [end[i] + 2 / 3 * (control[i] - end[i]) for i in (0, 1)]
    return f"{first[0]:.2f} {first[1]:.2f} {second[0]:.2f} {second[1]:.2f} {end[0]:g} {end[1]:g} c"


@cache
def _font() -> tuple[Any, Any, dict[int, str]]:
    from fontTools.ttLib import TTFont

    package, path = FONT
    spec = find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations is not None
    folder = Path(spec.submodule_search_locations[0])
    font = TTFont(BytesIO(read_file(folder / path, inside=(folder,))), lazy=True)
    return font, font.getGlyphSet(), font.getBestCmap()
