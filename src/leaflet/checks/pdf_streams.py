"""Size of the streams of a PDF file when they are unpacked, found without holding more of them than a bound."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pikepdf

from leaflet.errors import LeafletError, Problem

MOST_BYTES = 20_000_000
"""Of the drawing instructions of a page or a form; a page of a map has a few million."""
FLATE = frozenset({"/FlateDecode", "/Fl"})
OTHER_PACKING = 20
"""The growth that is counted for a stream that is packed in another way."""


def refuse_huge(content: pikepdf.Object, largest: int = MOST_BYTES) -> None:
    """Refuse a page or a stream whose content grows beyond ``largest`` bytes.

    Raises:
        LeafletError: it does.
    """
    streams = [content] if isinstance(content, pikepdf.Stream) else list(_streams(content.get("/Contents")))
    if sum(unpacked_size(stream, largest) for stream in streams) > largest:
        message = f"a page of this PDF has more than {largest // 1_000_000} MB of instructions when they are unpacked"
        raise LeafletError(Problem(message=message, hint="no honest program makes such a page; do not use this file"))


def _streams(contents: pikepdf.Object | None) -> Iterator[pikepdf.Stream]:
    for part in contents if isinstance(contents, pikepdf.Array) else (contents,):
        if isinstance(part, pikepdf.Stream):
            yield part


def unpacked_size(stream: pikepdf.Stream, largest: int) -> int:
    """Return the bytes of a stream when it is unpacked, or a number larger than ``largest``."""
    given = stream.get("/Filter")
    packing = [str(name) for name in (given if isinstance(given, pikepdf.Array) else (given,)) if name is not None]
    data = stream.read_raw_bytes()
    for number, name in enumerate(packing, start=1):
        if name not in FLATE:
            return len(data) * OTHER_PACKING
        data = _inflated(data, largest)
        if len(data) > largest or number == len(packing):
            break
    return len(data)


def _inflated(data: bytes, largest: int) -> bytes:
    """Return deflated data as far as they can be read, up to a little more than ``largest`` bytes."""
    unpacker = zlib.decompressobj()
    try:
        return unpacker.decompress(data, largest + 1)
    except zlib.error:
        return b""  # qpdf, which reads it next, says what is damaged
