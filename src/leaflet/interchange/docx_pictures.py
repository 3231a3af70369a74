"""Drawings of a .docx file: pictures, text boxes, charts and diagrams."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from leaflet.files import DrawingError, Invalid
from leaflet.interchange.docx_context import EMU_PER_MM, MC, A, DocxContext, R, W, element_text
from leaflet.interchange.imported_content import PlacedPicture
from leaflet.interchange.imported_pictures import fault_of, shown_width
from leaflet.interchange.office_package import Relationship

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix that the format has
SVG_BLIP = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
IN_LINE_MM = 12
"""The height up to which a picture stays in its line of text."""
MADE_UP = ("picture ", "image ", "grafik ", "bild ", "imagen ", "immagine ", "afbeelding ", "рисунок ")


def pictures_of(drawing: _Element, links: dict[str, Relationship], context: DocxContext) -> Iterator[PlacedPicture]:
    """Yield the pictures of a ``w:drawing``, ``w:pict`` or ``w:object``; what is no picture is reported."""
    properties = next(drawing.iter(f"{WP}docPr"), None)
    alt, is_decoration = _alternative(properties)
    extent = next(drawing.iter(f"{WP}extent"), None)
    width = int(extent.get("cx", "0") or 0) if extent is not None else 0
    height = int(extent.get("cy", "0") or 0) if extent is not None else 0
    floats = next(drawing.iter(f"{WP}anchor"), None) is not None or height > IN_LINE_MM * EMU_PER_MM
    blips = [blip for blip in drawing.iter(f"{A}blip") if _is_outside_boxes(blip, drawing)]
    for blip in blips:
        data = _linked_data(blip, links, context)
        path = _added(data, alt, context) if data is not None else ""
        if not path:
            continue
        if next(drawing.iter(f"{A}srcRect"), None) is not None and _is_cropped(drawing):
            context.log.say(f"the picture {path} was cut in the document; all of it is imported")
        size = shown_width(width / EMU_PER_MM, context.text_width / EMU_PER_MM) if len(blips) == 1 else ""
        yield PlacedPicture(path=path, alt=alt, width=size, floats=floats, is_decoration=is_decoration)
    for image in drawing.iter(f"{V}imagedata"):
        if _is_outside_boxes(image, drawing):
            alt = alt or (image.getparent().get("alt") or "").strip() or image.get(f"{O}title", "")
            data = _part(image.get(f"{R}id", ""), links, context)
            path = _added(data, alt, context) if data is not None else ""
            if path:
                yield PlacedPicture(path=path, alt=alt, floats=True)
    _report_others(drawing, links, context)


def boxes_of(drawing: _Element) -> list[_Element]:
    """Return the contents of the text boxes of a drawing, the outermost only."""
    found: list[_Element] = []
    for box in drawing.iter(f"{W}txbxContent"):
        if all(not any(above is other for above in box.iterancestors()) for other in found):
            found.append(box)
    return found


def chosen(alternative: _Element) -> _Element | None:
    """Return the branch of ``mc:AlternateContent`` to read: the newer one, unless only the older one holds something."""
    choice, fallback = alternative.find(f"{MC}Choice"), alternative.find(f"{MC}Fallback")
    if choice is not None and len(choice):
        return choice
    return fallback


def _is_outside_boxes(element: _Element, drawing: _Element) -> bool:
    for above in element.iterancestors():
        if above.tag == f"{W}txbxContent":
            return False
        if above is drawing:
            return True
    return True


def _alternative(properties: _Element | None) -> tuple[str, bool]:
    if properties is None:
        return "", False
    words = " ".join((properties.get("descr") or properties.get("title") or "").split())
    decorative = next((element for element in properties.iter(DECORATIVE)), None)
    is_decoration = decorative is not None and decorative.get("val", "0") not in {"0", "false"}
    return ("" if words.lower().startswith(MADE_UP) and words[-1:].isdigit() else words), is_decoration


def _linked_data(blip: _Element, links: dict[str, Relationship], context: DocxContext) -> bytes | None:
    if not blip.get(f"{R}embed") and blip.get(f"{R}link"):
        target = links.get(blip.get(f"{R}link", ""))
        context.log.say(f"a picture is only linked, and links are not opened: {target.target if target else ''}")
        return None
    drawn = next((element.get(f"{R}embed") for element in blip.iter(SVG_BLIP)), None)
    if drawn and drawn in links and not links[drawn].is_external:
        data = context.package.read(links[drawn].target, 50_000_000)
        if data is not None and _is_sound(data, context):
            return data
    return _part(blip.get(f"{R}embed", ""), links, context)


def _is_sound(data: bytes, context: DocxContext) -> bool:
    try:
        context.pictures.add(data)
    except (Invalid, DrawingError):
        return False
    return True


def _part(identifier: str, links: dict[str, Relationship], context: DocxContext) -> bytes | None:
    link = links.get(identifier)
    if link is None:
        return None
    if link.is_external:
        context.log.say(f"a picture is only linked, and links are not opened: {link.target}")
        return None
    data = context.package.read(link.target, 100_000_000)
    if data is None:
        context.log.say("a picture is missing in the document")
    return data


def _added(data: bytes, alt: str, context: DocxContext) -> str:
    try:
        path = context.pictures.add(data)
    except (Invalid, DrawingError) as error:
        named = f"the picture “{alt}”" if alt else "a picture"
        context.log.say(f"{named} is left out: it {fault_of(error)}")
        return ""
    context.log.count("picture")
    return path


def _is_cropped(drawing: _Element) -> bool:
    return any(
        int(edge) > 0
        for area in drawing.iter(f"{A}srcRect")
        for edge in area.attrib.values()
        if edge.lstrip("-").isdigit()
    )


def _report_others(drawing: _Element, links: dict[str, Relationship], context: DocxContext) -> None:
    kinds = (
        (f"{C}chart", "id", "a chart is left out: save it as a picture, or write its numbers as ::: {.bar-chart}"),
        (f"{DGM}relIds", "dm", "a diagram (SmartArt) is left out: save it as a picture"),
    )
    for tag, name, message in kinds:
        for element in drawing.iter(tag):
            link = links.get(element.get(f"{R}{name}", ""))
            root = context.package.xml(link.target) if link and not link.is_external else None
            context.log.say(message, left_out=element_text(root) if root is not None else "")
