"""Cover art: the area that the words of a cover leave free, and the picture that is made for it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from leaflet.model.fold import Millimetres


class ArtPlace(StrEnum):
    """The place of the art on a cover."""

    BELOW = "below"
    """Under the words, down to the edge of the panel or to what follows on it."""
    ABOVE = "above"
    """Over the words, which are at the foot."""
    BESIDE = "beside"
    """At the end of the lines, in the band of the words."""
    WHOLE = "whole"
    """Over the whole panel, under the words, which are at its foot."""


class FreeArea(Struct, frozen=True, kw_only=True):
    """A rectangle without words, with the bleed at those of its edges that lie on the panel's."""

    place: ArtPlace
    width: Millimetres
    height: Millimetres
    mirrored: bool = False
    """True where lines run from right to left, so that the space beside them is at their left."""


Focus: TypeAlias = tuple[float, float]
"""The point of a picture that must be seen, in shares of its width and height."""
MIDDLE: Focus = (0.5, 0.5)


class CoverArt(Struct, frozen=True, kw_only=True):
    """The picture of a cover, made once the free area is known."""

    key: str
    """The same for art that makes the same pictures."""
    place: ArtPlace
    most: float
    """The share of the panel's height that it takes where it has the choice."""
    picture: Callable[[FreeArea], str]
    """The address of a picture for an area, ``data:`` or relative to the source; empty where it is too small."""
    focus: Focus = MIDDLE
    """The point that stays in sight where the picture is cut, as near to the middle as it can be."""
    scrim: Callable[[FreeArea, float], str] | None = None
    """The address of what darkens a picture behind words that begin at a share of the height; None: nothing does."""
