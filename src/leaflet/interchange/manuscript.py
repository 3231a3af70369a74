"""A document of another program, read: its blocks, what it says of itself, and the sources that it cites."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from leaflet.interchange.cited_items import CitedItems
from leaflet.interchange.gathered_blocks import FrontMatterLine
from leaflet.interchange.import_log import ImportLog
from leaflet.interchange.imported_content import ImportedBlock
from leaflet.interchange.imported_pictures import ImportedPictures
from leaflet.interchange.style_rules import StyleRules


class DocumentFacts(Struct, frozen=True, kw_only=True):
    """The properties of a document, as its program stores them; empty where it says nothing."""

    title: str = ""
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    abstract: str = ""
    language: str = ""
    modified: str = ""
    """The day of the last change, year first."""
    citation_style: str = ""
    """The name of the CSL style that the program for references used."""


class Manuscript(Struct, frozen=True, kw_only=True):
    """A document that was read."""

    blocks: tuple[ImportedBlock, ...]
    log: ImportLog
    pictures: ImportedPictures
    items: CitedItems = field(default_factory=CitedItems)
    front: tuple[FrontMatterLine, ...] = ()
    """Paragraphs that belong into the front matter, by their styles."""
    facts: DocumentFacts = DocumentFacts()
    fields: Mapping[str, str] = field(default_factory=dict)
    """Merge fields with the words that they showed."""
    numbers_headings: bool = False
    places: frozenset[str] = frozenset()
    """The bookmarks to which something leads."""


class ReadingOptions(Struct, frozen=True, kw_only=True):
    """Choices for the reading of a document."""

    name: str
    """The file, as messages call it."""
    rules: StyleRules
    pictures: ImportedPictures
    folder: Path | None = None
    """The folder of the document, for pictures that a web page names; None where it has none."""
    shows_changes: bool = False
    """True where tracked changes stay as CriticMarkup, false where they are accepted."""
