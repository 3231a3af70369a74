"""Readers of documents, by the suffixes of their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leaflet.interchange.manuscript import Manuscript, ReadingOptions
from leaflet.interchange.office_conversion import read_by_office
from leaflet.interchange.read_docx import read_docx
from leaflet.interchange.read_html import read_html
from leaflet.interchange.read_odt import read_odt

READERS: Mapping[str, Callable[[bytes, ReadingOptions], Manuscript]] = {
    ".docx": read_docx,
    ".docm": read_docx,
    ".dotx": read_docx,
    ".odt": read_odt,
    ".rtf": read_by_office,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
}
