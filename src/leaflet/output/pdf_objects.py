"""A finished PDF opened to change its objects, and closed again under a name made from its content."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import md5
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

N = NameObject


def opened(data: bytes) -> PdfWriter:
    """``data`` with all its objects, ready to be changed."""
    return PdfWriter(clone_from=PdfReader(BytesIO(data)))


def closed(writer: PdfWriter, data: bytes, version: str) -> bytes:
    """The file as PDF ``version``; its identifier follows from ``data``, what it was made from."""
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    identifier = ByteStringObject(md5(data, usedforsecurity=False).digest())
    writer._ID = ArrayObject((identifier, identifier))
    writer.pdf_header = f"%PDF-{version}"
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def dictionaries(writer: PdfWriter) -> Iterator[DictionaryObject]:
    """Every dictionary and stream that is an object of its own."""
    for item in list(writer._objects):
        if isinstance(item, DictionaryObject):
            yield item


def images(writer: PdfWriter) -> Iterator[StreamObject]:
    """Every picture made of pixels, masks among them."""
    for item in dictionaries(writer):
        if isinstance(item, StreamObject) and item.get("/Subtype") == "/Image":
            yield item


def set_packet(writer: PdfWriter, packet: bytes) -> None:
    """Take ``packet`` as the file's metadata; it is not compressed, so that others find it without a PDF reader."""
    stream = plain_stream(packet)
    stream[N("/Type")] = N("/Metadata")
    stream[N("/Subtype")] = N("/XML")
    writer.root_object[N("/Metadata")] = writer._add_object(stream)


def set_output_intent(
    writer: PdfWriter, kind: str, identifier: str, description: str, profile: bytes, channels: int, registry: str = ""
) -> None:
    """Name the colours that the file is meant for, with their ICC profile inside it (ISO 32000-1, 14.11.5)."""
    stream = plain_stream(profile).flate_encode()
    stream[N("/N")] = NumberObject(channels)
    intent = DictionaryObject(
        {
            N("/Type"): N("/OutputIntent"),
            N("/S"): N(kind),
            N("/OutputConditionIdentifier"): TextStringObject(identifier),
            N("/Info"): TextStringObject(description),
            N("/DestOutputProfile"): writer._add_object(stream),
        }
    )
    if registry:
        intent[N("/RegistryName")] = TextStringObject(registry)
    writer.root_object[N("/OutputIntents")] = ArrayObject([writer._add_object(intent)])


def plain_stream(data: bytes) -> DecodedStreamObject:
    """A stream of ``data`` as it is."""
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream
