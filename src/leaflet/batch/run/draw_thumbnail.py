"""Drawing of one thumbnail, which a worker does for the index page."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from leaflet.files import OverwritePolicy, read_file, write_together

NAME = re.compile(r"[0-9a-f]{20}\.webp")
"""The name of a thumbnail: the hash of the PDF that it shows, as no file of the user's is called."""
SIZE = 300
"""In pixels, of the longer side; shown smaller, for screens of high resolution."""


def draw(pdf: Path, folder: Path, name: str) -> None:
    """Write the first page of ``pdf`` as a small picture called ``name`` into ``folder``."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(read_file(pdf, inside=(pdf.parent,)))
    try:
        page = document[0]
        picture = page.render(scale=SIZE / max(page.get_size())).to_pil()
    finally:
        document.close()
    stream = BytesIO()
    picture.save(stream, "WEBP", quality=70, method=2)
    write_together(
        folder, {name: stream.getvalue()}, OverwritePolicy(is_own=lambda name, _: bool(NAME.fullmatch(name)))
    )
