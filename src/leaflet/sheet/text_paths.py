"""Text as filled outlines: it needs no font in the file and is never read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from fontTools.pens.basePen import decomposeQuadraticSegment
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from leaflet.files import read_file
from leaflet.model.fold import Millimetres

POINTS_PER_MM = 72 / 25.4
FONT = ("fontpkg_atkinson_hyperlegible", "files/AtkinsonHyperlegible-Regular.ttf")


class OutlineFont:
    """The outlines of a font's letters, each read when it is first drawn; share one between many sheets."""

    def __init__(self) -> None:
        package, path = FONT
        spec = find_spec(package)
        assert spec is not None
        assert spec.submodule_search_locations is not None
        folder = Path(spec.submodule_search_locations[0])
        font = TTFont(BytesIO(read_file(folder / path, inside=(folder,))), lazy=True)
        self._widths = font["hmtx"]
        self._units: int = font["head"].unitsPerEm
        self._glyphs = font.getGlyphSet()
        self._names: dict[int, str] = font.getBestCmap()
        self._outlines: dict[str, str] = {}

    def width(self, text: str, points: float) -> Millimetres:
        """Return the width of ``text`` in a type size."""
        units = sum(self._widths[self._glyph(character)][0] for character in text)
        return float(units * points / self._units / POINTS_PER_MM)

    def draw(self, text: str, x: Millimetres, y: Millimetres, points: float) -> Iterator[str]:
        """Yield operators that fill ``text`` in the current colour, from ``x`` and its base line at ``y``."""
        scale = points / self._units
        yield f"q {scale:.6f} 0 0 {scale:.6f} {x * POINTS_PER_MM:.3f} {y * POINTS_PER_MM:.3f} cm"
        for character in text:
            name = self._glyph(character)
            outline = self._outlines.get(name)
            if outline is None:
                outline = self._outlines[name] = self._outline(name)
            if outline:
                yield f"{outline} f"
            yield f"1 0 0 1 {self._widths[name][0]} 0 cm"
        yield "Q"

    def _glyph(self, character: str) -> str:
        return self._names.get(ord(character)) or self._names[ord("?")]

    def _outline(self, name: str) -> str:
        pen = DecomposingRecordingPen(self._glyphs)
        self._glyphs[name].draw(pen)
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
    """Return a quadratic curve as the cubic one that PDF has."""
    first = [start[i] + 2 / 3 * (control[i] - start[i]) for i in (0, 1)]
    second = [end[i] + 2 / 3 * (control[i] - end[i]) for i in (0, 1)]
    return f"{first[0]:.2f} {first[1]:.2f} {second[0]:.2f} {second[1]:.2f} {end[0]:g} {end[1]:g} c"
