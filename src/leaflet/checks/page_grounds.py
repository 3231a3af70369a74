"""Colours behind the texts of a PDF, as they are seen on the drawn page."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from leaflet.checks.page_drawing import Colour, PageRectangle

if TYPE_CHECKING:
    import pikepdf
    from PIL.Image import Image

Rgb: TypeAlias = tuple[int, int, int]
SCALE = 2
"""Pixels for one point."""
NEAR = 4
"""Colours that differ by less in each part of 255 are one."""
LIKE = 40
"""Colours that differ by less may be one: thin letters are mixed with their ground."""


class PageGrounds(Struct, frozen=True, eq=False, dict=True):
    """Drawn pages of a PDF, each drawn once, when a rule first looks at it."""

    pdf: pikepdf.Pdf

    @cached_property
    def _drawn(self) -> dict[int, Image]:
        return {}

    @cached_property
    def _data(self) -> bytes:
        stream = io.BytesIO()
        self.pdf.save(stream)
        return stream.getvalue()

    def around(self, page: int, box: PageRectangle, text: Rgb) -> Counter[Rgb]:
        """Return how often each colour is in ``box``, in pixels, without that of the text itself.

        Nothing where the colour of the text is not seen at all: then it is shown as another one, or covered.
        """
        if int(self.pdf.pages[page].get("/Rotate", 0)) % 360:
            return Counter()  # places on the drawn page are not those of its instructions
        image = self._page(page)
        left, bottom, right, top = (float(value) for value in self.pdf.pages[page].cropbox)
        left, top = min(left, right), max(bottom, top)
        area = (box.left - left, top - box.top, box.right - left, top - box.bottom)
        x0, y0, x1, y1 = (round(value * SCALE) for value in area)
        x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, image.width), min(y1, image.height)
        if x0 >= x1 or y0 >= y1:
            return Counter()
        counts: Counter[Rgb] = Counter()
        is_drawn = False
        for count, seen in _colours(image.crop((x0, y0, x1, y1))):
            distance = max(abs(one - other) for one, other in zip(seen, text, strict=True))
            is_drawn |= distance < LIKE
            counts[seen] += count if distance >= NEAR else 0
        return +counts if is_drawn else Counter()

    def _page(self, number: int) -> Image:
        import pypdfium2

        if number not in self._drawn:
            with pypdfium2.PdfDocument(self._data) as document:
                self._drawn[number] = document[number].render(scale=SCALE).to_pil().convert("RGB")
        return self._drawn[number]


def _colours(image: Image) -> Iterator[tuple[int, Rgb]]:
    for count, colour in image.getcolors(image.width * image.height) or ():
        assert isinstance(colour, tuple)
        yield count, (int(colour[0]), int(colour[1]), int(colour[2]))


def shown_colour(colour: Colour) -> Rgb | None:
    """Return a colour as screens show it; None for those of pictures, shades, coloured inks and spot colours."""
    match colour.values:
        case (grey,) if not colour.space.startswith("Separation"):
            return _bytes(grey, grey, grey)
        case (red, green, blue) if colour.space in ("DeviceRGB", "ICCBased3", "CalRGB"):
            return _bytes(red, green, blue)
        case (0, 0, 0, black):
            return _bytes(1 - black, 1 - black, 1 - black)
        case _:
            return None


def _bytes(red: float, green: float, blue: float) -> Rgb:
    return round(red * 255), round(green * 255), round(blue * 255)
