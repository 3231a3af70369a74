"""Imposition that keeps the tags: each panel page becomes a form drawn on its sheet, and the tree follows it.

ISO 32000-1, 14.7.4.3: content inside a form is tagged by a marked-content reference that names the form as its
stream. The form keeps the page's ``StructParents``, so the parent tree stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import md5
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from leaflet.model.layout import Layout
from leaflet.sheet.marks import POINTS_PER_MM, REGISTRATION, SLUG, draw_marks
from leaflet.sheet.placement import PlacedPage, SheetSide, place

N = NameObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where the content of one page went: the sheet, the form it is now, and the shift in points."""

    sheet: IndirectObject
    form: IndirectObject
    dx: float
    dy: float


def impose(panels: bytes, layout: Layout, *, job: str = "") -> bytes:
    """The sheet PDF for a panel PDF.

    Args:
        panels: the panel PDF in reading order. Its page labels say which panel each page is; a page with another
            label is left over (a draft has such pages) and gets a sheet of its own.
        job: what the printer reads beside the sheet, for example the file's name.

    Raises:
        LayoutError: the pages are not the layout's panels.
    """
    reader = PdfReader(BytesIO(panels))
    writer = PdfWriter(clone_from=reader)
    old = [page.indirect_reference for page in writer.pages]
    sizes = [_trim_size(page) for page in writer.pages]
    labels = {layout.label(index): index for index in range(len(layout.panels))}
    sides = place(layout, [labels.get(label) for label in reader.page_labels], sizes)
    resources = _mark_resources(writer)
    moves: dict[int, Move] = {}
    sheets = []
    for side in sides:
        sheet, moved = _draw_side(writer, side, layout, [_reference(page) for page in old], resources, job)
        sheets.append(sheet)
        moves |= moved
    _replace_pages(writer, sheets)
    _move_objects(writer, moves)
    _label_sheets(writer, sides)
    _set_viewer(writer, layout)
    return _written(writer, panels)


def _draw_side(
    writer: PdfWriter,
    side: SheetSide,
    layout: Layout,
    pages: list[IndirectObject],
    resources: DictionaryObject,
    job: str,
) -> tuple[IndirectObject, dict[int, Move]]:
    """A new page for one side, and where the pages on it went."""
    margin = layout.bleed + SLUG
    sheet = DictionaryObject()
    reference = writer._add_object(sheet)
    moves: dict[int, Move] = {}
    forms, annotations, drawing = DictionaryObject(), ArrayObject(), []
    for placed in side.pages:
        page = pages[placed.page].get_object()
        assert isinstance(page, DictionaryObject)
        left, bottom, *_ = _numbers(page["/TrimBox"])
        move = Move(
            sheet=reference,
            form=_make_form(writer, page, placed),
            dx=(margin + placed.x) * POINTS_PER_MM - left,
            dy=(margin + placed.y) * POINTS_PER_MM - bottom,
        )
        moves[pages[placed.page].idnum] = move
        name = f"/Panel{placed.page + 1}"
        forms[N(name)] = move.form
        drawing.append(f"q 1 0 0 1 {move.dx:.3f} {move.dy:.3f} cm {name} Do Q")
        for annotation in list.__iter__(page.get("/Annots", ArrayObject())):
            _move_annotation(annotation.get_object(), move)
            annotations.append(annotation)
    content = "\n".join(drawing).encode() + b"\n" + draw_marks(side, layout.bleed, job)
    sheet.update(
        {
            N("/Type"): N("/Page"),
            N("/Contents"): writer._add_object(_stream(content)),
            N("/Resources"): DictionaryObject({N("/XObject"): forms, N("/ColorSpace"): resources}),
            N("/MediaBox"): _box(0, 0, side.width + 2 * margin, side.height + 2 * margin),
            N("/TrimBox"): _box(margin, margin, margin + side.width, margin + side.height),
            N("/BleedBox"): _box(SLUG, SLUG, margin + side.width + layout.bleed, margin + side.height + layout.bleed),
            N("/Tabs"): N("/S"),
        }
    )
    if annotations:
        sheet[N("/Annots")] = annotations
    return reference, moves


def _make_form(writer: PdfWriter, page: DictionaryObject, placed: PlacedPage) -> IndirectObject:
    """Turn a page's content into a form that shows the panel up to its folds, and into the bleed elsewhere."""
    reference = page.raw_get("/Contents")
    content = reference.get_object()
    if isinstance(content, ArrayObject):
        content = _stream(b"\n".join(part.get_object().get_data() for part in content))
        reference = writer._add_object(content)
    assert isinstance(content, StreamObject)
    left, bottom, right, top = _numbers(page["/TrimBox"])
    bleed = placed.bleed
    content.update(
        {
            N("/Type"): N("/XObject"),
            N("/Subtype"): N("/Form"),
            N("/BBox"): _array(
                left - bleed.left * POINTS_PER_MM,
                bottom - bleed.bottom * POINTS_PER_MM,
                right + bleed.right * POINTS_PER_MM,
                top + bleed.top * POINTS_PER_MM,
            ),
            N("/Resources"): page.raw_get("/Resources"),
        }
    )
    if "/StructParents" in page:
        content[N("/StructParents")] = page["/StructParents"]
    assert isinstance(reference, IndirectObject)
    return reference


def _replace_pages(writer: PdfWriter, sheets: list[IndirectObject]) -> None:
    """Make ``sheets`` the document's pages."""
    tree = writer.root_object.raw_get("/Pages")
    for sheet in sheets:
        page = sheet.get_object()
        assert isinstance(page, DictionaryObject)
        page[N("/Parent")] = tree
    node = tree.get_object()
    assert isinstance(node, DictionaryObject)
    node[N("/Kids")] = ArrayObject(sheets)
    node[N("/Count")] = NumberObject(len(sheets))


def _move_objects(writer: PdfWriter, moves: dict[int, Move]) -> None:
    """Point everything that names an old page to its sheet, and shift what has coordinates."""
    for thing in _dictionaries(writer):
        if thing.get("/Type") in ("/StructElem", "/OBJR"):
            _move_element(thing, moves)
        for key in ("/Dest", "/D"):
            if key in thing:
                _move_destination(thing[key], moves)
    for destination in _named_destinations(writer):
        _move_destination(destination, moves)


def _dictionaries(writer: PdfWriter) -> Iterator[DictionaryObject]:
    for item in list(writer._objects):
        if isinstance(item, DictionaryObject):
            yield item


def _move_annotation(annotation: DictionaryObject, move: Move) -> None:
    annotation[N("/P")] = move.sheet
    for key in ("/Rect", "/QuadPoints"):
        if key in annotation:
            annotation[N(key)] = _shifted(annotation[key], move)


def _move_element(element: DictionaryObject, moves: dict[int, Move]) -> None:
    """A structure element, or an object reference, of a page that is now a form."""
    page = element.raw_get("/Pg") if "/Pg" in element else None
    move = moves.get(page.idnum) if isinstance(page, IndirectObject) else None
    if move is None:
        return
    element[N("/Pg")] = move.sheet
    kids = element.get("/K")
    if isinstance(kids, NumberObject):
        element[N("/K")] = _content_reference(kids, move)
    elif isinstance(kids, ArrayObject):
        element[N("/K")] = ArrayObject(
            _content_reference(kid, move) if isinstance(kid, NumberObject) else kid for kid in list.__iter__(kids)
        )
    attributes = element.get("/A")
    if isinstance(attributes, DictionaryObject) and "/BBox" in attributes:
        attributes[N("/BBox")] = _shifted(attributes["/BBox"], move)


def _content_reference(number: NumberObject, move: Move) -> DictionaryObject:
    return DictionaryObject(
        {N("/Type"): N("/MCR"), N("/Pg"): move.sheet, N("/Stm"): move.form, N("/MCID"): number},
    )


def _move_destination(destination: PdfObject | None, moves: dict[int, Move]) -> None:
    """Change a destination ``[page /XYZ left top zoom]`` in place; other kinds only get their sheet."""
    if not isinstance(destination, ArrayObject) or not destination:
        return
    page = list.__getitem__(destination, 0)
    move = moves.get(page.idnum) if isinstance(page, IndirectObject) else None
    if move is None:
        return
    destination[0] = move.sheet
    if len(destination) > 3 and destination[1] == "/XYZ":
        destination[2] = FloatObject(round(float(destination[2]) + move.dx, 3))
        destination[3] = FloatObject(round(float(destination[3]) + move.dy, 3))


def _named_destinations(writer: PdfWriter) -> Iterator[PdfObject]:
    names = writer.root_object.get("/Names", DictionaryObject()).get("/Dests", DictionaryObject()).get("/Names", ())
    for entry in list(names)[1::2]:
        yield entry.get_object()


def _label_sheets(writer: PdfWriter, sides: tuple[SheetSide, ...]) -> None:
    numbers = ArrayObject()
    for index, side in enumerate(sides):
        numbers.append(NumberObject(index))
        numbers.append(DictionaryObject({N("/P"): TextStringObject(side.name)}))
    writer.root_object[N("/PageLabels")] = DictionaryObject({N("/Nums"): numbers})


def _set_viewer(writer: PdfWriter, layout: Layout) -> None:
    """How a viewer shows and a desktop printer prints the file: by title, at full size, turned as the fold needs."""
    preferences = writer.root_object.get("/ViewerPreferences", DictionaryObject())
    preferences[N("/DisplayDocTitle")] = BooleanObject(True)
    preferences[N("/PrintScaling")] = N("/None")
    preferences[N("/Duplex")] = N("/DuplexFlipShortEdge" if layout.duplex == "short-edge" else "/DuplexFlipLongEdge")
    writer.root_object[N("/ViewerPreferences")] = preferences


def _written(writer: PdfWriter, panels: bytes) -> bytes:
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    identifier = ByteStringObject(md5(panels, usedforsecurity=False).digest())
    output = BytesIO()
    writer._ID = ArrayObject((identifier, identifier))
    writer.write(output)
    return output.getvalue()


def _mark_resources(writer: PdfWriter) -> DictionaryObject:
    """The registration colour: one ink named "All", which a press prints on every plate."""
    tint = DictionaryObject(
        {
            N("/FunctionType"): NumberObject(2),
            N("/Domain"): _array(0, 1),
            N("/C0"): _array(0, 0, 0, 0),
            N("/C1"): _array(1, 1, 1, 1),
            N("/N"): NumberObject(1),
        }
    )
    space = ArrayObject((N("/Separation"), N("/All"), N("/DeviceCMYK"), tint))
    return DictionaryObject({N(f"/{REGISTRATION}"): writer._add_object(space)})


def _trim_size(page: DictionaryObject) -> tuple[float, float]:
    left, bottom, right, top = _numbers(page["/TrimBox"])
    return (right - left) / POINTS_PER_MM, (top - bottom) / POINTS_PER_MM


def _stream(data: bytes) -> StreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream.flate_encode()


def _shifted(values: PdfObject, move: Move) -> ArrayObject:
    """Pairs of x and y, moved to the sheet."""
    return _array(*(value + (move.dy if i % 2 else move.dx) for i, value in enumerate(_numbers(values))))


def _numbers(values: PdfObject) -> list[float]:
    assert isinstance(values, ArrayObject)
    return [float(value) for value in values]


def _box(*millimetres: float) -> ArrayObject:
    return _array(*(value * POINTS_PER_MM for value in millimetres))


def _array(*values: float) -> ArrayObject:
    return ArrayObject(FloatObject(round(value, 3)) for value in values)


def _reference(item: object) -> IndirectObject:
    assert isinstance(item, IndirectObject)
    return item
