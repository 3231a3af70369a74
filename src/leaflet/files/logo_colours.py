"""Colours of a logo, to find out whether it can be seen on a ground."""

from __future__ import annotations

import re
from collections import Counter

from leaflet.files.pictures import picture_data
from leaflet.model.picture import Picture, PictureKind
from leaflet.model.workspace import Workspace

COLOUR = re.compile(rb"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b")
SIDE = 48
"""In pixels: the size at which a picture's colours are counted."""
SEEN = 128
"""The least opacity of a pixel that counts, from 0 to 255."""
BLACK = "#000000"


def logo_colours(picture: Picture, workspace: Workspace) -> tuple[str, ...]:
    """Return the colours of a logo as ``#RRGGBB``, one for each pixel of a small copy, or those that a drawing names.

    A drawing that names none is black. Of a PDF file nothing is known.
    """
    data = picture_data(picture, workspace)
    match picture.kind:
        case PictureKind.PDF:
            return ()
        case PictureKind.SVG:
            found = {_in_full(name.decode()) for name in COLOUR.findall(data)}
            return tuple(sorted(found)) or (BLACK,)
        case _:
            return _pixels(data, picture.kind)


def _in_full(digits: str) -> str:
    return f"#{digits if len(digits) == 6 else ''.join(digit * 2 for digit in digits)}".upper()


def _pixels(data: bytes, kind: PictureKind) -> tuple[str, ...]:
    from leaflet.files.raster_images import open_head

    image = open_head(data, kind)
    small = image.convert("RGBA").resize((SIDE, SIDE)).tobytes()
    counted = Counter(
        f"#{small[at]:02X}{small[at + 1]:02X}{small[at + 2]:02X}"
        for at in range(0, len(small), 4)
        if small[at + 3] >= SEEN
    )
    return tuple(counted.elements())
