"""Pictures in formats that pages cannot show, as PNG: the first page of a PDF file, and AVIF on paper."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from leaflet.errors import Location, Problem, SourceError
from leaflet.files import picture_data, read_picture
from leaflet.model.document import Document, Image
from leaflet.model.picture import Picture, PictureKind
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
    if PictureKind.of_suffix(Path(image.path).suffix) not in {PictureKind.PDF, PictureKind.AVIF}:
        return image.path
    folder = (workspace.root / document.source).parent
    picture = read_picture(image.path, folder=folder, workspace=workspace, asked_at=image.location)
    return as_png(picture, workspace, asked_at=image.location)


def as_png(picture: Picture, workspace: Workspace, *, asked_at: Location | None) -> str:
    """Return the address of a picture as PNG.

    Raises:
        SourceError: the file cannot be drawn.
    """
    data = picture_data(picture, workspace)
    try:
        drawn = _page(data) if picture.kind is PictureKind.PDF else _converted(data)
    except Exception as error:
        message = f'the picture "{picture.path.name}" cannot be drawn: {str(error).splitlines()[0][:80]}'
        raise SourceError(Problem(message=message, location=asked_at, hint="save it as SVG or PNG")) from error
    return f"data:image/png;base64,{base64.b64encode(drawn).decode()}"


def _page(data: bytes) -> bytes:
    from pypdfium2 import PdfDocument

    with READING:
        document = PdfDocument(BytesIO(data))
        try:
            page = document[0]
            longer = max(page.get_size())
            picture = page.render(scale=min(DOTS_PER_INCH / 72, MOST_PIXELS / longer)).to_pil()
        finally:
            document.close()
    return _png(picture)


def _converted(data: bytes) -> bytes:
    from PIL import Image as Pictures

    with Pictures.open(BytesIO(data)) as picture:
        return _png(picture.convert("RGBA" if "A" in picture.getbands() else "RGB"))


def _png(picture: PilImage) -> bytes:
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
