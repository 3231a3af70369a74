"""Pictures of pages: drawn when a browser asks, once for each page that looks different."""

from __future__ import annotations

from collections import OrderedDict
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_PICTURES = 400
MOST_FILES = 60
"""PDF files whose pages may still be drawn: the last few versions of what is open."""
LARGEST_SCALE = 8.0
"""In pixels for a point."""
MOST_PIXELS = 40_000_000


class PagePictures(Struct):
    """Drawer of pages, which keeps the pictures and the files that were used last."""

    _files: OrderedDict[str, tuple[bytes, int, bool]] = field(default_factory=OrderedDict)
    _pictures: OrderedDict[tuple[str, float], bytes] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def load(self) -> None:
        """Import the libraries that draw, which takes a moment, before the first picture is wanted."""
        import pypdfium2  # noqa: F401
        from PIL import PngImagePlugin  # noqa: F401

    def add(self, keys: Iterable[str], pdf: bytes, *, is_trimmed: bool = True) -> None:
        """Let the pages of ``pdf`` be drawn by their keys; ``is_trimmed`` leaves out their bleed."""
        with self._lock:
            for number, key in enumerate(keys):
                self._files[key] = (pdf, number, is_trimmed)
                self._files.move_to_end(key)
            while len(self._files) > MOST_FILES:
                self._files.popitem(last=False)

    def draw(self, key: str, scale: float) -> bytes | None:
        """Return a page as PNG at ``scale`` pixels for a point; None where there is no such page."""
        scale = round(min(max(scale, 0.1), LARGEST_SCALE), 2)
        with self._lock:  # PDFium serves one thread at a time
            known = self._pictures.get((key, scale))
            if known is not None:
                self._pictures.move_to_end((key, scale))
                return known
            page = self._files.get(key)
            if page is None:
                return None
            made = self._pictures[key, scale] = _drawn(*page, scale)
            while len(self._pictures) > MOST_PICTURES or _size(self._pictures) > MOST_BYTES:
                self._pictures.popitem(last=False)
            return made


MOST_BYTES = 100_000_000
"""Of all pictures together."""


def _size(pictures: OrderedDict[tuple[str, float], bytes]) -> int:
    return sum(map(len, pictures.values()))


def _drawn(pdf: bytes, number: int, is_trimmed: bool, scale: float) -> bytes:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number]
        if is_trimmed:
            page.set_cropbox(*page.get_trimbox())
        width, height = page.get_size()
        scale = min(scale, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
        picture = page.render(scale=scale).to_pil()
    stream = BytesIO()
    picture.save(stream, "PNG", compress_level=1)
    return stream.getvalue()
