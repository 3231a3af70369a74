"""Decoders of pictures of pixels that refuse a file that ends early.

``PIL.Image.open`` and Pillow's own ``load`` depend on state of the whole process: the first warns of many pixels through
it, and the second draws half a picture without a word once some library has set ``LOAD_TRUNCATED_IMAGES``.
"""

from __future__ import annotations

import struct
from io import BytesIO

from PIL.AvifImagePlugin import AvifImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from leaflet.model.picture import PictureKind


class EndsEarlyError(OSError):
    """The data of a picture ends before its last row."""


class _WholePng(PngImageFile):
    def load_read(self, read_bytes: int) -> bytes:
        try:
            data = super().load_read(read_bytes)
        except (IndexError, struct.error) as error:
            raise EndsEarlyError from error
        return _some(data)


class _WholeJpeg(JpegImageFile):
    def load_read(self, read_bytes: int) -> bytes:
        assert self.fp is not None
        return _some(self.fp.read(read_bytes))


class _WholeGif(GifImageFile):
    def load_read(self, read_bytes: int) -> bytes:
        assert self.fp is not None
        return _some(self.fp.read(read_bytes))


DECODERS: dict[PictureKind, type[ImageFile]] = {
    PictureKind.PNG: _WholePng,
    PictureKind.JPEG: _WholeJpeg,
    PictureKind.GIF: _WholeGif,
    PictureKind.WEBP: WebPImageFile,
    PictureKind.AVIF: AvifImageFile,
}


def _some(data: bytes) -> bytes:
    """Return data that a decoder asks for; it asks only while rows are missing."""
    if not data:
        raise EndsEarlyError
    return data


def open_head(data: bytes, kind: PictureKind) -> ImageFile:
    """Return an image of which only the head has been read.

    Raises:
        Exception: of many kinds, where the head is damaged.
    """
    return DECODERS[kind](BytesIO(data))


def decode_whole(data: bytes, kind: PictureKind) -> None:
    """Decode all of a picture.

    Raises:
        Exception: of many kinds, where it is damaged.
    """
    if kind is PictureKind.PNG:
        open_head(data, kind).verify()  # the checksum of each chunk
    image = open_head(data, kind)
    image.draft("L", (image.width // 8, image.height // 8))  # JPEG decodes faster so; others ignore it
    image.load()
