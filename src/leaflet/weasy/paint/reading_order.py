"""Paint in the order in which the text is read, as the tags say it, instead of in CSS's layers.

CSS paints all that is positioned after all that is not, list markers among it, so a page's content would come in
another order than its tags; some programs read the one and some the other (ISO 14289-1, 7.1). Where every block is
positioned, and a marker comes first in its item, both orders are one, and the page looks the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from leaflet.weasy.engine import weasyprint  # noqa: F401  (fontconfig is set before WeasyPrint's parts are loaded)

from weasyprint.formatting_structure import boxes  # isort: skip


def paint_in_reading_order(pages: Iterable[Any]) -> None:
    """Change the boxes of ``pages``, which are laid out, so that each block is painted where it is read."""
    for page in pages:
        _put_notes_in_order(page._page_box)
        for child in page._page_box.children:
            _put_in_order(child, None)


def _put_notes_in_order(page: Any) -> None:
    """WeasyPrint lays out what is placed absolutely last, and puts the notes in it below those of the text after it."""
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


def _put_in_order(box: Any, block: Any) -> None:
    """``block`` is the nearest block around ``box``."""
    box = getattr(box, "_box", box)
    if getattr(box, "is_outside_marker", False):
        _restyle(box, z_index=-1)  # before the item's own text, and inside the item
        _restyle(block, z_index=0)
    elif isinstance(box, boxes.BlockBox):
        block = box
        if box.style["position"] == "static" and not box.is_floated():
            _restyle(box, position="relative")
    for child in getattr(box, "children", ()):
        _put_in_order(child, block)


def _restyle(box: Any, **values: object) -> None:
    """Change the style of one box; nameless blocks share theirs with the lines inside them."""
    box.style = box.style.copy()
    box.style.update(values)
