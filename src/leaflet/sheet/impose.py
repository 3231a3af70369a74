"""Imposition that preserves tags: each page becomes a form on its sheet, and all references follow it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pikepdf import (
    Array,
    Dictionary,
    Matrix,
    Name,
    NumberTree,
    Object,
    ObjectStreamMode,
    Page,
    Pdf,
    Rectangle,
    Stream,
    String,
)

from leaflet.model.fold import Millimetres
from leaflet.model.layout import Layout
from leaflet.model.paper import Duplex
from leaflet.sheet.annotation_appearances import printed_appearances
from leaflet.sheet.form_xobjects import POINTS_PER_MM, make_form, page_box, shown_page_size, untagged, upright
from leaflet.sheet.placement import PlacedPage, SheetSide, natural_duplex, place
from leaflet.sheet.printer_marks import INKS, draw_marks
from leaflet.sheet.remap import Move, PageNumber, move_objects
from leaflet.sheet.text_paths import OutlineFont


def impose(panels: bytes, layout: Layout, *, job: str = "", font: OutlineFont | None = None) -> bytes:
    """Return the sheet PDF for a panel PDF.

    Args:
        panels: the panel PDF in reading order. Its page labels say which panel each page is; a page with another
            label is left over (a draft has such pages) and gets a sheet of its own.
        job: the name that the printer reads beside the sheet, for example the file's.
        font: the one that other sheets are marked with (``pipeline.Session`` owns it); without it, one is made.

    Raises:
        LayoutError: the pages are not the layout's panels.
    """
    with Pdf.open(BytesIO(panels)) as pdf:
        labels = {layout.label(index): index for index in range(len(layout.panels))}
        shown = [labels.get(str(page.label)) for page in pdf.pages]
        sides = place(layout, shown, [shown_page_size(page.obj) for page in pdf.pages])
        return drawn(pdf, sides, layout, job=job, font=font)


def drawn(pdf: Pdf, sides: Sequence[SheetSide], layout: Layout, *, job: str, font: OutlineFont | None = None) -> bytes:
    """Return the file with ``sides`` for its pages."""
    labels = [str(page.label) for page in pdf.pages] if "/PageLabels" in pdf.Root else []
    pages = [page.obj for page in pdf.pages]
    inks = _inks(pdf)
    font = font or OutlineFont()
    moves: dict[PageNumber, Move] = {}
    sheets = [_draw_side(pdf, side, layout, pages, inks, moves, job, font) for side in sides]
    move_objects(pdf, pages, moves)
    for sheet in sheets:
        pdf.pages.append(Page(sheet))
    del pdf.pages[: len(pages)]
    _label_sheets(pdf, sides, labels)
    _set_viewer(pdf, layout)
    return _written(pdf)


def _draw_side(
    pdf: Pdf,
    side: SheetSide,
    layout: Layout,
    pages: Sequence[Object],
    inks: Dictionary,
    moves: dict[PageNumber, Move],
    job: str,
    font: OutlineFont,
) -> Object:
    """Return a new page for one side, and add the move of each page on it to ``moves``."""
    sheet = pdf.make_indirect(Dictionary(Type=Name.Page))
    forms, drawing = Dictionary(), []
    annotations: list[Object] = []
    for number, placed in enumerate(side.pages):
        page = pages[placed.page]
        matrix = _way(page, placed, side)
        window = matrix.inverse().transform(_window(placed, side))
        form = pdf.make_indirect(make_form(pdf, page, _within(window, page_box(page, "/BleedBox"))))
        name = f"/Panel{placed.page + 1}" + (f"x{number}" if placed.again else "")
        if placed.again:
            forms[name] = pdf.make_indirect(untagged(pdf, form))
            drawing.append(f"/Artifact BMC {_painted(name, matrix)} EMC")
            for place, (shown, way) in enumerate(printed_appearances(page)):
                forms[f"{name}a{place}"] = pdf.make_indirect(untagged(pdf, shown))
                drawing.append(f"/Artifact BMC {_painted(f'{name}a{place}', way @ matrix)} EMC")
            continue
        forms[name] = form
        drawing.append(_painted(name, matrix))
        moves[page.objgen] = Move(sheet=sheet, form=form, matrix=matrix)
        annotations.extend(page.get("/Annots", ()))
    content = "\n".join(drawing).encode() + b"\n" + draw_marks(side, layout.bleed, job, font)
    left, below = side.margins
    width, height = side.paper
    trim = (left, below, left + side.width, below + side.height)
    sheet.Contents = pdf.make_indirect(Stream(pdf, content))
    sheet.Resources = Dictionary(XObject=forms, ColorSpace=inks)
    sheet.MediaBox = _box(0, 0, width, height)
    sheet.TrimBox = _box(*trim)
    sheet.BleedBox = _box(*_bled(trim, side, layout.bleed))
    sheet.Tabs = Name.S
    if annotations:
        sheet.Annots = Array(annotations)
    return sheet


def _bled(
    trim: tuple[Millimetres, Millimetres, Millimetres, Millimetres], side: SheetSide, bleed: Millimetres
) -> tuple[Millimetres, Millimetres, Millimetres, Millimetres]:
    """Return the trim with its bleed, as far as the paper goes."""
    level, upright = min(bleed, side.margins[0]), min(bleed, side.margins[1])
    return trim[0] - level, trim[1] - upright, trim[2] + level, trim[3] + upright


def _way(page: Object, placed: PlacedPage, side: SheetSide) -> Matrix:
    """Return the matrix from the page's own space to the sheet's, in points; it scales a page of another size."""
    width, height = shown_page_size(page)
    scale = 1.0 if placed.scale is None else placed.scale
    matrix = upright(page) @ Matrix(scale, 0, 0, scale, 0, 0)
    if placed.turned:
        matrix = matrix @ Matrix(-1, 0, 0, -1, width * scale * POINTS_PER_MM, height * scale * POINTS_PER_MM)
    x = side.margins[0] + placed.x + (placed.width - width * scale) / 2
    y = side.margins[1] + placed.y + (placed.height - height * scale) / 2
    return matrix @ Matrix(1, 0, 0, 1, x * POINTS_PER_MM, y * POINTS_PER_MM)


def _window(placed: PlacedPage, side: SheetSide) -> Rectangle:
    """Return the part of the sheet that the page may cover, in points."""
    left, below = side.margins[0] + placed.x, side.margins[1] + placed.y
    edges = (
        left - placed.bleed.left,
        below - placed.bleed.bottom,
        left + placed.width + placed.bleed.right,
        below + placed.height + placed.bleed.top,
    )
    return Rectangle(*(edge * POINTS_PER_MM for edge in edges))


def _within(window: Rectangle, box: Rectangle) -> Rectangle:
    """Return ``window`` no larger than ``box``: the sheet shows nothing that the page does not show."""
    return Rectangle(
        max(window.llx, box.llx), max(window.lly, box.lly), min(window.urx, box.urx), min(window.ury, box.ury)
    )


def _painted(name: str, matrix: Matrix) -> str:
    turn = " ".join(f"{value:g}" for value in (matrix.a, matrix.b, matrix.c, matrix.d))
    return f"q {turn} {matrix.e:.3f} {matrix.f:.3f} cm {name} Do Q"


def _label_sheets(pdf: Pdf, sides: Sequence[SheetSide], labels: Sequence[str]) -> None:
    """Label each side with its name and the labels of the pages on it, if the file gave them labels."""
    pdf.Root.PageLabels = pdf.make_indirect(Dictionary(Nums=Array()))
    tree = NumberTree(pdf.Root.PageLabels)
    for number, side in enumerate(sides):
        own = [labels[page.page] for page in side.pages if labels and not page.again]
        name = side.name if not own or own == [side.name] else f"{side.name}: {', '.join(own)}"
        tree[number] = Dictionary(P=String(name))


def _set_viewer(pdf: Pdf, layout: Layout) -> None:
    """Set how viewers show and desktop printers print the file: by title, at full size, turned as folded."""
    duplex = layout.duplex or natural_duplex(layout)
    given = pdf.Root.get("/ViewerPreferences")
    preferences = Dictionary() if given is None else Dictionary(dict(given.items()))
    preferences.DisplayDocTitle = True
    preferences.PrintScaling = Name("/None")
    preferences.Duplex = Name.DuplexFlipShortEdge if duplex is Duplex.SHORT_EDGE else Name.DuplexFlipLongEdge
    pdf.Root.ViewerPreferences = preferences
    if "/PageLayout" in pdf.Root:  # two pages side by side would be two sides of the paper
        del pdf.Root.PageLayout


def _written(pdf: Pdf) -> bytes:
    output = BytesIO()
    pdf.save(output, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate, fix_metadata_version=False)
    return output.getvalue()


def _inks(pdf: Pdf) -> Dictionary:
    """Return the inks of marks: separations, so that each prints on its own plate, or on every one."""
    return Dictionary({f"/{name}": pdf.make_indirect(_separation(*ink)) for name, ink in INKS.items()})


def _separation(ink: str, mixture: Sequence[float]) -> Array:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=list(mixture), N=1)
    return Array([Name.Separation, Name(f"/{ink}"), Name.DeviceCMYK, tint])


def _box(*millimetres: float) -> Array:
    return Array([round(value * POINTS_PER_MM, 3) for value in millimetres])
