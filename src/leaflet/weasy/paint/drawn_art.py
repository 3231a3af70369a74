"""Art of covers that was made and drawn before: its operators are added to a page without drawing it once more.

A cover's art follows from the title and the free area, which are the same in most rows of a batch. What is drawn with fonts,
pictures, patterns or groups of its own has names that belong to one page, and is drawn each time.

Measured by ``benchmarks/batch.py``: without it a row of a batch takes 1.1 times as long.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from typing import TypeAlias

from msgspec import Struct, field

from leaflet.lru_cache import LruCache
from leaflet.model.cover_art import CoverArt, FreeArea
from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.log import captured_log
from leaflet.weasy.paint.recorder import joined_operators
from leaflet.weasy.types import DrawnStream, LoadedImage, Value

EMBEDDED = "data:image/svg+xml"
"""The beginning of the address of art that leaflet draws; other pictures are files, which may change."""

Load: TypeAlias = Callable[[], LoadedImage | None]


class DrawnOperators(Struct, frozen=True, kw_only=True):
    """The operators of a picture, drawn at one size in one graphics state."""

    content: bytes
    states: dict[str, Value]


class ArtDrawing(Struct, kw_only=True):
    """Sizes and operators of the picture at one address."""

    sizes: dict[tuple[float, float], tuple[float, float, float]] = field(default_factory=dict)
    """Its width, height and ratio, by resolution and font size."""
    operators: dict[Hashable, DrawnOperators] = field(default_factory=dict)


class ArtCache:
    """The addresses and the drawings of the art that was used last."""

    def __init__(self) -> None:
        self._addresses: LruCache[Hashable, str] = LruCache(8)
        self._drawings: LruCache[str, ArtDrawing] = LruCache(8)

    def address(self, art: CoverArt, area: FreeArea) -> str:
        """Return the address of the picture that ``art`` has for ``area``."""
        return self._addresses.get_or_make((art.key, area), lambda: art.picture(area))

    def image(self, address: str, load: Load) -> LoadedImage | None:
        """Return the picture at ``address``, which ``load`` loads where it is not known; None where there is none."""
        if not address.startswith(EMBEDDED):
            return load()
        drawing = self._drawings.get(address)
        if drawing is not None:
            return DrawnArt(drawing, load)
        image = load()
        return image and DrawnArt(self._drawings.put(address, ArtDrawing()), lambda: image)


class DrawnArt:
    """A picture for WeasyPrint that is loaded only where it was not drawn yet."""

    def __init__(self, drawing: ArtDrawing, load: Load) -> None:
        self._drawing = drawing
        self._load = load

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float, float, float]:
        """Return the width, the height and their ratio."""
        known = self._drawing.sizes.get((resolution, font_size))
        if known is None:
            known = self._loaded().get_intrinsic_size(resolution, font_size)
            self._drawing.sizes[resolution, font_size] = known
        return known

    def draw(self, stream: DrawnStream, width: float, height: float, style: object) -> None:
        """Draw the picture on ``stream``."""
        colours = stream._current_color, stream._current_color_stroke
        look = width, height, *colours, stream._current_alpha, stream._current_alpha_stroke, stream._current_font
        known = self._drawing.operators.get(look)
        if known is None:
            known = _drawn(self._loaded(), stream, width, height, style)
            if known is not None:
                self._drawing.operators[look] = known
            return
        stream.stream.append(known.content)
        stream._resources["ExtGState"].update(known.states)
        stream._current_color = stream._current_color_stroke = None
        stream._current_alpha = stream._current_alpha_stroke = None
        stream._current_font = None

    def _loaded(self) -> LoadedImage:
        image = self._load()
        assert image is not None, "art that was drawn once can be loaded"
        return image


def _drawn(
    image: LoadedImage, stream: DrawnStream, width: float, height: float, style: object
) -> DrawnOperators | None:
    """Draw ``image`` and return its operators; None where they name something of this page, or something is wrong."""
    before, states = len(stream.stream), set(stream._resources["ExtGState"])
    outside = _outside(stream)
    with captured_log() as log:
        image.draw(stream, width, height, style)
    for record in log:
        logging.getLogger("weasyprint").handle(record)
    added = {name: state for name, state in stream._resources["ExtGState"].items() if name not in states}
    if log or _outside(stream) != outside or any(name[0] not in "aA" for name in added):
        return None
    return DrawnOperators(content=joined_operators(stream.stream[before:]), states=added)


def _outside(stream: DrawnStream) -> tuple[int, ...]:
    """Return the numbers of all that operators refer to by names of one page."""
    named = (len(stream._resources[kind]) for kind in ("XObject", "Pattern", "Shading"))
    return *named, len(stream._images), len(stream._fonts), len(stream._tags)
