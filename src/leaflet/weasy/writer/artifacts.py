"""Boxes that are no content (running heads, page numbers, ornaments), which a tagged PDF marks as artifacts (ISO 14289-1, 7.1)."""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.weasy.types import Box

SVG = "{http://www.w3.org/2000/svg}svg"
SVG_TITLE = "{http://www.w3.org/2000/svg}title"


def artifacts(page: Box) -> Iterator[Box]:
    """Yield the boxes of ``page`` that are drawn as artifacts."""
    for box in page.descendants(placeholders=True):
        box = getattr(box, "_box", box)
        if is_artifact(box):
            yield from parts_of(box)


def is_artifact(box: Box) -> bool:
    """Return whether ``box`` is in a page's margin, or is decoration."""
    return type(box).__name__ == "MarginBox" or is_decoration(box)


def parts_of(box: Box) -> Iterator[Box]:
    """Yield ``box`` and the boxes inside it."""
    parts = box.descendants(placeholders=True) if hasattr(box, "descendants") else (box,)
    return (getattr(part, "_box", part) for part in parts)


def is_decoration(box: Box) -> bool:
    """Return whether a box is hidden, or an image that says nothing: without a title or with an empty alternative."""
    element = box.element
    if element is None:
        return False
    if element.get("aria-hidden") == "true":
        return True
    if not hasattr(box, "replacement"):
        return False
    if element.tag == SVG:
        title = element.find(SVG_TITLE)
        return title is None or not (title.text or "").strip()
    return bool(element.get("alt") == "")
