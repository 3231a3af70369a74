"""Names of bookmarks by which a document for review finds its way back to the lines of its source."""

from __future__ import annotations

import re

NAME = re.compile(r"leaflet_(?P<first>\d+)_(?P<last>\d+)_\d+")
SOURCE_PROPERTY = "leaflet-source"
DIGEST_PROPERTY = "leaflet-digest"
"""The properties of a document for review that name its source, and the SHA-256 of the source as it was exported."""


def bookmark_name(first: int, last: int, number: int) -> str:
    """Return the name of the bookmark of a block in the lines ``first`` to ``last``; ``number`` tells it from others."""
    return f"leaflet_{first}_{last}_{number}"


def lines_of(name: str) -> tuple[int, int] | None:
    """Return the first and the last line that the name of a bookmark means; None where it is another's.

    >>> lines_of(bookmark_name(12, 14, 3))
    (12, 14)
    """
    found = NAME.fullmatch(name)
    return (int(found["first"]), int(found["last"])) if found else None
