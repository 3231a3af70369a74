"""Pictures in formats that pages cannot show, as PNG: the first page of a PDF file, and AVIF on paper."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from leaflet.errors import Location, Problem, SourceError
from leaflet.model.document import Document, Image
from leaflet.model.workspace import Workspace

if TYPE_CHECKING:
    from PIL.Image import Image as PilImage

DOTS_PER_INCH = 300
MOST_PIXELS = 6000
"""The longer side of a page that is drawn; a larger one is drawn with fewer dots."""
READING = Lock()
"""PDFium reads one file at a time."""


def address_on_paper(image: Image, document: Document, workspace: Workspace) -> str:
    """Return the address of a picture on paper: its path, or the picture itself where its format cannot be set."""
    if not image.path.lower().endswith((".pdf", ".avif")):
        return image.path
    folder = (workspace.root / document.source).parent
    return as_png(workspace.resolve(image.path, beside=folder, asked_at=image.location), asked_at=image.location)


def as_png(file: Path, *, asked_at: Location | None) -> str:
    """Return the address of a picture as PNG.

    Raises:
        SourceError: the file cannot be read.
    """
    try:
        data = _page(file) if file.suffix.lower() == ".pdf" else _converted(file)
    except Exception as error:
        message = f'the picture "{file.name}" cannot be drawn: {str(error).splitlines()[0][:80]}'
        raise SourceError(Problem(message=message, location=asked_at, hint="save it as SVG or PNG")) from error
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


def _page(file: Path) -> bytes:
    from pypdfium2 import PdfDocument

    with READING:
        document = PdfDocument(file)
        try:
            page = document[0]
            longer = max(page.get_size())
            picture = page.render(scale=min(DOTS_PER_INCH / 72, MOST_PIXELS / longer)).to_pil()
        finally:
            document.close()
    return _png(picture)


def _converted(file: Path) -> bytes:
    from PIL import Image as Pictures

    with Pictures.open(file) as picture:
        return _png(picture.convert("RGBA" if "A" in picture.getbands() else "RGB"))


def _png(picture: PilImage) -> bytes:
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
