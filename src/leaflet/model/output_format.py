"""The kinds of files that a leaflet can become."""

from __future__ import annotations

from enum import StrEnum


class OutputFormat(StrEnum):
    """A kind of output file, by the name that users give."""

    SHEET = "sheet"
    """The PDF of the imposed sheets, for the printer."""
    PDF = "pdf"
    """The PDF of the panels in reading order, for the screen."""
    HTML = "html"
    BIB = "bib"
    RIS = "ris"
    CSL_JSON = "csl-json"
    TEXT = "text"
    """Plain text, for reading aloud."""
    EPUB = "epub"
    FRAGMENT = "fragment"
    """HTML without a head, for a content management system."""
    EMAIL = "email"
    BRAILLE = "braille"


ORDINARY_FORMATS = (
    OutputFormat.SHEET,
    OutputFormat.PDF,
    OutputFormat.HTML,
    OutputFormat.BIB,
    OutputFormat.RIS,
    OutputFormat.CSL_JSON,
)
"""The formats that are made where none are named."""
SUFFIXES = {
    OutputFormat.SHEET: "-sheet.pdf",
    OutputFormat.PDF: ".pdf",
    OutputFormat.HTML: ".html",
    OutputFormat.BIB: ".bib",
    OutputFormat.RIS: ".ris",
    OutputFormat.CSL_JSON: ".csl.json",
    OutputFormat.TEXT: ".txt",
    OutputFormat.EPUB: ".epub",
    OutputFormat.FRAGMENT: ".fragment.html",
    OutputFormat.EMAIL: ".email.html",
    OutputFormat.BRAILLE: ".brf",
}
"""The endings of the files' names."""
