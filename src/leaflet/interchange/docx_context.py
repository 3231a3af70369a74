"""Facts about a .docx file that all of its readers share."""

from __future__ import annotations

from lxml.etree import _Element
from msgspec import Struct, field

from leaflet.interchange.cited_items import CitedItems, ItemData
from leaflet.interchange.docx_formats import DocxStyles, ListCounter
from leaflet.interchange.import_log import ImportLog
from leaflet.interchange.imported_pictures import ImportedPictures
from leaflet.interchange.inner_parts import InnerParts
from leaflet.interchange.office_package import OfficePackage, Relationship
from leaflet.interchange.style_rules import StyleRules

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
EMU_PER_MM = 36_000


class DocxContext(Struct, kw_only=True):
    """One .docx file that is being read."""

    package: OfficePackage
    styles: DocxStyles
    counter: ListCounter
    rules: StyleRules
    pictures: ImportedPictures
    log: ImportLog = field(default_factory=ImportLog)
    items: CitedItems = field(default_factory=CitedItems)
    sources: dict[str, ItemData] = field(default_factory=dict)
    """The sources that Word itself manages, by their tags."""
    zotero_bookmarks: dict[str, str] = field(default_factory=dict)
    """Codes of Zotero's fields that are stored as bookmarks, by the bookmarks' names."""
    targets: frozenset[str] = frozenset()
    """The bookmarks to which something in the document leads."""
    notes: dict[tuple[str, str], _Element] = field(default_factory=dict)
    """Footnotes and endnotes, by kind and identifier."""
    remarks: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Authors and texts of comments, by identifier."""
    links: dict[str, dict[str, Relationship]] = field(default_factory=dict)
    """The relationships of each part, by the part's kind: document, footnotes, endnotes."""
    fields: dict[str, str] = field(default_factory=dict)
    """Merge fields by the names that they have in the source, with the words that they showed."""
    shows_changes: bool = False
    text_width: int = 160 * EMU_PER_MM
    """Of a line of the document, in EMU."""
    paragraphs: int = 0
    """Paragraphs that were read so far."""
    deleted: list[str] = field(default_factory=list)
    """Words of tracked deletions that were accepted."""
    changes: int = 0
    numbers_headings: bool = False
    inner: InnerParts = field(default_factory=InnerParts)


def element_text(element: _Element) -> str:
    """Return the words of a part of a document, those of its paragraphs apart."""
    parts: list[str] = []
    for node in element.iter():
        if node.tag in {f"{W}t", f"{A}t"}:
            parts.append(node.text or "")
        elif node.tag in {f"{W}p", f"{W}tab", f"{W}br", f"{W}cr", f"{A}p"}:
            parts.append(" ")
    return " ".join("".join(parts).split())
