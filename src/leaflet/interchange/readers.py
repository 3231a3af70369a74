"""Readers of documents, by the suffixes of their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leaflet.interchange.manuscript import Manuscript, ReadingOptions
from leaflet.interchange.read_docx import read_docx

READERS: Mapping[str, Callable[[bytes, ReadingOptions], Manuscript]] = {
    ".docx": read_docx,
    ".docm": read_docx,
    ".dotx": read_docx,
}
