"""Font subsets, and what else is made of fonts, in the user's cache folder, so that a later process need not make it again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from leaflet.files import UserCache

FOLDER = "font-subsets"
MOST_FILES = 300
"""A leaflet has eight to sixteen."""
LARGEST = 16_000_000
"""In bytes; a subset of a Chinese font may have several hundred thousand."""


class Subset(Struct, frozen=True, kw_only=True):
    """A font file with the glyphs in use, and the names of its tables as WeasyPrint has them afterwards."""

    content: bytes
    tables: tuple[str, ...]


class SubsetStore:
    """Subsets by name below the user's cache folder; without a folder nothing is stored."""

    def __init__(self, folder: Path | None) -> None:
        below = folder / FOLDER if folder else None
        self._files = UserCache(below, suffix=".font", most_files=MOST_FILES, largest=LARGEST)

    def get(self, name: str) -> Subset | None:
        """Return the subset of ``name``, if it is there and unharmed."""
        data = self._files.get(name)
        if data is None:
            return None
        tables, _, content = data.partition(b"\n")
        return Subset(content=content, tables=tuple(map(str, json.loads(tables))))

    def content(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return the content called ``name``, which ``make`` makes where it is not stored."""
        known = self._files.get(name)
        if known is None:
            known = make()
            self._files.put(name, known)
        return known

    def put(self, name: str, subset: Subset) -> None:
        """Store ``subset``, if it can be."""
        self._files.put(name, json.dumps(subset.tables).encode() + b"\n" + subset.content)
