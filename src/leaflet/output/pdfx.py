"""Conversion of a finished sheet to PDF/X-4 (ISO 15930-7): the inks of one press, and nothing that it cannot print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import md5
from io import BytesIO
from uuid import UUID

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf, Stream, String
from PIL import Image, ImageChops

from leaflet.model.metadata import Metadata
from leaflet.output.colour import Press
from leaflet.output.pdf_objects import (
    closed,
    dictionaries,
    has_type,
    images,
    number_of,
    opened,
    set_output_intent,
    set_packet,
)
from leaflet.output.recolour import (
    KNOCKOUT,
    OVERPRINT,
    Operand,
    Operation,
    Recolouring,
    convert_function,
    greyed,
    luminosity,
)
from leaflet.output.xmp import CREATOR, Edition, Standard, xmp_packet

VERSION = "1.6"
REGISTERED = re.compile(r"FOGRA ?(\d+)", re.IGNORECASE)
"""Printing conditions by the names under which the ICC has registered them."""
REGISTRY = "http://www.color.org"
INTERACTIVE = ("/OpenAction", "/AA", "/AcroForm", "/Outlines", "/Dests", "/JavaScript")
"""Entries for use on a screen; 6.14 to 6.18 forbid most of them, and paper needs none."""


def pressed(data: bytes, metadata: Metadata, press: Press, *, day: date) -> bytes:
    """Return the sheet PDF ``data`` as PDF/X-4 for ``press``; ``day`` is the day that the file says it was made.

    The structure tree stays, but links and bookmarks go: PDF/X allows no annotations inside the bleed.
    """
    pdf = opened(data)
    masks = _masks(pdf)
    for stream in _drawings(pdf):
        _recolour(stream, press, mask=number_of(stream) in masks)
    _recolour_shadings(pdf, press, masks)
    _set_group_spaces(pdf, masks)
    for image in images(pdf):
        _recolour_image(image, press)
    _remove_interaction(pdf)
    edition = Edition(day=f"{day.isoformat()}T00:00:00Z", identifier=_identifier(data, press, day))
    set_packet(pdf, xmp_packet(metadata, [Standard.X_4], edition))
    _inform(pdf, metadata, day)
    found = REGISTERED.search(press.name)
    set_output_intent(
        pdf,
        "/GTS_PDFX",
        f"FOGRA{found[1]}" if found else press.name,
        press.name,
        press.profile,
        4,
        registry=REGISTRY if found else "",
    )
    return closed(pdf, VERSION)


# ---------------------------------------------------------------- what is drawn


def _drawings(pdf: Pdf) -> list[Stream]:
    """Return every stream of drawing instructions: of pages, forms and tiles."""
    found = [
        item
        for item in dictionaries(pdf)
        if isinstance(item, Stream) and (item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1)
    ]
    for page in pdf.pages:
        contents = page.Contents
        assert isinstance(contents, Stream)
        found.append(contents)
    return found


def _recolour(stream: Stream, press: Press, *, mask: bool) -> None:
    recolouring = Recolouring(press)
    given = _operations(stream)
    changed = greyed(given) if mask else recolouring.operations(given)
    stream.write(
        pikepdf.unparse_content_stream([(operands, Operator(operator.decode())) for operands, operator in changed])
    )
    if recolouring.overprints:
        _add_states(stream.Resources)


def _operations(stream: Stream) -> list[Operation]:
    parsed = pikepdf.parse_content_stream(stream)
    return [(list(one.operands), str(one.operator).encode()) for one in parsed]


def _add_states(resources: Object) -> None:
    """Add graphics states for overprinting: in mode 1 an ink share of 0 leaves the ink below (ISO 32000-1, 8.6.7)."""
    if "/ExtGState" not in resources:
        resources.ExtGState = Dictionary()
    for name, on in ((OVERPRINT, True), (KNOCKOUT, False)):
        resources.ExtGState[name] = Dictionary({"/Type": Name.ExtGState, "/OP": False, "/op": on, "/OPM": int(on)})


def _masks(pdf: Pdf) -> set[int]:
    """Return the numbers of the forms that are soft masks, or drawn inside one."""
    states = [state for item in dictionaries(pdf) for state in _named(item, "/ExtGState")]
    masks = [state.SMask for state in states if "/SMask" in state]
    waiting = [mask.G for mask in masks if isinstance(mask, Dictionary)]
    found: set[int] = set()
    while waiting:
        form = waiting.pop()
        if number_of(form) not in found:
            found.add(number_of(form))
            waiting += [child for child in _named(form.Resources, "/XObject") if child.Subtype == "/Form"]
    return found


def _recolour_shadings(pdf: Pdf, press: Press, masks: set[int]) -> None:
    """Let gradients run between inks, and those of a mask between greys."""
    inside = {
        number_of(shading)
        for item in dictionaries(pdf)
        if number_of(item) in masks
        for shading in _named(item.Resources, "/Shading")
    }
    for shading in dictionaries(pdf):
        if shading.get("/ColorSpace") != "/DeviceRGB" or "/ShadingType" not in shading:
            continue
        masked = number_of(shading) in inside
        shading.ColorSpace = Name.DeviceGray if masked else Name.DeviceCMYK
        convert_function(shading.Function, _mask_grey if masked else lambda colour: press.ink(_colour(colour)))


def _mask_grey(colour: Sequence[float]) -> Sequence[float]:
    return (luminosity(colour),)


def _colour(values: Sequence[float]) -> tuple[float, float, float]:
    red, green, blue = values
    return red, green, blue


def _set_group_spaces(pdf: Pdf, masks: set[int]) -> None:
    """Blend colours in the inks of the press; in a mask only their lightness counts."""
    for item in dictionaries(pdf):
        group = item.get("/Group")
        if isinstance(group, Dictionary) and group.get("/CS") == "/DeviceRGB":
            group.CS = Name.DeviceGray if number_of(item) in masks else Name.DeviceCMYK


# ---------------------------------------------------------------- images


def _recolour_image(image: Stream, press: Press) -> None:
    space = image.get("/ColorSpace")
    if space == "/DeviceRGB":
        inks = press.image(_pixels(image, "RGB"))
    elif space == "/DeviceCMYK":
        inks = press.limited_image(_pixels(image, "CMYK"))
    else:
        return  # greys are printed in black
    image.write(inks.tobytes())
    if "/Decode" in image:
        del image.Decode
    image.ColorSpace = Name.DeviceCMYK
    image.BitsPerComponent = 8


def _pixels(image: Stream, mode: str) -> Image.Image:
    if image.get("/Filter") == "/DCTDecode":
        return _upright(Image.open(BytesIO(image.read_raw_bytes())).convert(mode), image)
    return _upright(Image.frombytes(mode, (int(image.Width), int(image.Height)), image.read_bytes()), image)


def _upright(pixels: Image.Image, image: Stream) -> Image.Image:
    """Return ``pixels`` as they are seen: JPEG files of four inks often say in ``/Decode`` that theirs are inverted."""
    return ImageChops.invert(pixels) if "/Decode" in image and float(image.Decode[0]) == 1 else pixels


# ---------------------------------------------------------------- what the file says and does


def _remove_interaction(pdf: Pdf) -> None:
    for page in pdf.pages:
        if "/Annots" in page:
            del page["/Annots"]
    for key in INTERACTIVE:
        if key in pdf.Root:
            del pdf.Root[key]
    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        del pdf.Root.Names.Dests
    for item in dictionaries(pdf):
        kids = item.get("/K")
        if has_type(item, "/StructElem") and isinstance(kids, Array):
            item.K = Array([kid for kid in kids if not has_type(kid, "/OBJR")])
        elif "/Nums" in item and "/StructParents" not in item:
            item.Nums = Array(list(_page_entries(item.Nums)))


def _page_entries(numbers: Object) -> Iterator[Operand]:
    """Yield the entries of pages and forms; those of an annotation, which is gone, are one structure element each."""
    assert isinstance(numbers, Array)
    parts = list(numbers)
    for key, value in zip(parts[::2], parts[1::2], strict=True):
        if not has_type(value, "/StructElem"):
            yield key
            yield value


def _inform(pdf: Pdf, metadata: Metadata, day: date) -> None:
    """Write the old dictionary of facts, which must agree with the packet (6.3)."""
    moment = String(f"D:{day:%Y%m%d}000000Z")
    pdf.docinfo["/Title"] = String(metadata.title)
    pdf.docinfo["/Creator"] = String(CREATOR)
    pdf.docinfo["/CreationDate"] = moment
    pdf.docinfo["/ModDate"] = moment
    pdf.docinfo["/GTS_PDFXVersion"] = String(Standard.X_4.value)
    pdf.docinfo["/Trapped"] = Name("/False")


def _identifier(data: bytes, press: Press, day: date) -> str:
    """Return a UUID made from what the file is made of, so that it is not random."""
    parts = (data, press.profile, f"{press.limit} {day}".encode())
    return str(UUID(bytes=md5(b"".join(parts), usedforsecurity=False).digest(), version=4))


def _named(item: Object, kind: str) -> list[Operand]:
    """Return the resources of one kind that ``item`` names, if it names any."""
    found = item.get(kind)
    return [found[str(name)] for name in found] if isinstance(found, Dictionary) else []
