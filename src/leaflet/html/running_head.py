"""The names of sections as running heads."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from markupsafe import Markup

from leaflet.model.document import Inline
from leaflet.model.fold import POINT, Millimetres
from leaflet.model.walk import plain_text

LONGEST_HEAD = 44
"""In characters: longer headings are cut where they are running heads."""
LETTER = 0.66
"""The mean width of a capital in a running head, in ems, with the space behind it."""


def head_letters(width: Millimetres, points: float) -> int:
    """Return how many letters of ``points`` a running head has space for."""
    return min(LONGEST_HEAD, int(width / (points * POINT * LETTER)))


def head_text(text: str, letters: int) -> str:
    """Return a text as a running head of so many letters at most."""
    return shorten(text, letters, placeholder="…")


def running_title(title: str) -> Markup:
    """Return the attribute by which a part gives the leaflet's title to the heads of left pages."""
    return Markup(' data-title="{}"').format(title)


def running_head(heading: Sequence[Inline], title: str, letters: int) -> Markup:
    """Return the attributes by which a section gives the title and its name to the heads of its pages."""
    return Markup('{} data-running="{}"').format(running_title(title), head_text(plain_text(heading), letters))
