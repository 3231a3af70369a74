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


def css_name(family: str) -> str:
    """Return the name of a family as a CSS string: all but plain letters, digits and spaces by their numbers."""
    plain = (char if char.isascii() and (char.isalnum() or char in " -") else f"\\{ord(char):06x} " for char in family)
    return '"' + "".join(plain) + '"'


class EmbeddedFont(Struct, frozen=True, kw_only=True):
    """One face of a family for a page or a book, as a WOFF2 file that has only the characters of the text."""

    family: str
    italic: bool
    weight: str
    """The value of ``font-weight``: one number, or two for a variable font."""
    data: bytes

    def rule(self, address: str) -> str:
        """Return the ``@font-face`` rule of the face, whose file is at ``address``."""
        style = "italic" if self.italic else "normal"
        return (
            f"@font-face{{font-family:{css_name(self.family)};font-style:{style};font-weight:{self.weight};"
            f'font-display:swap;src:url("{address}") format("woff2")}}'
        )
