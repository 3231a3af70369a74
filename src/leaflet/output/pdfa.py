"""Conversion of a finished file to PDF/A (ISO 19005-2 and -3, level A); it stays PDF/UA-1."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from pikepdf import Array, AttachedFileSpec, Name, Pdf

from leaflet.errors import LayoutError, Problem
from leaflet.files import read_packaged
from leaflet.model.metadata import Metadata
from leaflet.output.pdf_objects import claims_pdf_ua, closed, images, opened, set_output_intent, set_packet
from leaflet.output.xmp import Standard, xmp_packet

SRGB = "sRGB IEC61966-2.1"
VERSION = "1.7"


class Attachment(Struct, frozen=True, kw_only=True):
    """A file that goes into the archive beside what was made from it."""

    name: str
    data: bytes
    media_type: str


def archived(data: bytes, metadata: Metadata, standard: Standard, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the tagged file ``data`` as ``standard``, PDF/A-2a or PDF/A-3a; only the second may have attachments.

    A file that claims to be PDF/UA-1 still does.

    Raises:
        LayoutError: an image is made of printing inks, whose colour an archive could not keep.
    """
    assert not attachments or standard is Standard.A_3A
    pdf = opened(data)
    _refuse_inks(pdf)
    for image in images(pdf):
        image.Interpolate = False  # 6.2.8.3
    _show_inks_in_rgb(pdf)
    profile = read_packaged("weasyprint", "pdf", "sRGB2014.icc")
    set_output_intent(pdf, "/GTS_PDFA1", SRGB, SRGB, profile, 3)
    accessible = [Standard.UA_1] if claims_pdf_ua(pdf) else []
    set_packet(pdf, xmp_packet(metadata, [*accessible, standard]))
    _attach(pdf, attachments)
    return closed(pdf, VERSION)


def _refuse_inks(pdf: Pdf) -> None:
    found = [image for image in images(pdf) if image.get("/ColorSpace") == "/DeviceCMYK"]
    if found:
        sizes = ", ".join(f"{image.Width} × {image.Height} pixels" for image in found)
        raise LayoutError(
            Problem(
                message=f"an archive keeps no images made of printing inks (CMYK): {sizes}",
                hint="save the image as RGB",
            )
        )


def _show_inks_in_rgb(pdf: Pdf) -> None:
    """Show the inks of marks in RGB, the only colours that are known here, for readers without them (6.2.4.3)."""
    for item in pdf.objects:
        if isinstance(item, Array) and len(item) == 4 and item[0] == "/Separation" and item[2] == "/DeviceCMYK":
            item[2] = Name.DeviceRGB
            tint = item[3]
            for end in ("/C0", "/C1"):
                tint[end] = Array(_rgb([float(share) for share in tint[end]]))


def _rgb(inks: Sequence[float]) -> list[float]:
    return [(1 - ink) * (1 - inks[3]) for ink in inks[:3]]


def _attach(pdf: Pdf, attachments: Sequence[Attachment]) -> None:
    """Attach files, each with its relation to the document, and list them in the catalogue (ISO 19005-3, 6.8)."""
    for attachment in attachments:
        pdf.attachments[attachment.name] = AttachedFileSpec(
            pdf,
            attachment.data,
            filename=attachment.name,
            description=f"What this file was made from: {attachment.name}",
            mime_type=attachment.media_type,
            relationship=Name.Source,
        )
    if attachments:
        pdf.Root.AF = Array([pdf.attachments[attachment.name].obj for attachment in attachments])
