"""The motifs that covers and bands of art are drawn from."""

from __future__ import annotations

from enum import StrEnum


class Motif(StrEnum):
    """The subject of a drawing."""

    FIBRE = "fibre"
    RINGS = "rings"
    THREAD = "thread"
    WAVES = "waves"
    HILLS = "hills"
    CONTOURS = "contours"
    RAYS = "rays"
    ARCHES = "arches"
    PETALS = "petals"
    TILES = "tiles"
    LEAVES = "leaves"
