"""Heights of a text's blocks as they were laid out, by their place in the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from leaflet.model.fold import Millimetres
from leaflet.panels.source_map import MADE, TEXT
from leaflet.weasy import PageMeasure

BLOCKS = frozenset({"section", "p", "ul", "ol", "dl", "table", "figure", "aside", "blockquote", "pre", "div"})


def measured_heights(root: Element, pages: Sequence[PageMeasure], scale: float) -> Mapping[str, Millimetres]:
    """Return for each block with a place the height of its ink at scale 1, summed over the pages it is on."""
    places = {id(element): keys for element, keys in _within(root, ())}
    heights: dict[str, Millimetres] = {}
    for page in pages:
        spans: dict[str, tuple[Millimetres, Millimetres]] = {}
        for piece in page.pieces:
            for key in places.get(id(piece.element), ()):
                top, bottom = spans.get(key, (piece.area.top, piece.area.bottom))
                spans[key] = min(top, piece.area.top), max(bottom, piece.area.bottom)
        for key, (top, bottom) in spans.items():
            heights[key] = heights.get(key, 0.0) + (bottom - top) / scale
    return heights


def _within(element: Element, outer: tuple[str, ...]) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Yield each element with the places of the blocks that it is part of."""
    place = (element.get(TEXT) or element.get(MADE)) if element.tag in BLOCKS else None
    keys = (*outer, place) if place else outer
    yield element, keys
    for child in element:
        yield from _within(child, keys)
