"""How finely pictures print: their pixels against the size at which they stand on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from leaflet.errors import Problem, Severity
from leaflet.panels.source_map import Finder
from leaflet.weasy import PIXELS_PER_MM, Box

PRESS_DPI = 300
"""What a press wants at the printed size (print-facts)."""
ROUNDING = 0.99
CSS_DPI = 96


def coarse_images(pages: Iterable[Any], finder: Finder, least: float = PRESS_DPI) -> list[Problem]:
    """A warning for each picture of pixels, in the text or behind it, that prints with fewer than ``least`` dpi."""
    return [
        Problem(
            message=f"an image of {image.width} × {image.height} pixels prints {_size(width, height)}, which is only "
            f"{dpi:.0f} dpi",
            location=finder.location(element),
            hint=f"use one of at least {image.width * least / dpi:.0f} × {image.height * least / dpi:.0f} pixels, "
            "or print it smaller",
            severity=Severity.WARNING,
        )
        for page in pages
        for image, width, height, element in _pictures(page._page_box)
        for dpi in [min(image.width / width, image.height / height) * CSS_DPI]
        if dpi < least * ROUNDING
    ]


def _size(width: float, height: float) -> str:
    return f"{width / PIXELS_PER_MM:.0f} × {height / PIXELS_PER_MM:.0f} mm"


def _pictures(box: Box) -> Iterator[tuple[Any, float, float, Any]]:
    """Each picture of pixels in ``box``, its printed width and height in CSS pixels, and its element."""
    box = getattr(box, "_box", box)
    background = getattr(box, "background", None)
    for layer in background.layers if background else ():
        if _has_pixels(layer.image) and all(layer.size):
            yield layer.image, *layer.size, box.element
    if _has_pixels(getattr(box, "replacement", None)) and box.width and box.height:
        yield box.replacement, box.width, box.height, box.element
    for child in box.all_children() if hasattr(box, "all_children") else ():
        yield from _pictures(child)


def _has_pixels(image: Any) -> bool:
    """WeasyPrint's vectors and gradients have no mode of pixels."""
    return hasattr(image, "mode") and hasattr(image, "width")
