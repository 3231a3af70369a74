"""Resolution of pictures: their pixels against the size at which they are printed."""

from __future__ import annotations

from collections.abc import Iterable

from leaflet.errors import Problem, Severity
from leaflet.panels.source_map import SourceMap
from leaflet.weasy import PlacedImage

PRESS_DPI = 300
"""The least resolution of pictures at their printed size for a press."""
ROUNDING = 0.99
MM_PER_INCH = 25.4


def coarse_images(images: Iterable[PlacedImage], source_map: SourceMap, least: float = PRESS_DPI) -> list[Problem]:
    """Return a warning for each of ``images`` that prints with fewer than ``least`` dpi."""
    return [
        Problem(
            message=f"an image of {width} × {height} pixels prints {image.width:.0f} × {image.height:.0f} mm, "
            f"which is only {dpi:.0f} dpi",
            location=source_map.location(image.element),
            hint=f"use one of at least {width * least / dpi:.0f} × {height * least / dpi:.0f} pixels, "
            "or print it smaller",
            severity=Severity.WARNING,
        )
        for image in images
        for width, height in [image.pixels]
        for dpi in [min(width / image.width, height / image.height) * MM_PER_INCH]
        if dpi < least * ROUNDING
    ]
