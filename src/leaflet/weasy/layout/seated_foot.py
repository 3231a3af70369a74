"""Seating of what closes a leaflet at the foot of its last page.

Pages that repeat end where their text ends. What closes the leaflet is moved down after layout, by what is free below
it, and the page's running foot, which it covers, is taken off. Nothing need be laid out again for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leaflet.weasy.types import Box, Page

SEAT = "seat"
"""The class of the element that is to be at the foot of its page."""
PLATE = "endplate"
"""The class of the part of it that moves alone where the element begins on an earlier page, or its page."""
APART = 1.0
"""In CSS pixels: less is not worth a move."""


def seat_feet(pages: Sequence[Page]) -> None:
    """Move what closes the leaflet to the foot of the last of ``pages``."""
    if not pages:
        return
    page = pages[-1]._page_box
    seat = next(_with_class(page, SEAT), None)
    plate = next(_with_class(page, PLATE), None)
    if seat is None or plate is None:
        return
    bottom = page.content_box_y() + page.height
    free = bottom - (plate.border_box_y() + plate.border_height())
    if free < 0:
        return
    moved = plate if seat.border_box_y() <= page.content_box_y() + APART else seat
    if free > APART:
        moved.translate(dy=free)
    page.children = [child for child in page.children if type(child).__name__ != "MarginBox"]


def _with_class(box: Box, name: str) -> Iterator[Box]:
    for child in getattr(box, "children", ()):
        inner = getattr(child, "_box", child)
        if inner.element is not None and name in inner.element.get("class", "").split() and "::" not in str(inner.element_tag):
            yield inner
        else:
            yield from _with_class(inner, name)
