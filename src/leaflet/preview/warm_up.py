"""Warm-up of a build process while nobody waits: what it lays out now, the next save finds in its caches."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leaflet.preview.build_request import Place

PLAIN_LINE = re.compile(r"(?P<word>[^\W\d_]+) [\w ,.;()’'-]{20,}")
"""A line of a paragraph in which nothing but words and marks between them is written."""


def with_other_words(text: str, places: Iterable[Place]) -> str:
    """Return ``text`` with one word twice on each page.

    A leaflet that is like the next save in this: most of its blocks were laid out before, and each page has one that was not.
    """
    lines = text.split("\n")
    done: set[int] = set()
    for place in places:
        found = PLAIN_LINE.fullmatch(lines[place.line - 1]) if place.line <= len(lines) else None
        if found and place.page not in done and place.line == place.block:
            done.add(place.page)
            lines[place.line - 1] = f"{found['word']} {lines[place.line - 1]}"
    return "\n".join(lines)
