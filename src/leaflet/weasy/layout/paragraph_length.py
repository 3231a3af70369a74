"""Length of a paragraph, by which it is broken into lines as a whole or only as far as pages hold it."""

from __future__ import annotations

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.types import Box

from weasyprint.formatting_structure import boxes  # isort: skip

LONGEST = 10_000
"""The number of characters of the longest paragraph of which all lines are broken before the first is printed."""


def text_length(box: Box) -> int:
    """Return the number of characters of text in an inline box."""
    return sum(
        len(part.text)
        if isinstance(part, boxes.TextBox)
        else text_length(part)
        if isinstance(part, boxes.InlineBox)
        else 0
        for part in box.children
    )
