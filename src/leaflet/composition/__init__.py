"""Search for the arrangement of a leaflet's text over its panels, as pure functions over heights."""

from leaflet.composition.arrangement import Arrangement, Piece, Slot, Start, Use, arrangements
from leaflet.composition.costs import (
    BARE,
    GROWN,
    LONE,
    MOST_UNEVEN,
    PAGE,
    SHRUNK,
    SPACIOUS,
    WHITE,
    emptiness,
    fullness,
    unevenness,
)
from leaflet.composition.fresh_pages import fresh_starts

__all__ = [
    "BARE",
    "GROWN",
    "LONE",
    "MOST_UNEVEN",
    "PAGE",
    "SHRUNK",
    "SPACIOUS",
    "WHITE",
    "Arrangement",
    "Piece",
    "Slot",
    "Start",
    "Use",
    "arrangements",
    "emptiness",
    "fresh_starts",
    "fullness",
    "unevenness",
]
