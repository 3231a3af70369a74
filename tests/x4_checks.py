"""Checks of ISO 15930-7 (PDF/X-4), as far as a sheet of ours can offend against it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageCms
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject, NameObject, StreamObject

SCREEN_COLOURS = {"/DeviceRGB", "/CalRGB", "/CalGray"}
PAINT_RGB = {b"rg", b"RG"}
INTERACTIVE = {"/OpenAction", "/AA", "/AcroForm", "/JavaScript", "/OCProperties", "/EmbeddedFiles"}
PACKET_NAMES = (
    "GTS_PDFXVersion", "title", "CreateDate", "ModifyDate", "MetadataDate", "DocumentID", "VersionID",
    "RenditionClass", "Trapped",
)  # fmt: skip


def x4_faults(data: bytes) -> list[str]:
    """Everything in ``data`` that PDF/X-4 does not allow, or misses."""
    reader = PdfReader(BytesIO(data))
    root: Any = reader.trailer["/Root"]
    faults = [] if data[:8] <= b"%PDF-1.6" else ["6.2: the version is above 1.6"]
    faults += [] if "/ID" in reader.trailer else ["6.1: there is no file identifier"]
    faults += ["6.1: the file is encrypted"] if reader.is_encrypted else []
    faults += _intent_faults(root)
    faults += _packet_faults(reader, root)
    for number, page in enumerate(reader.pages, start=1):
        faults += [f"page {number}: {fault}" for fault in _page_faults(page)]
    for thing in _all_objects(reader):
        faults += _object_faults(thing, reader)
    return sorted(set(faults))


def _intent_faults(root: Any) -> Iterator[str]:
    intents = root.get("/OutputIntents", [])
    if len(intents) != 1 or intents[0].get_object().get("/S") != "/GTS_PDFX":
        yield "6.2.2: there is not one output intent for PDF/X"
        return
    intent = intents[0].get_object()
    if not intent.get("/OutputConditionIdentifier"):
        yield "6.2.2: the printing condition has no name"
    profile = intent["/DestOutputProfile"].get_object()
    opened = ImageCms.ImageCmsProfile(BytesIO(profile.get_data())).profile
    if (profile["/N"], opened.device_class, opened.xcolor_space) != (4, "prtr", "CMYK"):
        yield "6.2.2: the profile is not that of a press"


def _packet_faults(reader: PdfReader, root: Any) -> Iterator[str]:
    stream = root["/Metadata"]
    if "/Filter" in stream:
        yield "6.3: the metadata is compressed"
    values = {
        element.tag.rpartition("}")[2]: "".join(element.itertext()).strip()
        for element in ElementTree.fromstring(stream.get_data()).iter()
    }
    yield from (f"6.3: the metadata has no {name}" for name in PACKET_NAMES if not values.get(name))
    if values.get("GTS_PDFXVersion") != "PDF/X-4":
        yield "6.4: the file does not say that it is PDF/X-4"
    facts: Any = reader.trailer["/Info"]
    if facts.get("/Title") != values.get("title") or str(facts.get("/Trapped", "")).strip("/") != values.get("Trapped"):
        yield "6.3: the dictionary of facts and the metadata differ"
    if not {"/CreationDate", "/ModDate"} <= set(facts):
        yield "6.3: the dictionary of facts has no dates"


def _page_faults(page: Any) -> Iterator[str]:
    if "/TrimBox" not in page or "/ArtBox" in page:
        yield "6.8: a page has one of trim box and art box"
        return
    media, bleed, trim = ([float(value) for value in page[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
    if not (_inside(trim, bleed) and _inside(bleed, media)):
        yield "6.8: the boxes do not lie in each other"
    if "/Annots" in page:
        yield "6.14: there are annotations"


def _inside(inner: list[float], outer: list[float]) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _all_objects(reader: PdfReader) -> Iterator[Any]:
    """Each object that can be reached from the trailer, and each dictionary and array inside it."""
    waiting: list[Any] = [reader.trailer["/Root"], reader.trailer["/Info"]]
    seen: set[int] = set()
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            if item.idnum in seen:
                continue
            seen.add(item.idnum)
            item = item.get_object()
        yield item
        if isinstance(item, DictionaryObject):
            waiting += [item.raw_get(key) for key in item]
        elif isinstance(item, ArrayObject):
            waiting += list.__iter__(item)


def _object_faults(thing: Any, reader: PdfReader) -> Iterator[str]:
    if isinstance(thing, NameObject) and thing in SCREEN_COLOURS:
        yield f"6.2.4: {thing} is left"
    if isinstance(thing, ArrayObject) and len(thing) == 2 and thing[0] == "/ICCBased":
        yield "6.2.4: a colour space has a profile of its own"
    if not isinstance(thing, DictionaryObject):
        return
    yield from (f"6.15: the file has {key}" for key in INTERACTIVE & set(thing))
    if thing.get("/S") in {"/URI", "/GoTo", "/JavaScript", "/Launch"}:
        yield "6.15: there is an action"
    if thing.get("/Type") == "/FontDescriptor" and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(thing):
        yield "6.5: a font is not embedded"
    if {"/TR", "/TR2", "/HTP"} & set(thing):
        yield "6.2.8: there is a transfer function or halftone"
    if thing.get("/Filter") == "/LZWDecode":
        yield "6.1: LZW is used"
    if isinstance(thing, StreamObject) and _draws(thing):
        content = ContentStream(thing, reader)
        if any(operator in PAINT_RGB for _, operator in content.operations):
            yield "6.2.4: something is painted in RGB"


def _draws(stream: Any) -> bool:
    return stream.get("/Subtype") == "/Form" or stream.get("/PatternType") == 1


def plates(data: bytes, folder: Path, dpi: int = 72) -> list[dict[str, Image.Image]]:
    """The four plates of each page, as Ghostscript separates them: 255 is full ink."""
    if not shutil.which("gs"):
        pytest.skip("Ghostscript is not installed")
    source = folder / "separate.pdf"
    source.write_bytes(data)
    pattern = folder / "plate-%d.tif"
    subprocess.run(["gs", "-q", "-dSAFER", "-o", pattern, "-sDEVICE=tiffsep", f"-r{dpi}", source], check=True)
    pages = len(PdfReader(BytesIO(data)).pages)
    return [
        {ink: _inked(folder / f"plate-{page}({ink}).tif") for ink in ("Cyan", "Magenta", "Yellow", "Black")}
        for page in range(1, pages + 1)
    ]


def _inked(file: Path) -> Image.Image:
    with Image.open(file) as plate:
        return plate.convert("L").point(lambda value: 255 - value)


def most_ink(page: dict[str, Image.Image], margin: int) -> float:
    """The most ink on one spot, in per cent, inside ``margin`` pixels of the edge."""
    width, height = next(iter(page.values())).size
    box = (margin, margin, width - margin, height - margin)
    spots = zip(*(plate.crop(box).tobytes() for plate in page.values()), strict=True)
    return round(max(map(sum, spots)) / 2.55, 1)
