"""Settings of a workspace for formats other than paper, and for the hosts that commands may ask."""

from __future__ import annotations

from msgspec import Struct

CELLS, LINES = 40, 25
"""A braille page of the usual size, in cells and lines (BANA, Braille Formats 2016)."""


class BrailleSettings(Struct, frozen=True, kw_only=True):
    """The braille code and the size of a page."""

    table: str | None = None
    """The name of a table of liblouis; None for the one that belongs to the language."""
    cells: int = CELLS
    lines: int = LINES


class FormatSettings(Struct, frozen=True, kw_only=True):
    """Settings of a workspace for single formats."""

    web_fonts: bool = True
    """True where the web page has the leaflet's own fonts inside."""
    epub_fonts: bool = True
    """True where an EPUB has the fonts of the workspace inside."""
    email_pictures: str | None = None
    """The address of a folder on a web server from which e-mails show their pictures."""
    braille: BrailleSettings = BrailleSettings()
