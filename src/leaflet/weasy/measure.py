"""Measurement of pages: text and images of WeasyPrint's box tree against the page's content box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from leaflet.model.fold import Millimetres
from leaflet.weasy.types import Box, Element, Page

PIXELS_PER_MM = 96 / 25.4
POINTS_PER_PIXEL = 0.75
FOOT = "panel-foot"
"""The class of a panel's footer; between it and the text the panel is free."""
TOLERANCE: Millimetres = 0.5
"""An excess that is not reported: rounding, side bearings, the descent of a last line."""
LOW = 0.25
"""Text that begins so far down its page is meant to be at its foot, and the rest is free."""
SAFE_EDGE: Millimetres = 3.0
"""Positioned boxes may leave the content box, but must stay this far from the trim."""


class PageArea(Struct, frozen=True, kw_only=True):
    """A rectangle in millimetres from the page's top left corner."""

    left: Millimetres
    top: Millimetres
    right: Millimetres
    bottom: Millimetres

    def overlap(self, other: PageArea) -> Millimetres:
        """Return the smaller side of what both areas share; 0 where they do not meet."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, min(width, height))

    def outside(self, frame: PageArea) -> tuple[Millimetres, Millimetres]:
        """Return how far the area leaves ``frame`` sideways and downwards (or upwards)."""
        sideways = max(frame.left - self.left, self.right - frame.right, 0.0)
        upright = max(frame.top - self.top, self.bottom - frame.bottom, 0.0)
        return sideways, upright

    def inset(self, by: Millimetres) -> PageArea:
        """Return the area with ``by`` taken off at every side."""
        return PageArea(left=self.left + by, top=self.top + by, right=self.right - by, bottom=self.bottom - by)


class PagePiece(Struct, frozen=True, kw_only=True):
    """A run of text or an image at its place on a page."""

    area: PageArea
    element: Element
    """The element of the HTML tree that it belongs to, or None."""
    text: str | None
    """None for an image."""
    positioned: bool
    """Taken out of the flow by ``position: absolute``."""
    floated: bool
    """Taken out of the flow by ``float``: other text may come to lie on it."""
    table: int | None = None
    """The number of the table that it is in, on its page; words that are turned in their cell are in none."""


class Excess(Struct, frozen=True, kw_only=True):
    """Something that leaves its page's content box or lies on other text."""

    piece: PagePiece
    sideways: Millimetres = 0.0
    upright: Millimetres = 0.0
    covers: bool = False


class PageMeasure(Struct, frozen=True, kw_only=True):
    """One page as it was laid out."""

    kind: str
    """The page's CSS name; empty where it has none."""
    width: Millimetres
    height: Millimetres
    content: PageArea
    pieces: tuple[PagePiece, ...]
    excess: tuple[Excess, ...]
    body_points: float | None
    """The size of running text, in points: that of ``body``, which everything inherits; None on a blank page."""
    foot: PageArea | None = None
    """The area of the page's footer, if it has one."""

    @property
    def used(self) -> Millimetres:
        """The height of the content box that is taken, by the text and by the foot."""
        flowing = [piece.area for piece in self.pieces if not piece.positioned]
        if self.foot is None:
            return max(0.0, max((area.bottom for area in flowing), default=0.0) - self._start(flowing))
        above = [area.bottom for area in flowing if area.top < self.foot.top]
        return max(0.0, max(above, default=0.0) - self.content.top) + self.foot.bottom - self.foot.top

    def _start(self, flowing: Sequence[PageArea]) -> Millimetres:
        """Return where the text begins: the top of the content, but for a title at the foot of its cover."""
        highest = min((area.top for area in flowing), default=0.0)
        low = highest - self.content.top > (self.content.bottom - self.content.top) * LOW
        return highest if low else self.content.top

    @property
    def free(self) -> Millimetres:
        """The height that is left, never below 0."""
        return max(0.0, self.content.bottom - self.content.top - self.used)

    @property
    def fill(self) -> float:
        """The share of the content height that is taken; over 1 where the content sticks out."""
        return self.used / (self.content.bottom - self.content.top)

    @property
    def words(self) -> int:
        """The number of words on the page."""
        return sum(len(piece.text.split()) for piece in self.pieces if piece.text)


def measure_pages(pages: Iterable[Page]) -> tuple[PageMeasure, ...]:
    """Measure the pages of a WeasyPrint document.

    A page that holds nothing but the rest of the footnotes has no CSS name; it belongs with the page before it.
    """
    measured: list[PageMeasure] = []
    for page in map(measure_page, pages):
        kind = page.kind or (measured[-1].kind if measured else "")
        measured.append(replace(page, kind=kind))
    return tuple(measured)


def measure_page(page: Page) -> PageMeasure:
    """Measure one page of a WeasyPrint document."""
    box = page._page_box
    content = _area(box.content_box_x(), box.content_box_y(), box.width, box.height)
    width, height = page.width / PIXELS_PER_MM, page.height / PIXELS_PER_MM
    trim = PageArea(left=0.0, top=0.0, right=width, bottom=height)
    pieces = tuple(piece for child in box.children if _is_content(child) for piece in _walk(child))
    return PageMeasure(
        kind=box.page_type.name or "",
        width=width,
        height=height,
        content=content,
        pieces=pieces,
        excess=tuple(_excess(pieces, content, trim)),
        body_points=_body_points(box),
        foot=_foot(box),
    )


def body_points(pages: tuple[PageMeasure, ...]) -> float | None:
    """Return the size of running text in points."""
    return next((page.body_points for page in pages if page.body_points), None)


def _body_points(page: Box) -> float | None:
    root = next(iter(page.children), None)
    body = next((child for child in getattr(root, "children", ()) if child.element_tag == "body"), None)
    return None if body is None else round(float(body.style["font_size"]) * POINTS_PER_PIXEL, 2)


def _foot(box: Box) -> PageArea | None:
    """Return the area of the panel's footer, a child of the panel, which is a child of the body."""
    level = [box]
    for _ in ("html", "body", "panel", "foot"):
        level = [child for box in level for child in getattr(box, "children", ()) if _is_content(child)]
    feet = [box for box in level if box.element is not None and FOOT in box.element.get("class", "").split()]
    if not feet:
        return None
    foot = feet[-1]
    return _area(foot.border_box_x(), foot.border_box_y(), foot.border_width(), foot.border_height())


def _area(x: float, y: float, width: float, height: float) -> PageArea:
    return PageArea(
        left=x / PIXELS_PER_MM,
        top=y / PIXELS_PER_MM,
        right=(x + width) / PIXELS_PER_MM,
        bottom=(y + height) / PIXELS_PER_MM,
    )


def _is_content(box: Box) -> bool:
    """Return whether ``box`` is not in a margin, as running heads and page numbers are."""
    return type(box).__name__ != "MarginBox"


def _walk(
    box: Box, *, positioned: bool = False, floated: bool = False, table: int | None = None
) -> Iterator[PagePiece]:
    box = getattr(box, "_box", box)
    if box.element_tag == "table" and box.element is not None:
        table = id(box.element)
    elif box.style["transform"]:
        table = None
    positioned = positioned or box.style["position"] in ("absolute", "fixed")
    floated = floated or box.style["float"] in ("left", "right")
    if hasattr(box, "text"):
        if box.text.strip() and box.width is not None:
            size = box.style["font_size"]
            # The line's own leading is no ink: take the height of the type around the middle of the line.
            middle = box.position_y + box.height / 2
            area = _area(box.position_x, middle - size / 2, box.width, size)
            yield PagePiece(
                area=area, element=box.element, text=box.text, positioned=positioned, floated=floated, table=table
            )
        return
    if hasattr(box, "replacement"):
        area = _area(box.content_box_x(), box.content_box_y(), box.width, box.height)
        yield PagePiece(area=area, element=box.element, text=None, positioned=positioned, floated=floated)
        return
    for child in box.all_children() if hasattr(box, "all_children") else ():
        yield from _walk(child, positioned=positioned, floated=floated, table=table)


def _wide_tables(flowing: Sequence[PagePiece]) -> Iterator[Excess]:
    """Yield the words of tables that lie on other text, as those of one that is wider than its column do."""
    others = [piece for piece in flowing if piece.table is None]
    tables: dict[int, list[PagePiece]] = {}
    for piece in flowing:
        if piece.table is not None:
            tables.setdefault(piece.table, []).append(piece)
    for cells in tables.values():
        around = PageArea(
            left=min(cell.area.left for cell in cells),
            top=min(cell.area.top for cell in cells),
            right=max(cell.area.right for cell in cells),
            bottom=max(cell.area.bottom for cell in cells),
        )
        near = [other for other in others if around.overlap(other.area) > TOLERANCE]
        for cell in cells if near else ():
            if any(cell.area.overlap(other.area) > TOLERANCE for other in near):
                yield Excess(piece=cell, covers=True)


def _excess(pieces: tuple[PagePiece, ...], content: PageArea, trim: PageArea) -> Iterator[Excess]:
    flowing = [piece for piece in pieces if not (piece.positioned or piece.floated) and piece.text]
    yield from _wide_tables(flowing)
    for piece in pieces:
        if piece.text is None and _bleeds(piece.area, content, positioned=piece.positioned):
            continue
        frame = trim.inset(SAFE_EDGE) if piece.positioned else content
        sideways, upright = piece.area.outside(frame)
        if max(sideways, upright) > TOLERANCE:
            yield Excess(piece=piece, sideways=sideways, upright=upright)
        elif _may_cover(piece) and any(piece.area.overlap(other.area) > TOLERANCE for other in flowing):
            yield Excess(piece=piece, covers=True)


def _may_cover(piece: PagePiece) -> bool:
    """Return whether ``piece`` may lie on other text by accident; positioned pictures are meant to lie under words."""
    return piece.floated or (piece.positioned and piece.text is not None)


def _bleeds(area: PageArea, content: PageArea, *, positioned: bool) -> bool:
    """Return whether an image is meant to leave the content box: positioned, or pulled out over the left edge too."""
    return positioned or area.left < content.left - TOLERANCE
