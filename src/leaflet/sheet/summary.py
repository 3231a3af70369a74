"""Summary of a sheet PDF for the printer, in one line."""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.model.fold import LEAF_PAGES, Fold
from leaflet.model.layout import Filling, Layout
from leaflet.model.paper import shown_size
from leaflet.sheet.booklet import section_sheets
from leaflet.sheet.placement import place


def describe_sheets(layout: Layout, pages: int, *, back_cover: bool = True) -> str:
    """Return how ``pages`` pages lie on paper: sides, sizes, copies, blank pages, and how the paper is turned."""
    if not layout.repeats_pages:
        pages = min(pages, len(layout.panels))  # the fit reports a draft's pages too many
    panels = [min(page, len(layout.panels) - 1) for page in range(pages)]
    if layout.fold is Fold.BOOKLET:
        panels = [1] * pages
    sizes = [(layout.panels[panel].width, layout.panels[panel].height) for panel in panels]
    sides = place(layout, panels, sizes, back_cover=back_cover)
    first = sides[0]
    count = "1 side" if len(sides) == 1 else f"{len(sides)} sides"
    parts = [f"{count} of {shown_size(first.width, first.height)} on paper of {shown_size(*first.paper)}"]
    parts += [*_copies(layout), *_blanks(layout, pages, back_cover=back_cover), first.turning]
    return f"sheet: {'; '.join(parts)}"


def _copies(layout: Layout) -> Iterator[str]:
    places = layout.press_sheet.columns * layout.press_sheet.rows
    if places > 1:
        what = "copies" if layout.press_sheet.filling is Filling.REPEAT else "pages"
        yield f"{places} {what} on each side, to be cut"


def _blanks(layout: Layout, pages: int, *, back_cover: bool) -> Iterator[str]:
    if layout.fold is not Fold.BOOKLET:
        return
    blank = -pages % LEAF_PAGES
    where = "before the back cover" if back_cover else "after the last"
    if blank:
        yield f"{blank} blank page{'s' if blank > 1 else ''} {where}"
    sections = section_sheets(pages, layout.section_pages)
    if len(sections) > 1:
        sheets = f"{min(sections)} to {max(sections)}" if len(set(sections)) > 1 else f"{sections[0]}"
        yield f"{len(sections)} sections of {sheets} sheets, to be sewn or glued in their order"
    if max(sections) > 1:
        inner = f"pages of the innermost moved by {_creep(layout, max(sections)):g} mm"
        yield f"{'sheets' if len(sections) > 1 else f'{sections[0]} sheets'} laid into each other, {inner}"


def _creep(layout: Layout, sheets: int) -> float:
    return round((sheets - 1) * layout.thickness, 2)
