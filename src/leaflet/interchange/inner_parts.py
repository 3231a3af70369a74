"""Bounds of cells, notes and text boxes within each other: a document may refer from a note to the note itself."""

from __future__ import annotations

from msgspec import Struct

from leaflet.interchange.office_package import refused

DEEPEST = 40
"""Levels; a source holds no more, and nobody writes ten."""
MOST = 200_000
"""Parts in all, each as often as something refers to it."""


class InnerParts(Struct):
    """Count of the parts that are being read and that were read."""

    depth: int = 0
    count: int = 0

    def begin(self, document: str) -> None:
        """Note the beginning of a part.

        Raises:
            SourceError: there are too many within each other.
        """
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST or self.count > MOST:
            what = "nested too deeply" if self.depth > DEEPEST else f"more than {MOST:,}"
            raise refused(document, f"notes, cells and text boxes of this document are {what}")

    def end(self) -> None:
        """Note the end of the innermost part."""
        self.depth -= 1
