"""The laid-out panels as rules see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from leaflet.errors import Location
from leaflet.model.layout import Layout
from leaflet.panels import SourceMap
from leaflet.weasy import PageMeasure, PagePiece, PlacedImage

POINTS_PER_MM = 72 / 25.4
LINE: float = 0.8
"""Text whose top differs by less millimetres is one line."""


class PanelSubject(Struct, frozen=True, kw_only=True, eq=False, dict=True):
    """The panels of one leaflet, measured."""

    layout: Layout
    pages: tuple[PageMeasure, ...]
    labels: tuple[str, ...]
    """The name of each page's panel."""
    source_map: SourceMap
    images: tuple[PlacedImage, ...]
    pdf: bytes
    """The panels as a PDF."""
    addresses: Mapping[str, Location | None]
    """The addresses that the leaflet prints as QR codes, with the places of their keys."""

    def named(self) -> Iterator[tuple[str, PageMeasure]]:
        """Yield each page with the name of its panel."""
        return zip(self.labels, self.pages, strict=False)

    def at(self, piece: PagePiece) -> Location | None:
        """Return the place of a piece in the source."""
        return self.source_map.location(piece.element, piece.text)


def points(piece: PagePiece) -> float:
    """Return the size of type of a piece of text."""
    return (piece.area.bottom - piece.area.top) * POINTS_PER_MM
