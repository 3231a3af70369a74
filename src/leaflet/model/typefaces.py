"""The typefaces that come with leaflet, and those that a workspace has of its own."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

FACES: Mapping[str, float] = {"Source Sans 3": 0.41, "Source Serif 4": 0.44, "Atkinson Hyperlegible": 0.45}
"""The families, and the mean width of a character of running English text in each, in ems."""


class FontFile(Struct, frozen=True, kw_only=True):
    """One font file of a workspace."""

    path: str
    """From the root of the workspace, with forward slashes."""
    italic: bool
    weight: int
    """From 100 to 900."""
    variable: bool
    """True where it holds all weights."""


class OwnTypeface(Struct, frozen=True, kw_only=True):
    """A family of fonts in the folder ``fonts`` of a workspace."""

    family: str
    files: tuple[FontFile, ...]
    character: float
    """Mean width of a character of running English text, in ems."""
    characters: frozenset[int]
    """The characters that every one of its files has, by their numbers in Unicode."""
