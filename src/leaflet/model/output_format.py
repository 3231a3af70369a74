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
