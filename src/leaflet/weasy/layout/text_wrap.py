"""Paragraphs without a lone last word, and headings in lines of about one length.

CSS calls this ``text-wrap: pretty`` and ``text-wrap: balance`` (CSS Text 4); WeasyPrint does not know it. A block whose
CSS says ``--text-wrap`` is broken into lines again in less width, where this takes no more lines. The widest line decides
which width is next: in any that is wider, the lines would be the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeAlias

from leaflet.weasy.engine import weasyprint  # noqa: F401  (fontconfig is set before WeasyPrint's parts are loaded)
from leaflet.weasy.patch import replaced

import weasyprint.layout.block as blocks  # isort: skip
from weasyprint.formatting_structure import boxes  # isort: skip

Box: TypeAlias = Any

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line, where the text goes on behind it, and the boxes out of the flow that belong to it."""

    box: Box
    resume_at: Any
    absolute: tuple[Box, ...]
    fixed: tuple[Box, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.box.descendants() if isinstance(part, boxes.TextBox))


def wrapped_text() -> AbstractContextManager[None]:
    """While inside, WeasyPrint sets text in lines as ``--text-wrap`` says."""
    return replaced(blocks, "iter_line_boxes", _wrapping)


def _wrapping(plain: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def lines(
        context: Any,
        box: Box,
        position_y: float,
        bottom_space: float,
        skip_stack: Any,
        block: Box,
        absolute_boxes: list[Box],
        fixed_boxes: list[Box],
        *first: Any,
    ) -> Iterator[Any]:
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
    """``balance``, ``pretty``, or None where text is only filled into lines."""
    value = block.style[PROPERTY]
    names = [token.value for token in value or () if token.type == "ident"]
    return names[0] if len(names) == 1 and names[0] in LEAST else None


def _can_be_narrower(context: Any, box: Box, block: Box) -> bool:
    """Whether nothing but the width of the text decides where its lines end: no float beside it, no picture in it."""
    return (
        not context.excluded_shapes
        and block.style["direction"] == "ltr"
        and block.style["text_align_all"] in ("start", "left")
        and all(isinstance(part, boxes.TextBox | boxes.InlineBox) for part in _inline(box))
    )


def _inline(box: Box) -> Iterator[Box]:
    for part in box.children:
        yield part
        if isinstance(part, boxes.InlineBox):
            yield from _inline(part)


def _best(broken: Callable[[], tuple[Line, ...]], block: Box, wrap: str) -> tuple[Line, ...]:
    """The lines at the whole width, or better ones in less."""
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
    """The words as they stand: one that is divided at the end of a line counts as two."""
    return [word for line in lines for word in line.text.split()]


def _ends_badly(lines: tuple[Line, ...], width: float) -> bool:
    last = lines[-1]
    least = LONE if len(last.text.split()) == 1 else SHORT
    return bool(last.box.width < width * least)
