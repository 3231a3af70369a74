"""Painting in the order in which the text is read, as the tags have it, instead of in CSS's layers.

CSS paints everything positioned after everything that is not, list markers among it, so a page's content would be in
another order than its tags; some programs read the one and some the other (ISO 14289-1, 7.1). Where every block is
positioned, and a marker comes first in its item, both orders are one, and the page looks the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.types import Box, Page, Value

from weasyprint.formatting_structure import boxes  # isort: skip


def paint_in_reading_order(pages: Iterable[Page]) -> None:
    """Change the boxes of ``pages``, which are laid out, so that each block is painted where it is read."""
    for page in pages:
        _order_notes(page._page_box)
        for child in page._page_box.children:
            _order(child, None)


def order_block(block: Box) -> None:
    """Change a block that is laid out by itself as it would be changed on its page."""
    _order(block, None)


def _order_notes(page: Box) -> None:
    """Order footnotes; WeasyPrint lays out absolutely positioned blocks last and puts their notes below all others."""
    root, *others = page.children
    for area in others:
        if not isinstance(area, boxes.FootnoteAreaBox) or len(area.children) < 2:
            continue
        places = {id(element): place for place, element in enumerate(root.element.iter())}
        ordered = sorted(area.children, key=lambda note: places.get(id(note.element), 0))
        top = min(note.position_y for note in area.children)
        for note in ordered:
            note.translate(dy=top - note.position_y)
            top += note.margin_height()
        area.children = tuple(ordered)


def _order(box: Box, block: Box | None) -> None:
    """Order ``box`` and what is in it; ``block`` is the nearest block around it."""
    box = getattr(box, "_box", box)
    if getattr(box, "is_outside_marker", False):
        assert block is not None
        _restyle(box, z_index=-1)  # before the item's own text, and inside the item
        _restyle(block, z_index=0)
    elif isinstance(box, boxes.BlockBox):
        block = box
        if box.style["position"] == "static" and not box.is_floated():
            _restyle(box, position="relative")
    for child in getattr(box, "children", ()):
        _order(child, block)


def _restyle(box: Box, **values: Value) -> None:
    """Change the style of one box; anonymous blocks share theirs with the lines inside them."""
    box.style = box.style.copy()
    box.style.update(values)
