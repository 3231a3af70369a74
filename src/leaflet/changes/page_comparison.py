"""Pictures of pages that look different in two versions of a PDF, the one before beside the one now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

SCALE = 1.5
"""In pixels for a point: words can be read, and a picture of two A4 pages has about 300 KB."""
GAP, MARGIN = 24, 12
GROUND, FRAME = "#5B6770", "#C8102E"
BORDER = 4
"""In pixels: the frame around the version of now."""


class PageChange(Struct, frozen=True, kw_only=True):
    """One page that looks different, or that only one of the versions has."""

    number: int
    """From 1."""
    label: str
    """The name of the panel."""
    picture: bytes
    """A PNG with the page before at the left and the page now at the right."""


def changed_pages(before: bytes | None, now: bytes | None, labels: Sequence[str]) -> Iterator[PageChange]:
    """Yield the pages that differ; ``labels`` name the pages of now."""
    for number, (old, new) in enumerate(zip_longest(_drawn(before), _drawn(now)), start=1):
        if old is not None and new is not None and old.size == new.size and old.tobytes() == new.tobytes():
            continue
        label = labels[number - 1] if number <= len(labels) else f"page {number}"
        yield PageChange(number=number, label=label, picture=_beside(old, new))


def _drawn(pdf: bytes | None) -> list[Picture]:
    if pdf is None:
        return []
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        return [page.render(scale=SCALE).to_pil().convert("RGB") for page in document]


def _beside(old: Picture | None, new: Picture | None) -> bytes:
    """Return two pages beside each other; where there is only one, the place of the other is empty."""
    from PIL import Image, ImageDraw

    sizes = [page.size for page in (old, new) if page is not None]
    width, height = max(size[0] for size in sizes), max(size[1] for size in sizes)
    canvas = Image.new("RGB", (2 * width + GAP + 2 * MARGIN, height + 2 * MARGIN), GROUND)
    right = MARGIN + width + GAP
    if old is not None:
        canvas.paste(old, (MARGIN, MARGIN))
    if new is not None:
        canvas.paste(new, (right, MARGIN))
        box = (right - BORDER, MARGIN - BORDER, right + new.size[0] + BORDER - 1, MARGIN + new.size[1] + BORDER - 1)
        ImageDraw.Draw(canvas).rectangle(box, outline=FRAME, width=BORDER)
    written = BytesIO()
    canvas.save(written, "PNG", optimize=True)
    return written.getvalue()
