"""Layout of a page's footnotes without those that go to the next page.

For each footnote that it meets, WeasyPrint 70 lays out all notes of the page once more: once with it, and once again where
it does not fit. Hundreds of notes in a paragraph, most of which go to later pages, take minutes. Here the notes of a page are
laid out once for each set of them, and not at all for a note that follows one for the next page. Each note is copied once.

Without it 130 footnotes in a paragraph took 55 seconds, with it 6.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf

from msgspec import Struct

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Box, LayoutContext

import weasyprint.layout as layout  # isort: skip
from weasyprint.formatting_structure import boxes, build  # isort: skip
from weasyprint.layout.block import block_level_layout  # isort: skip


class LaidOutNotes(Struct, frozen=True, kw_only=True):
    """The height of some notes of a page."""

    notes: tuple[Box, ...]
    """References to them, so that no other box can have the identity of one."""
    height: float
    margin_height: float
    overflows: bool


def footnote_area() -> tuple[Replacement, ...]:
    """Return the replacements that lay out footnotes."""
    owner = layout.LayoutContext
    return (
        Replacement(owner=owner, name="_update_footnote_area", make=lambda _: _Notes().update),
        Replacement(owner=owner, name="layout_footnote", make=_laying_out),
    )


def _laying_out(plain: Callable[..., bool]) -> Callable[..., bool]:
    def lay_out(context: LayoutContext, footnote: Box) -> bool:
        if not context.reported_footnotes:
            return plain(context, footnote)
        # The caller moves it to the next page in any case.
        context.footnotes.remove(footnote)
        context.current_page_footnotes.append(footnote)
        return True

    return lay_out


class _Notes:
    """The footnotes of one page, as they were laid out."""

    def __init__(self) -> None:
        self._area: Box | None = None
        self._laid_out: dict[tuple[int, ...], LaidOutNotes] = {}
        self._copies: dict[int, tuple[Box, Box]] = {}

    def update(self, context: LayoutContext) -> bool:
        """Set the height of the area and the bottom of the page; return whether the notes overflow the area."""
        area = context.current_footnote_area
        if area is not self._area:
            self._area = area
            self._laid_out.clear()
            self._copies.clear()
        if not isinstance(area.height, str) and not context.in_column:  # "auto" before the first note
            context.page_bottom += area.margin_height()
        area.children = context.current_page_footnotes
        if not area.children:
            area.height = 0
            if not context.in_column:
                context.page_bottom -= area.margin_height()
            return False
        known = self._of(context, area, area.children)
        area.height = known.height
        if not context.in_column:
            context.page_bottom -= known.margin_height
        return known.overflows

    def _of(self, context: LayoutContext, area: Box, notes: Sequence[Box]) -> LaidOutNotes:
        key = tuple(map(id, notes))
        if key not in self._laid_out:
            self._laid_out[key] = self._measured(context, area, notes)
        return self._laid_out[key]

    def _measured(self, context: LayoutContext, area: Box, notes: Sequence[Box]) -> LaidOutNotes:
        if all(isinstance(note, boxes.BlockLevelBox) for note in notes):
            filled = area.copy_with_children([self._copy(note) for note in notes])
        else:
            filled = build.create_anonymous_boxes(area.deepcopy())
        laid_out = block_level_layout(context, filled, -inf, None, area.page)[0]
        last = laid_out.children[-1]
        bottom = last.position_y + last.margin_height() - last.margin_bottom
        return LaidOutNotes(
            notes=tuple(notes),
            height=laid_out.height,
            margin_height=laid_out.margin_height(),
            overflows=bottom > laid_out.position_y + laid_out.margin_height() - laid_out.margin_bottom,
        )

    def _copy(self, note: Box) -> Box:
        """Return a note's copy with all its boxes; the same each time, so that its lines are found in the cache."""
        _, copy = self._copies.get(id(note)) or (note, build.create_anonymous_boxes(note.deepcopy()))
        self._copies[id(note)] = note, copy
        return copy
