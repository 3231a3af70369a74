"""Cache of the lines of paragraphs while a document is laid out.

WeasyPrint breaks the text of a paragraph into lines each time that it lays the paragraph out: for every height that it
tries for balanced columns, and for every page that ends within it. The lines depend on the text and its measure alone. They
are broken once, at the origin, and copies are moved to where they are needed. The rest of a paragraph that is divided
between columns or pages has the lines that the whole has, so that it does not end differently.

Only paragraphs of text are cached, without a picture in them or a float beside them, and without numbers of pages.

Measured by ``benchmarks/long_documents.py``: without it 3,000 words in two columns take eight times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from leaflet.lru_cache import LruCache
from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.layout.paragraph_length import LONGEST, text_length
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Box, BoxStyle, LayoutContext, SkipStack

import weasyprint.layout.block as blocks  # isort: skip
from weasyprint.formatting_structure import boxes  # isort: skip

MOST = 2_000
"""The number of cached paragraphs: more than the pages have that are laid out at one time."""

LineBreak: TypeAlias = tuple[Box, SkipStack]
"""A line box, and the place where the text goes on."""
Break: TypeAlias = Callable[..., Iterator[LineBreak]]


class CachedLines(Struct, frozen=True, kw_only=True):
    """The lines of one paragraph at one measure, placed at the origin."""

    box: Box
    """The box that holds the text; a reference to it, so that no other box can have its identity."""
    lines: tuple[LineBreak, ...]

    def after(self, skip_stack: SkipStack) -> Sequence[LineBreak] | None:
        """Return the lines from ``skip_stack`` on; None where no line begins there."""
        if skip_stack is None:
            return self.lines
        for number, (_, resume_at) in enumerate(self.lines, start=1):
            if resume_at == skip_stack:
                return self.lines[number:]
        return None


def line_cache() -> Replacement:
    """Return the replacement that breaks the text of each paragraph once."""
    return Replacement(owner=blocks, name="iter_line_boxes", make=_Lines)


class _Lines:
    """Lines of paragraphs, broken by WeasyPrint where they were not before."""

    def __init__(self, plain: Break) -> None:
        self._plain = plain
        self._cached: LruCache[tuple[int, float], CachedLines] = LruCache(MOST)

    def __call__(
        self,
        context: LayoutContext,
        box: Box,
        position_y: float,
        bottom_space: float,
        skip_stack: SkipStack,
        block: Box,
        absolute_boxes: list[Box],
        fixed_boxes: list[Box],
        *first: BoxStyle | None,
    ) -> Iterator[LineBreak]:
        """Yield the lines from ``skip_stack`` on."""
        rest = None if any(first) or context.excluded_shapes else self._of(context, box, block, skip_stack)
        if rest is None:
            yield from self._plain(
                context, box, position_y, bottom_space, skip_stack, block, absolute_boxes, fixed_boxes, *first
            )
            return
        left = block.content_box_x()
        for line, resume_at in rest:
            placed = _copied(line)
            placed.translate(left, position_y)
            position_y = placed.position_y + placed.height
            yield placed, resume_at

    def _of(self, context: LayoutContext, box: Box, block: Box, skip_stack: SkipStack) -> Sequence[LineBreak] | None:
        """Return the lines from ``skip_stack`` on, each as if it were the first of a page; None where they are not cached."""
        key = id(box), block.width
        known = self._cached.get(key)
        if known is None or known.box is not box:
            if not _is_text(box) or text_length(box) > LONGEST:
                return None
            lines = self._broken(context, box, block)
            known = self._cached.put(key, CachedLines(box=box, lines=lines))
        return known.after(skip_stack)

    def _broken(self, context: LayoutContext, box: Box, block: Box) -> tuple[LineBreak, ...]:
        """Break the text at the origin; each line is moved up to it."""
        left = block.position_x
        block.position_x -= block.content_box_x()
        try:
            lines = tuple(self._plain(context, box, 0.0, 0.0, None, block, [], [], None, None))
        finally:
            block.position_x = left
        for line, _ in lines:
            line.translate(0.0, -line.position_y)
        return lines


def _is_text(box: Box) -> bool:
    """Return whether there is only text in ``box``, and none that changes with the page that a link leads to."""
    return all(
        not part.missing_link
        and (isinstance(part, boxes.TextBox) or (isinstance(part, boxes.InlineBox) and _is_text(part)))
        for part in box.children
    )


def _copied(box: Box) -> Box:
    made: Box = box.copy()
    if isinstance(box, boxes.ParentBox):
        made.children = [_copied(child) for child in box.children]
    return made
