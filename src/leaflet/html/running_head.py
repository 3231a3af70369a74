"""The names of sections as running heads."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from markupsafe import Markup

from leaflet.model.document import Inline
from leaflet.model.walk import plain_text

LONGEST_HEAD = 44
"""In characters: longer headings are cut where they are running heads."""


def running_head(heading: Sequence[Inline]) -> Markup:
    """Return the attribute by which a section gives its name to the heads of its pages."""
    return Markup(' data-running="{}"').format(shorten(plain_text(heading), LONGEST_HEAD, placeholder="…"))
