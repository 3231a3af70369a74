"""Pictures of a document that is imported: checked, named beside the source, and never in place of another file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from msgspec import Struct, field

from leaflet.files import DrawingError, Invalid, check_picture_data, read_file

FOLDER = "images"
MOST_PIXELS = 100_000_000
SUFFIXES = {"JPEG": ".jpg", "SVG": ".svg"}
CONVERTED = ("BMP", "TIFF")
"""Kinds that leaflet does not print and Pillow can turn into PNG without loss."""
UNREADABLE = {b"\x01\x00\x00\x00": "EMF", b"\xd7\xcd\xc6\x9a": "WMF", b"%!PS": "PostScript", b"\x01\x00\x09\x00": "WMF"}


WIDEST_MM = 70
"""A picture up to this width keeps its size in millimetres; every panel has as much."""
WHOLE = 0.95
"""The share of a line from which on a picture is as wide as the line."""


class ImportedPictures(Struct, kw_only=True):
    """The pictures of one document, for the folder of its source."""

    stem: str
    """The name of the source without its suffix, with which the names of its pictures begin."""
    folder: Path
    """The folder of the source."""
    files: dict[str, bytes] = field(default_factory=dict)
    """The pictures that must be written, by their paths from the folder."""
    _paths: dict[bytes, str] = field(default_factory=dict)

    def add(self, data: bytes) -> str:
        """Return the path of a picture from the source's folder.

        Raises:
            Invalid: it cannot be printed.
        """
        if data in self._paths:
            return self._paths[data]
        content = _printable(data)
        kind = check_picture_data(content)
        suffix = SUFFIXES.get(kind.value, f".{kind.value.lower()}")
        number = 1
        while not self._may_take(path := f"{FOLDER}/{self.stem}-{number}{suffix}", content):
            number += 1
        self.files[path] = content
        self._paths[data] = path
        return path

    def _may_take(self, path: str, data: bytes) -> bool:
        """Return whether no other picture has this name."""
        if path in self.files:
            return False
        file = self.folder / path
        try:
            return not file.exists() or read_file(file, inside=(self.folder,)) == data
        except OSError:
            return False


def _printable(data: bytes) -> bytes:
    """Return a picture as PNG where it is of a kind that leaflet does not print."""
    for beginning, kind in UNREADABLE.items():
        if data.startswith(beginning):
            raise Invalid(f"is a drawing of Windows ({kind}), which leaflet does not print", "save it as PNG or SVG")
    if not data.startswith((b"BM", b"II*\0", b"MM\0*")):
        return data
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=CONVERTED) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Invalid("is too large", "make it smaller")
            made = BytesIO()
            image.convert("RGBA" if "A" in image.getbands() else "RGB").save(made, "PNG")
            return made.getvalue()
    except Invalid:
        raise
    except Exception:  # each decoder fails in its own ways
        raise Invalid("is damaged", "save it as PNG") from None


def shown_width(width: float, line: float) -> str:
    """Return the width of a picture for its source: nothing for a whole line, millimetres, or a share of the line.

    Both arguments are in millimetres.
    """
    share = width / line
    if width <= 0 or share >= WHOLE:
        return ""
    return f"{width:.0f}mm" if 1 <= width <= WIDEST_MM else f"{max(share * 100, 1):.0f}%"


def fault_of(error: Invalid | DrawingError) -> str:
    """Return why a picture cannot be printed, as the end of a sentence."""
    if isinstance(error, DrawingError):
        return f"is a drawing that {error.faults[0]}"
    return f"{error.message} ({error.hint})" if error.hint else error.message
