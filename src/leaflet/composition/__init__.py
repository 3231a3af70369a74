"""Search for the arrangement of a leaflet's text over its panels, as pure functions over heights."""

from leaflet.composition.arrangement import Arrangement, Piece, Slot, Use, arrangements

__all__ = ["Arrangement", "Piece", "Slot", "Use", "arrangements"]
