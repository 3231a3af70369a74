"""Printer's marks: crop marks, fold marks and the job line, all outside the bleed and none of them content."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from leaflet.model.fold import Millimetres
from leaflet.sheet.placement import SheetSide

POINTS_PER_MM = 72 / 25.4
GAP: Millimetres = 1.0
"""Between the bleed and a mark."""
LENGTH: Millimetres = 5.0
SLUG: Millimetres = 7.0
"""The strip around the bleed that holds the marks."""
LINE_POINTS = 0.25
JOB_POINTS = 5.5
JOB_INSET: Millimetres = 4.0

REGISTRATION = "CSRegistration"
"""The name of the colour that prints on every plate (Separation "All") in a sheet's resources."""

JOB_FONT = ("fontpkg_atkinson_hyperlegible", "files/AtkinsonHyperlegible-Regular.ttf")


def draw_marks(side: SheetSide, bleed: Millimetres, job: str) -> bytes:
    """The content stream with all marks of one side, as artifacts; the sheet's corner is at the origin."""
    margin = bleed + SLUG
    parts = [
        "/Artifact BMC q",
        f"/{REGISTRATION} CS 1 SCN /{REGISTRATION} cs 1 scn {LINE_POINTS:g} w",
        *(_line(*ends) for ends in crop_lines(side, bleed)),
        "[2 1.5] 0 d",
        *(_line(*ends) for ends in fold_lines(side, bleed)),
        *_text(job_line(side, job), margin + JOB_INSET, SLUG - GAP - JOB_POINTS / POINTS_PER_MM),
        "Q EMC",
    ]
    return "\n".join(parts).encode()


def crop_lines(
    side: SheetSide, bleed: Millimetres
) -> Iterator[tuple[Millimetres, Millimetres, Millimetres, Millimetres]]:
    """The eight crop marks as x1, y1, x2, y2 from the sheet's bottom left corner."""
    margin = bleed + SLUG
    right, top = margin + side.width, margin + side.height
    far, near = SLUG - GAP - LENGTH, SLUG - GAP
    width, height = side.width + 2 * margin, side.height + 2 * margin
    for x in (margin, right):
        yield x, far, x, near
        yield x, height - near, x, height - far
    for y in (margin, top):
        yield far, y, near, y
        yield width - near, y, width - far, y


def fold_lines(
    side: SheetSide, bleed: Millimetres
) -> Iterator[tuple[Millimetres, Millimetres, Millimetres, Millimetres]]:
    """A mark above and one below each fold."""
    margin = bleed + SLUG
    far, near = SLUG - GAP - LENGTH, SLUG - GAP
    height = side.height + 2 * margin
    for fold in side.folds:
        x = margin + fold
        yield x, far, x, near
        yield x, height - near, x, height - far


def job_line(side: SheetSide, job: str) -> str:
    """What the printer reads beside the sheet: the job, the side and the trimmed size."""
    size = f"{side.width:g} × {side.height:g} mm"
    return "   ".join(part for part in (job, side.name, size) if part)


def _line(x1: Millimetres, y1: Millimetres, x2: Millimetres, y2: Millimetres) -> str:
    return "{} {} m {} {} l S".format(*(_points(value) for value in (x1, y1, x2, y2)))


def _points(value: Millimetres) -> str:
    return f"{value * POINTS_PER_MM:.3f}"


def _text(text: str, x: Millimetres, y: Millimetres) -> Iterator[str]:
    """``text`` as filled outlines: it needs no font in the file and is never read aloud."""
    font, glyphs, names = _font()
    scale = JOB_POINTS / font["head"].unitsPerEm
    yield f"q {scale:.6f} 0 0 {scale:.6f} {_points(x)} {_points(y)} cm"
    advance = 0
    for character in text:
        name = names.get(ord(character)) or names[ord("?")]
        yield from _outline(glyphs, name, advance)
        advance += font["hmtx"][name][0]
    yield "f Q"


def _outline(glyphs: Any, name: str, shift: int) -> Iterator[str]:
    from fontTools.pens.basePen import decomposeQuadraticSegment
    from fontTools.pens.recordingPen import DecomposingRecordingPen

    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    here = (0.0, 0.0)
    for operator, points in pen.value:
        match operator:
            case "moveTo":
                here = points[0]
                yield f"{here[0] + shift:g} {here[1]:g} m"
            case "lineTo":
                here = points[0]
                yield f"{here[0] + shift:g} {here[1]:g} l"
            case "qCurveTo":
                for control, end in decomposeQuadraticSegment(points):
                    yield _curve(here, control, end, shift)
                    here = end
            case _:
                yield "h"


def _curve(start: tuple[float, float], control: tuple[float, float], end: tuple[float, float], shift: int) -> str:
    """A quadratic curve as the cubic one that PDF knows."""
    first = [start[i] + 2 / 3 * (control[i] - start[i]) for i in (0, 1)]
    second = [end[i] + 2 / 3 * (control[i] - end[i]) for i in (0, 1)]
    return (
        f"{first[0] + shift:.2f} {first[1]:.2f} {second[0] + shift:.2f} {second[1]:.2f} {end[0] + shift:g} {end[1]:g} c"
    )


@cache
def _font() -> tuple[Any, Any, dict[int, str]]:
    from fontTools.ttLib import TTFont

    package, path = JOB_FONT
    spec = find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations is not None
    font = TTFont(Path(spec.submodule_search_locations[0]) / path, lazy=True)
    return font, font.getGlyphSet(), font.getBestCmap()
