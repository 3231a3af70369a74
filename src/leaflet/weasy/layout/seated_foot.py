"""Seating of what closes a leaflet at the foot of its last page.

Pages that repeat end where their text ends. What closes the leaflet is moved down by what is free below
it, and the page's running foot, which it covers, is taken off. That happens
before backgrounds and links are placed, so that nothing need be laid out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Anything, Box

import weasyprint.layout as layout  # isort: skip
from weasyprint.formatting_structure import boxes  # isort: skip

SEAT = "seat"
"""The class of the element that is to be at the foot of its page."""
PLATE = "endplate"
"""The class of the part of it that moves alone where the element begins on an earlier page, or its page."""
APART = 1.0
"""In CSS pixels: less is not worth a move."""


def seated_foot() -> Replacement:
    """Return the replacement that seats what closes a leaflet before the backgrounds of its page are placed."""
    return Replacement(owner=layout, name="layout_backgrounds", make=_after_seating)


def _after_seating(place_backgrounds: Callable[..., None]) -> Callable[..., None]:
    def place(page: Box, get_image_from_uri: Callable[..., Anything]) -> None:
        seat_foot(page)
        place_backgrounds(page, get_image_from_uri)

    return place


def seat_foot(page: Box) -> None:
    """Move what closes the leaflet to the foot of ``page``, if it ends there."""
    seat = next(_with_class(page, SEAT), None)
    plate = next(_with_class(page, PLATE), None) if seat is not None else None
    if seat is None or plate is None:
        return
    notes = [child for child in page.children if isinstance(child, boxes.FootnoteAreaBox)]
    foot = page.content_box_y() + page.height
    end = min([foot, *(area.position_y for area in notes)])
    free = end - (plate.border_box_y() + plate.border_height())
    if free > APART:
        begins_above = seat.border_box_y() <= page.content_box_y() + APART
        (plate if begins_above else seat).translate(dy=free)
    if free >= -APART:
        # Footnotes belong to the text: they go above the plate, whose ground reaches to the edge of the paper.
        for area in notes:
            apart = (plate.border_box_y() - plate.position_y + area.content_box_y() - area.position_y) / 2
            area.translate(dy=-plate.border_height() - apart)
        plate.translate(dy=foot - end)
        page.children = tuple(child for child in page.children if type(child).__name__ != "MarginBox")


def _with_class(box: Box, name: str) -> Iterator[Box]:
    for child in getattr(box, "children", ()):
        inner = getattr(child, "_box", child)
        if (
            inner.element is not None
            and name in inner.element.get("class", "").split()
            and "::" not in str(inner.element_tag)
        ):
            yield inner
        else:
            yield from _with_class(inner, name)
