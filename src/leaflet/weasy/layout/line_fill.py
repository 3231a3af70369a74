"""Filling of lines that WeasyPrint would end after their first word.

Text before a word in another face ends with a space. WeasyPrint 70 counts that space when it asks whether the text fits,
Pango does not. Where only the space is too wide, WeasyPrint takes the line for one that cannot be divided and ends it
after its first word. Such a line is divided once more, before its last word. See docs/upstream/line-filling.md.

A feature of quality: without it, some lines hold one word.
"""

from __future__ import annotations

from collections.abc import Callable

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Anything, BoxStyle, LayoutContext

import weasyprint.layout.inline as inline  # isort: skip

LESS = 0.01
"""Pixels by which a line is made narrower than its text, so that its last word goes to the next."""


def line_fill() -> Replacement:
    """Return the replacement that fills each line."""
    return Replacement(owner=inline, name="split_first_line", make=_filling)


def _filling(plain: Callable[..., Anything]) -> Callable[..., Anything]:
    def split(
        text: str, style: BoxStyle, context: LayoutContext, width: float | None, *rest: Anything, **named: Anything
    ) -> Anything:
        found = plain(text, style, context, width, *rest, **named)
        _, length, resume_at, *_ = found
        if (
            width is None
            or resume_at is None
            or not text.endswith(" ")
            or " " in text.encode()[:length].decode().strip()
        ):
            return found
        _, _, _, whole, *_ = plain(text.rstrip(" "), style, context, None, *rest, **named)
        return plain(text, style, context, whole - LESS, *rest, **named) if whole <= width else found

    return split
