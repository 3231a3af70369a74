"""Documents of other programs: word processors and web pages in, Word out for review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leaflet.interchange.import_document import ImportOptions, ImportResult, import_document
from leaflet.interchange.import_log import ImportNotice
from leaflet.interchange.review_document import ReviewedDocument, read_reviewed
from leaflet.interchange.review_patch import Review, ReviewNote, review_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from leaflet.interchange.write_docx import ExportedDocument
    from leaflet.model.citation import Citations
    from leaflet.model.document import Document, Image

__all__ = [
    "ImportNotice",
    "ImportOptions",
    "ImportResult",
    "Review",
    "ReviewNote",
    "ReviewedDocument",
    "export_docx",
    "import_document",
    "read_reviewed",
    "review_of",
]


def export_docx(
    document: Document,
    citations: Citations,
    *,
    source: bytes,
    picture_data: Callable[[Image], bytes | None],
    day: datetime.date,
) -> ExportedDocument:
    """Return a leaflet as a Word document; ``source`` is the content of its file, ``picture_data`` reads its pictures."""
    from leaflet.interchange import write_docx

    return write_docx.export_docx(document, citations, source=source, picture_data=picture_data, day=day)
