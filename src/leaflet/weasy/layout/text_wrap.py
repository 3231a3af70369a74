"""Line breaking without a lone last word in paragraphs, and with balanced lines in headings.

CSS calls this ``text-wrap: pretty`` and ``text-wrap: balance`` (CSS Text 4), which WeasyPrint does not know. A block with
``--text-wrap`` in its CSS is broken into lines again at smaller widths, as long as that takes no more lines. The widest
line gives the next width to try: at any larger one, the lines would be the same. See docs/upstream/text-wrap.md.

A feature of quality: without it, last words are alone on a line and headings end in a short line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from msgspec import Struct

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.layout.paragraph_length import LONGEST, text_length
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Box, BoxStyle, LayoutContext, SkipStack

import weasyprint.layout.block as blocks  # isort: skip
from weasyprint.formatting_structure import boxes  # isort: skip

PROPERTY = "__text_wrap"
"""WeasyPrint's name for ``--text-wrap``; it is inherited, as ``text-wrap`` is."""
BALANCE, PRETTY = "balance", "pretty"
LEAST = {BALANCE: 0.4, PRETTY: 0.65}
"""The narrowest that text is set, as a part of its measure."""
LONE = 1 / 3
"""A last word that fills less than this part of the measure is lone."""
SHORT = 1 / 5
"""And so are several that fill less than this."""
LESS = 0.01
"""Pixels by which a measure is made narrower than the widest line, so that this line's last word goes to the next."""
TRIALS = 8


LineBreak: TypeAlias = tuple[Box, SkipStack]
"""A line box, and the place where the text goes on."""


class Line(Struct, frozen=True, kw_only=True):
    """A line, the place where the text goes on, and the boxes out of the flow that belong to the line."""

    box: Box
    resume_at: SkipStack
    absolute: tuple[Box, ...]
    fixed: tuple[Box, ...]

    @property
    def text(self) -> str:
        """The words of the line."""
        return "".join(part.text for part in self.box.descendants() if isinstance(part, boxes.TextBox))


def text_wrap() -> Replacement:
    """Return the replacement that breaks text into lines as ``--text-wrap`` asks."""
    return Replacement(owner=blocks, name="iter_line_boxes", make=_wrapping)


def _wrapping(plain: Callable[..., Iterator[LineBreak]]) -> Callable[..., Iterator[LineBreak]]:
    def lines(
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
        wrap = _wrap(block)
        if wrap is None or skip_stack is not None or any(first) or not _can_be_narrower(context, box, block):
            yield from plain(
                context, box, position_y, bottom_space, skip_stack, block, absolute_boxes, fixed_boxes, *first
            )
            return

        def broken() -> tuple[Line, ...]:
            absolute: list[Box] = []
            fixed: list[Box] = []
            found = []
            for line, resume_at in plain(context, box, position_y, bottom_space, None, block, absolute, fixed, *first):
                found.append(Line(box=line, resume_at=resume_at, absolute=tuple(absolute), fixed=tuple(fixed)))
                absolute.clear()
                fixed.clear()
            return tuple(found)

        for line in _best(broken, block, wrap):
            absolute_boxes.extend(line.absolute)
            fixed_boxes.extend(line.fixed)
            yield line.box, line.resume_at

    return lines


def _wrap(block: Box) -> str | None:
    """Return ``balance``, ``pretty``, or None where lines are only to be filled."""
    value = block.style[PROPERTY]
    names = [token.value for token in value or () if token.type == "ident"]
    return names[0] if len(names) == 1 and names[0] in LEAST else None


def _can_be_narrower(context: LayoutContext, box: Box, block: Box) -> bool:
    """Return whether only the width decides where lines end: no float beside the text, no picture in it."""
    return (
        not context.excluded_shapes
        and block.style["direction"] == "ltr"
        and block.style["text_align_all"] in ("start", "left")
        and all(isinstance(part, boxes.TextBox | boxes.InlineBox) for part in _inline(box))
        and text_length(box) <= LONGEST
    )


def _inline(box: Box) -> Iterator[Box]:
    for part in box.children:
        yield part
        if isinstance(part, boxes.InlineBox):
            yield from _inline(part)


def _best(broken: Callable[[], tuple[Line, ...]], block: Box, wrap: str) -> tuple[Line, ...]:
    """Return the lines at the whole width, or better ones at a smaller width."""
    whole = best = found = broken()
    width = block.width
    words = _words(whole)
    if len(whole) < 2 or (wrap == PRETTY and not _ends_badly(whole, width)):
        return whole
    try:
        for _ in range(TRIALS):
            block.width = max(line.box.width for line in found) - LESS
            if block.width < width * LEAST[wrap]:
                break
            found = broken()
            if len(found) != len(whole) or _words(found) != words:
                break
            if wrap == BALANCE:
                best = found
            elif not _ends_badly(found, width):
                return found
    finally:
        block.width = width
    return best


def _words(lines: tuple[Line, ...]) -> list[str]:
    """Return the words as printed: one that is divided at the end of a line counts as two."""
    return [word for line in lines for word in line.text.split()]


def _ends_badly(lines: tuple[Line, ...], width: float) -> bool:
    last = lines[-1]
    least = LONE if len(last.text.split()) == 1 else SHORT
    return bool(last.box.width < width * least)
