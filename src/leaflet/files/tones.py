"""Colours of a picture in a coarse grid, to find out whether words on it could be read."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from leaflet.errors import LeafletError
from leaflet.files.pictures import picture_data, read_picture
from leaflet.model.picture import PictureKind
from leaflet.model.workspace import Workspace

COLUMNS = 64
"""The number of colours in a row of the grid."""

Tones: TypeAlias = tuple[tuple[tuple[int, int, int], ...], ...]
"""Rows of red, green and blue, from 0 to 255 each."""


def picture_tones(path: str, *, folder: Path, workspace: Workspace) -> Tones | None:
    """Return the colours of the picture that ``path`` names from ``folder``; None for drawings and what cannot be read."""
    from PIL import ImageOps

    from leaflet.files.raster_images import open_head

    try:
        picture = read_picture(path, folder=folder, workspace=workspace, asked_at=None)
        if picture.kind in (PictureKind.SVG, PictureKind.PDF):
            return None
        image = open_head(picture_data(picture, workspace), picture.kind)
        image.draft("RGB", (COLUMNS * 8, COLUMNS * 8))
        upright = ImageOps.exif_transpose(image.convert("RGB")) if image.getexif() else image.convert("RGB")
    except (LeafletError, OSError, ValueError):
        return None
    rows = max(1, round(COLUMNS * upright.height / upright.width))
    small = upright.resize((COLUMNS, rows))
    data = small.tobytes()
    colours = [(data[at], data[at + 1], data[at + 2]) for at in range(0, len(data), 3)]
    return tuple(tuple(colours[row * COLUMNS : (row + 1) * COLUMNS]) for row in range(rows))
