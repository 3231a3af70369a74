"""Heights of a text's blocks as they were laid out, and of what panels hold beside the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from leaflet.model.fold import Millimetres
from leaflet.panels.source_map import MADE, TEXT
from leaflet.weasy import PageMeasure

BLOCKS = frozenset({"section", "p", "ul", "ol", "dl", "table", "figure", "aside", "blockquote", "pre", "div"})

MOVED = "moved"
"""The class of the sections that another panel took from the text's own."""
PARTS = frozenset({"author", "refs", "reading", "related", "cite", "endplate", "event", "glance", "notes"})
"""The classes of what panels hold beside the text."""
PLATE = "part endplate"
AXES = {"part refs": 0.0, "part reading": 0.0, "part related": 0.0, "part cite": 0.0, PLATE: 0.6}
"""The power of the scale with which a part's height grows. Text takes place on two axes; fine print is never set smaller."""


def measured_heights(root: Element, pages: Sequence[PageMeasure], scale: float) -> Mapping[str, Millimetres]:
    """Return for each block with a place the height of its ink at scale 1, summed over the pages it is on.

    Parts such as the references have their class as place, "part refs", and the rest of a panel, which is neither such a
    part nor text that came to it, has the panel's name: "panel back".
    """
    places = {id(element): keys for element, keys in _within(root, ())}
    parents = {child: element for element in root.iter() for child in element}
    heights: dict[str, Millimetres] = {}
    for page in pages:
        spans: dict[str, tuple[Millimetres, Millimetres]] = {}
        for piece in page.pieces:
            for key in places.get(id(piece.element), ()):
                top, bottom = spans.get(key, (piece.area.top, piece.area.bottom))
                spans[key] = min(top, piece.area.top), max(bottom, piece.area.bottom)
        if page.foot is not None and PLATE in spans:
            spans[PLATE] = page.foot.top, page.foot.bottom
        for key, (top, bottom) in spans.items():
            heights[key] = heights.get(key, 0.0) + (bottom - top) / scale ** AXES.get(key, 2.0)
        parts = sum(
            bottom - top + _space_above(page, top) for key, (top, bottom) in spans.items() if key.startswith("part ")
        )
        rest = f"panel {page.kind}"
        heights[rest] = heights.get(rest, 0.0) + (page.used - _moved(page, parents) - parts) / scale
    return heights


def _space_above(page: PageMeasure, top: Millimetres) -> Millimetres:
    """Return the space between a part that begins at ``top`` and what is before it; none at the head, nor at the foot."""
    if page.foot is not None and top >= page.foot.top:
        return 0.0
    ends = [piece.area.bottom for piece in page.pieces if not piece.positioned and piece.area.bottom <= top]
    return top - max(ends) if ends else 0.0


def _moved(page: PageMeasure, parents: Mapping[Element, Element]) -> Millimetres:
    """Return the height on a page of the text's sections that came from its own panels."""
    areas = [piece.area for piece in page.pieces if not piece.positioned and _is_moved(piece.element, parents)]
    return max((area.bottom for area in areas), default=0.0) - min((area.top for area in areas), default=0.0)


def _is_moved(element: Element | None, parents: Mapping[Element, Element]) -> bool:
    while element is not None:
        if element.tag == "div" and element.get("class") == MOVED:
            return True
        element = parents.get(element)
    return False


def _within(element: Element, outer: tuple[str, ...]) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Yield each element with the places of the blocks that it is part of."""
    place = (element.get(TEXT) or element.get(MADE)) if element.tag in BLOCKS else None
    keys = (*outer, place) if place else outer
    keys = (*keys, *(f"part {name}" for name in sorted(PARTS & set(element.get("class", "").split()))))
    yield element, keys
    for child in element:
        yield from _within(child, keys)
