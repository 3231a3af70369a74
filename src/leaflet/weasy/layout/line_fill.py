"""Lines that are filled to their end, where WeasyPrint would leave a first word alone.

Text before a word in another face ends with a space. WeasyPrint 70 counts that space when it asks whether the text fits,
Pango does not: where only the space is too much, WeasyPrint takes the line for one that cannot be divided, and ends it
after its first word. Such a line is divided again, before its last word.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from leaflet.weasy.engine import weasyprint  # noqa: F401  (fontconfig is set before WeasyPrint's parts are loaded)
from leaflet.weasy.patch import replaced

import weasyprint.layout.inline as inline  # isort: skip

LESS = 0.01
"""Pixels by which a line is made narrower than its text, so that its last word goes to the next."""


def filled_lines() -> AbstractContextManager[None]:
    """While inside, WeasyPrint fills each line."""
    return replaced(inline, "split_first_line", _filling)


def _filling(plain: Callable[..., Any]) -> Callable[..., Any]:
    def split(text: str, style: Any, context: Any, width: float | None, *rest: Any, **named: Any) -> Any:
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
