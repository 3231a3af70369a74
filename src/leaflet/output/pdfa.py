"""PDF/A: a finished file made fit for the archive, still PDF/UA-1 as before (ISO 19005-2 and -3, level A)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from leaflet.errors import LayoutError, Problem
from leaflet.files import read_packaged
from leaflet.model.metadata import Metadata
from leaflet.output.pdf_objects import closed, dictionaries, images, opened, set_output_intent, set_packet
from leaflet.output.xmp import Standard, xmp_packet

N = NameObject
SRGB = "sRGB IEC61966-2.1"
VERSION = "1.7"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes into the archive beside what was made from it."""

    name: str
    data: bytes
    media_type: str


def archived(data: bytes, metadata: Metadata, standard: Standard, attachments: Sequence[Attachment] = ()) -> bytes:
    """The PDF/UA-1 file ``data`` as ``standard``, PDF/A-2a or PDF/A-3a; only the second may have attachments.

    Raises:
        LayoutError: an image is made of printing inks, whose colour an archive could not keep.
    """
    assert not attachments or standard is Standard.A_3A
    writer = opened(data)
    _refuse_inks(writer)
    for image in images(writer):
        image[N("/Interpolate")] = BooleanObject(False)  # 6.2.8.3
    _show_inks_in_rgb(writer)
    profile = read_packaged("weasyprint", "pdf", "sRGB2014.icc")
    set_output_intent(writer, "/GTS_PDFA1", SRGB, SRGB, profile, 3)
    set_packet(writer, xmp_packet(metadata, [Standard.UA_1, standard]))
    _attach(writer, attachments)
    return closed(writer, data, VERSION)


def _refuse_inks(writer: PdfWriter) -> None:
    found = [image for image in images(writer) if image.get("/ColorSpace") == "/DeviceCMYK"]
    if found:
        sizes = ", ".join(f"{image['/Width']} × {image['/Height']} pixels" for image in found)
        raise LayoutError(
            Problem(
                message=f"an archive keeps no images made of printing inks (CMYK): {sizes}",
                hint="save the image as RGB",
            )
        )


def _show_inks_in_rgb(writer: PdfWriter) -> None:
    """6.2.4.3: where the marks' inks cannot be had they are shown in RGB, the only colours that are known here."""
    for item in list(writer._objects):
        if isinstance(item, ArrayObject) and len(item) == 4 and item[0] == "/Separation" and item[2] == "/DeviceCMYK":
            tint: Any = item[3]
            item[2] = N("/DeviceRGB")
            for end in ("/C0", "/C1"):
                tint[N(end)] = ArrayObject(FloatObject(value) for value in _rgb([float(share) for share in tint[end]]))


def _rgb(inks: Sequence[float]) -> list[float]:
    return [(1 - ink) * (1 - inks[3]) for ink in inks[:3]]


def _attach(writer: PdfWriter, attachments: Sequence[Attachment]) -> None:
    """ISO 19005-3, 6.8: each attachment says what it is to the file, and the file lists it."""
    for attachment in attachments:
        embedded = writer.add_attachment(attachment.name, attachment.data)
        embedded.alternative_name = TextStringObject(attachment.name)
        embedded.description = TextStringObject(f"What this file was made from: {attachment.name}")
        embedded.subtype = N("/" + attachment.media_type)
        embedded.associated_file_relationship = N("/Source")
        embedded.size = NumberObject(len(attachment.data))
    specifications = [item.indirect_reference for item in dictionaries(writer) if item.get("/Type") == "/Filespec"]
    if specifications:
        writer.root_object[N("/AF")] = ArrayObject(specifications)
