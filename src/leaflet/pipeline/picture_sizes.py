"""Widths of pictures that no panel of the layout has."""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.errors import Problem, Severity
from leaflet.model.document import Document, Image
from leaflet.model.fold import POINT, Millimetres
from leaflet.model.layout import Layout
from leaflet.model.walk import all_nodes

UNITS: dict[str, Millimetres] = {
    "mm": 1.0, "cm": 10.0, "in": 25.4, "pt": POINT, "pc": 12 * POINT, "px": 25.4 / 96,
}  # fmt: skip
TOLERANCE: Millimetres = 0.5


def impossible_widths(document: Document, layout: Layout) -> Iterator[Problem]:
    """Yield a warning for each picture that is to be wider than the text of the widest panel."""
    widest = max(panel.text_width for panel in layout.panels)
    for node in all_nodes(document):
        if not isinstance(node, Image):
            continue
        given = node.attributes.get("width") or ""
        width = in_millimetres(given)
        if width is not None and width > widest + TOLERANCE:
            yield Problem(
                message=f"a picture of {given} is wider than the {widest:.0f} mm of text that a panel has",
                location=node.location,
                hint="it is printed as wide as its column; leave the width out, or use .full-bleed for the whole panel",
                severity=Severity.WARNING,
            )


def in_millimetres(length: str) -> Millimetres | None:
    """Return a CSS length in millimetres, or None where it depends on something else.

    >>> in_millimetres("2.5cm"), in_millimetres("60%")
    (25.0, None)
    """
    number, unit = length[:-2], length[-2:]
    try:
        return float(number) * UNITS[unit]
    except (KeyError, ValueError):
        return None
