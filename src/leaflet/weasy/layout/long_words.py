"""Division of words that are longer than any word of a language, such as a run of 30,000 underscores.

For each line that it takes from a word, WeasyPrint 70 shapes the whole rest of the word, looks for hyphens in all of it, and
tries them from the last to the first: a word of 30,000 letters takes many minutes. Here a line is taken from as much text as
several lines hold, and such a word is divided without hyphens.

Without it the time grows with the third power of a word's length.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import inf
from typing import TypeAlias

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import BoxStyle, LayoutContext

import weasyprint.layout.inline as inline  # isort: skip
import weasyprint.layout.preferred as preferred  # isort: skip

Split: TypeAlias = tuple[object, int, int | None, float, float, float]
"""A line: Pango's layout, bytes, the place where the text goes on, width, height and baseline."""
LONG = 200
"""Characters without a space: more than any word of a dictionary has. A long address on the web needs no hyphens."""
LONG_WORD = re.compile(rf"(?<!\S)\S{{{LONG}}}")
DENSITIES = (3, 8)
"""Characters by ems of a line's width: more than most lines hold, and more than any holds."""
LEAST = 8
"""And a piece of text for one line is never shorter than this."""


def long_words() -> tuple[Replacement, ...]:
    """Return the replacements that divide long words, in lines and where the width of a table's cell is measured."""
    return tuple(Replacement(owner=owner, name="split_first_line", make=_splitting) for owner in (inline, preferred))


def _splitting(plain: Callable[..., Split]) -> Callable[..., Split]:
    def split(
        text: str, style: BoxStyle, context: LayoutContext, width: float | None, *rest: object, **named: object
    ) -> Split:
        if len(text) < LONG or width is None or width == inf:
            return plain(text, style, context, width, *rest, **named)
        pieces = [LEAST + int(density * width / style["font_size"]) for density in DENSITIES]
        if not LONG_WORD.search(text, 0, pieces[0] + LONG):
            return plain(text, style, context, width, *rest, **named)
        undivided = style.copy()
        undivided["hyphens"] = "manual"
        for length in pieces:
            found = plain(text[:length], undivided, context, width, *rest, **named)
            _, _, resume_at, *_ = found
            if resume_at is not None:
                return found
        return plain(text, undivided, context, width, *rest, **named)

    return split
