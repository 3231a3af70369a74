"""PDF/X-4: a finished sheet in the inks of one press, with nothing in it that a press cannot print (ISO 15930-7)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from hashlib import md5
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image, ImageChops
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ContentStream,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from leaflet.model.metadata import Metadata
from leaflet.output.colour import Press
from leaflet.output.pdf_objects import closed, dictionaries, images, opened, plain_stream, set_output_intent, set_packet
from leaflet.output.recolour import KNOCKOUT, OVERPRINT, Recolouring, converted_function, greyed, luminosity
from leaflet.output.xmp import CREATOR, Edition, Standard, xmp_packet

N = NameObject
VERSION = "1.6"
REGISTERED = re.compile(r"FOGRA ?(\d+)", re.IGNORECASE)
"""Printing conditions by the names under which the ICC has registered them."""
REGISTRY = "http://www.color.org"
INTERACTIVE = ("/OpenAction", "/AA", "/AcroForm", "/Outlines", "/Dests", "/JavaScript")
"""What a document can do on a screen; 6.14 to 6.18 forbid most of it, and paper needs none."""


def pressed(data: bytes, metadata: Metadata, press: Press, *, day: date) -> bytes:
    """The sheet PDF ``data`` as PDF/X-4 for ``press``; ``day`` is the day that the file says it was made.

    The structure tree stays, but links and bookmarks go: PDF/X allows no annotations inside the bleed.
    """
    writer = opened(data)
    masks = _masks(writer)
    for stream in _drawings(writer):
        _recolour(writer, stream, press, mask=_number(stream) in masks)
    _recolour_shadings(writer, press, masks)
    _set_group_spaces(writer, masks)
    for image in images(writer):
        _recolour_image(image, press)
    _take_out_interaction(writer)
    edition = Edition(day=f"{day.isoformat()}T00:00:00Z", identifier=_identifier(data, press, day))
    set_packet(writer, xmp_packet(metadata, [Standard.X_4], edition))
    _inform(writer, metadata, day)
    found = REGISTERED.search(press.name)
    set_output_intent(
        writer,
        "/GTS_PDFX",
        f"FOGRA{found[1]}" if found else press.name,
        press.name,
        press.profile,
        4,
        registry=REGISTRY if found else "",
    )
    return closed(writer, data + press.profile, VERSION)


# ---------------------------------------------------------------- what is drawn


def _drawings(writer: PdfWriter) -> list[StreamObject]:
    """Every stream of drawing instructions: of pages, forms and tiles."""
    found = [
        item
        for item in dictionaries(writer)
        if isinstance(item, StreamObject) and (item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1)
    ]
    for page in writer.pages:
        contents = page["/Contents"].get_object()
        assert isinstance(contents, StreamObject)
        found.append(contents)
    return found


def _recolour(writer: PdfWriter, stream: StreamObject, press: Press, *, mask: bool) -> None:
    content = ContentStream(plain_stream(stream.get_data()), writer)
    recolouring = Recolouring(press)
    given = content.operations
    content.operations = list(greyed(given) if mask else recolouring.operations(given))
    packed = plain_stream(content.get_data()).flate_encode()
    stream.pop("/DecodeParms", None)
    stream._data, stream[N("/Filter")] = packed._data, packed["/Filter"]
    if recolouring.overprints:
        _add_states(stream["/Resources"])


def _add_states(resources: Any) -> None:
    """ISO 32000-1, 8.6.7: with overprint mode 1 an ink whose share is 0 leaves what lies below as it is."""
    states = resources.setdefault(N("/ExtGState"), DictionaryObject()).get_object()
    for name, on in ((OVERPRINT, True), (KNOCKOUT, False)):
        states[N(name)] = DictionaryObject(
            {
                N("/Type"): N("/ExtGState"),
                N("/OP"): BooleanObject(False),
                N("/op"): BooleanObject(on),
                N("/OPM"): NumberObject(int(on)),
            }
        )


def _masks(writer: PdfWriter) -> set[int]:
    """The numbers of the forms that are soft masks, or drawn inside one."""
    states = [state.get_object() for item in dictionaries(writer) for state in _named(item, "/ExtGState")]
    masks = [state["/SMask"].get_object() for state in states if "/SMask" in state]
    waiting: list[Any] = [mask["/G"].get_object() for mask in masks if isinstance(mask, DictionaryObject)]
    found: set[int] = set()
    while waiting:
        form = waiting.pop()
        if _number(form) not in found:
            found.add(_number(form))
            inside = (child.get_object() for child in _named(form["/Resources"], "/XObject"))
            waiting += [child for child in inside if child["/Subtype"] == "/Form"]
    return found


def _recolour_shadings(writer: PdfWriter, press: Press, masks: set[int]) -> None:
    """Gradients run between inks; those of a mask between greys."""
    inside = {
        _number(shading.get_object())
        for item in dictionaries(writer)
        if _number(item) in masks
        for shading in _named(item["/Resources"], "/Shading")
    }
    shadings: list[Any] = [item for item in dictionaries(writer) if item.get("/ColorSpace") == "/DeviceRGB"]
    for shading in shadings:
        if "/ShadingType" not in shading:
            continue
        masked = _number(shading) in inside
        shading[N("/ColorSpace")] = N("/DeviceGray" if masked else "/DeviceCMYK")
        converted_function(shading["/Function"], _mask_grey if masked else lambda colour: press.ink(_colour(colour)))


def _mask_grey(colour: Sequence[float]) -> Sequence[float]:
    return (luminosity(colour),)


def _colour(values: Sequence[float]) -> tuple[float, float, float]:
    red, green, blue = values
    return red, green, blue


def _set_group_spaces(writer: PdfWriter, masks: set[int]) -> None:
    """Colours blend in the inks of the press; in a mask only their lightness counts."""
    for item in dictionaries(writer):
        group = item.get("/Group")
        if isinstance(group, DictionaryObject) and group.get("/CS") == "/DeviceRGB":
            group[N("/CS")] = N("/DeviceGray" if _number(item) in masks else "/DeviceCMYK")


# ---------------------------------------------------------------- images


def _recolour_image(image: StreamObject, press: Press) -> None:
    space = image.get("/ColorSpace")
    if space == "/DeviceRGB":
        inks = press.image(_pixels(image, "RGB"))
    elif space == "/DeviceCMYK":
        inks = press.limited_image(_pixels(image, "CMYK"))
    else:
        return  # greys are printed in black
    packed = plain_stream(inks.tobytes()).flate_encode()
    image._data = packed._data
    for key in ("/DecodeParms", "/Decode"):
        image.pop(key, None)
    image[N("/Filter")] = packed["/Filter"]
    image[N("/ColorSpace")] = N("/DeviceCMYK")
    image[N("/BitsPerComponent")] = NumberObject(8)


def _pixels(image: Any, mode: str) -> Image.Image:
    if image.get("/Filter") == "/DCTDecode":
        return _upright(Image.open(BytesIO(image._data)).convert(mode), image)
    size = (int(image["/Width"]), int(image["/Height"]))
    return _upright(Image.frombytes(mode, size, image.get_data()), image)


def _upright(pixels: Image.Image, image: Any) -> Image.Image:
    """JPEG files of four inks often say in ``/Decode`` that theirs are turned round."""
    return ImageChops.invert(pixels) if "/Decode" in image and float(image["/Decode"][0]) == 1 else pixels


# ---------------------------------------------------------------- what the file says and does


def _take_out_interaction(writer: PdfWriter) -> None:
    for page in writer.pages:
        page.pop("/Annots", None)
    for key in INTERACTIVE:
        writer.root_object.pop(key, None)
    writer.root_object.get("/Names", DictionaryObject()).get_object().pop("/Dests", None)
    for item in dictionaries(writer):
        kids: Any = item.get("/K")
        if item.get("/Type") == "/StructElem" and isinstance(kids, ArrayObject):
            item[N("/K")] = ArrayObject(kid for kid in list.__iter__(kids) if not _is_object_reference(kid))
        elif "/Nums" in item and "/StructParents" not in item:
            _keep_page_entries(item)


def _is_object_reference(kid: Any) -> bool:
    target = kid.get_object()
    return isinstance(target, DictionaryObject) and target.get("/Type") == "/OBJR"


def _keep_page_entries(tree: Any) -> None:
    """Of the tree from content to structure what belongs to pages and forms; an annotation's entry is one element."""
    numbers: list[Any] = list(list.__iter__(tree["/Nums"]))
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    kept = [part for pair in pairs if not _is_element(pair[1]) for part in pair]
    tree[N("/Nums")] = ArrayObject(kept)


def _is_element(value: Any) -> bool:
    target = value.get_object()
    return isinstance(target, DictionaryObject) and target.get("/Type") == "/StructElem"


def _inform(writer: PdfWriter, metadata: Metadata, day: date) -> None:
    """6.3: the old dictionary of facts says the same as the packet."""
    moment = f"D:{day:%Y%m%d}000000Z"
    writer.add_metadata(
        {
            "/Title": metadata.title,
            "/Creator": CREATOR,
            "/CreationDate": moment,
            "/ModDate": moment,
            "/GTS_PDFXVersion": Standard.X_4.value,
        }
    )
    assert writer._info is not None
    writer._info[N("/Trapped")] = N("/False")


def _identifier(data: bytes, press: Press, day: date) -> str:
    """A UUID made from what the file is made of, so that it is not random."""
    parts = (data, press.profile, f"{press.limit} {day}".encode())
    return str(UUID(bytes=md5(b"".join(parts), usedforsecurity=False).digest(), version=4))


def _named(item: Any, kind: str) -> list[Any]:
    """The resources of one kind that ``item`` names, if it names any."""
    found = item.get(kind)
    found = found.get_object() if found is not None else None
    return list(dict.values(found)) if isinstance(found, DictionaryObject) else []


def _number(item: Any) -> int:
    return int(item.indirect_reference.idnum)
