"""Form XObjects made from pages, which can be drawn on a sheet any number of times."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Matrix,
    Name,
    Object,
    Pdf,
    Rectangle,
    Stream,
    parse_content_stream,
    unparse_content_stream,
)

from leaflet.model.fold import Millimetres

POINTS_PER_MM = 72 / 25.4
QUARTER = 90


def rectangle(found: Object) -> Rectangle:
    """Return an array of four numbers as a rectangle."""
    assert isinstance(found, Array)
    return Rectangle(found)


def copied_stream(pdf: Pdf, stream: Object) -> Stream:
    """Return a stream with the content of ``stream`` as it is stored, without its other entries."""
    packing, options = stream.get("/Filter"), stream.get("/DecodeParms")
    copied = Stream(pdf, b"")
    copied.write(
        stream.read_raw_bytes(),
        filter=packing if isinstance(packing, Array | Name) else None,
        decode_parms=options if isinstance(options, Array | Dictionary) else None,
    )
    return copied


def inherited(page: Object, key: str) -> Object | None:
    """Return an attribute of a page, which it may have from the page tree (ISO 32000-1, 7.7.3.4)."""
    node: Object | None = page
    for _ in range(50):
        if node is None or key in node:
            break
        node = node.get("/Parent")
    return None if node is None else node.get(key)


def page_box(page: Object, *names: str) -> Rectangle:
    """Return the first of the boxes ``names`` that the page has, and its media box where it has none of them."""
    found = (inherited(page, name) for name in (*names, "/CropBox", "/MediaBox"))
    return rectangle(next(box for box in found if box is not None))


def trim(page: Object) -> Rectangle:
    """Return the page's trim box, or its crop box where it has none."""
    return page_box(page, "/TrimBox")


def upright(page: Object) -> Matrix:
    """Return the matrix from the page's own space to the page as shown: upright, its trim at the origin, in points."""
    box = trim(page)
    turn = int(inherited(page, "/Rotate") or 0) % 360
    at_origin = {
        0: Matrix(1, 0, 0, 1, -box.llx, -box.lly),
        90: Matrix(0, -1, 1, 0, -box.lly, box.urx),
        180: Matrix(-1, 0, 0, -1, box.urx, box.ury),
        270: Matrix(0, 1, -1, 0, box.ury, -box.llx),
    }
    unit = float(page.get("/UserUnit", 1))
    return at_origin[turn - turn % QUARTER] @ Matrix(unit, 0, 0, unit, 0, 0)


def shown_page_size(page: Object) -> tuple[Millimetres, Millimetres]:
    """Return the width and height of the trimmed page as it is shown."""
    box = upright(page).transform(trim(page))
    return box.width / POINTS_PER_MM, box.height / POINTS_PER_MM


def make_form(pdf: Pdf, page: Object, window: Rectangle) -> Stream:
    """Return a form with the page's content, clipped to ``window`` (in the page's own space), its tags unchanged."""
    form = _content(pdf, page)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([round(value, 3) for value in (window.llx, window.lly, window.urx, window.ury)])
    form.Resources = inherited(page, "/Resources") or Dictionary()
    for key in ("/Group", "/StructParents"):
        if key in page:
            form[key] = page[key]
    return form


def _content(pdf: Pdf, page: Object) -> Stream:
    content = page.get("/Contents")
    if content is None:
        return Stream(pdf, b"")
    if isinstance(content, Array):
        return Stream(pdf, b"\n".join(part.read_bytes() for part in content))
    return copied_stream(pdf, content)


def untagged(pdf: Pdf, form: Object) -> Stream:
    """Return a copy of ``form`` without tags, which may be drawn as decoration: it is seen and not read.

    Forms inside it are copied in the same way. Optional content stays: layers are no tags.
    """
    copied = Stream(pdf, unparse_content_stream(list(_without_tags(form))))
    for key, value in form.items():
        if key not in ("/Length", "/Filter", "/DecodeParms", "/StructParents", "/StructParent"):
            copied[key] = value
    if "/Resources" not in copied:
        copied.Resources = Dictionary()
    inner = copied.Resources.get("/XObject", Dictionary())
    tagged = {key: value for key, value in inner.items() if value.get("/Subtype") == Name.Form and _has_tags(value)}
    if tagged:
        kept = {key: value for key, value in inner.items() if key not in tagged}
        copied.Resources = Dictionary(dict(copied.Resources.items()))
        copied.Resources.XObject = Dictionary({**kept, **{key: untagged(pdf, one) for key, one in tagged.items()}})
    return copied


def _has_tags(form: Object) -> bool:
    return "/StructParents" in form or "/StructParent" in form or b"BDC" in form.read_bytes()


def _without_tags(form: Object) -> Iterator[ContentStreamInstruction | ContentStreamInlineImage]:
    opened: list[bool] = []
    for instruction in parse_content_stream(form):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            layer = isinstance(instruction, ContentStreamInstruction) and instruction.operands[0] == Name.OC
            opened.append(layer)
            if layer:
                yield instruction
        elif operator == "EMC":
            if opened and opened.pop():
                yield instruction
        elif operator not in ("MP", "DP"):
            yield instruction
