"""Opening of a finished PDF to change its objects, and closing it with an identifier made from its content."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, Stream, String

CLAIMS_UA = b"pdfuaid"


def opened(data: bytes) -> Pdf:
    """Return ``data`` with all its objects, ready to be changed."""
    return pikepdf.open(BytesIO(data))


def closed(pdf: Pdf, version: str) -> bytes:
    """Return the file as PDF ``version``, without objects that nothing refers to."""
    output = BytesIO()
    pdf.save(
        output,
        deterministic_id=True,
        force_version=version,
        object_stream_mode=ObjectStreamMode.disable,
        fix_metadata_version=False,
    )
    return output.getvalue()


def dictionaries(pdf: Pdf) -> Iterator[Object]:
    """Yield every dictionary and stream that is an object of its own."""
    for item in pdf.objects:
        if isinstance(item, Dictionary | Stream):
            yield item


def images(pdf: Pdf) -> Iterator[Stream]:
    """Yield every picture made of pixels, masks among them."""
    for item in dictionaries(pdf):
        if isinstance(item, Stream) and item.get("/Subtype") == "/Image":
            yield item


def has_type(item: object, name: str) -> bool:
    """Return whether ``item`` is a dictionary or stream of the type ``name``."""
    return isinstance(item, Dictionary | Stream) and bool(item.get("/Type") == name)


def number_of(item: Object) -> int:
    """Return the number of an object of its own."""
    return item.objgen[0]


def claims_pdf_ua(pdf: Pdf) -> bool:
    """Return whether the file's metadata say that it is PDF/UA."""
    return "/Metadata" in pdf.Root and CLAIMS_UA in pdf.Root.Metadata.read_bytes()


def set_packet(pdf: Pdf, packet: bytes) -> None:
    """Use ``packet`` as the file's metadata; it is not compressed, so that others find it without a PDF reader."""
    pdf.Root.Metadata = Stream(pdf, packet, {"/Type": Name.Metadata, "/Subtype": Name.XML})


def set_output_intent(
    pdf: Pdf, kind: str, identifier: str, description: str, profile: bytes, channels: int, registry: str = ""
) -> None:
    """Name the colours that the file is meant for, with their ICC profile inside it (ISO 32000-1, 14.11.5)."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name(kind),
        OutputConditionIdentifier=String(identifier),
        Info=String(description),
        DestOutputProfile=Stream(pdf, profile, {"/N": channels}),
    )
    if registry:
        intent.RegistryName = String(registry)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
