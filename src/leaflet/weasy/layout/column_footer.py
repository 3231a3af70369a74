"""Layout of a flex column whose last part is its footer, in one pass instead of three.

WeasyPrint lays out every part of such a column three times. Where nothing grows or shrinks, the parts are placed as in
normal flow, and what is left of the column's height goes between them. Flexible boxes that are nested deeply are refused.

Measured by ``benchmarks/patches.py`` (six panels, one heading changed): without it a leaflet takes 1.2 times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from leaflet.errors import LayoutError, Problem
from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Anything, Box, LayoutContext, SkipStack

import weasyprint.layout.block as blocks  # isort: skip
from weasyprint.formatting_structure import boxes  # isort: skip

DEEPEST = 6
"""Flexible boxes in each other: every one multiplies the time of those within it."""


def column_footer() -> Replacement:
    """Return the replacement that lays out columns with a footer in one pass."""
    return Replacement(owner=blocks, name="flex_layout", make=_as_flow_where_possible)


def _as_flow_where_possible(flexible: Callable[..., Anything]) -> Callable[..., Anything]:
    def lay_out(
        context: LayoutContext,
        box: Box,
        bottom_space: float,
        skip_stack: SkipStack,
        containing_block: Box,
        page_is_empty: bool,
        absolute_boxes: list[Box],
        fixed_boxes: list[Box],
        discard: bool,
    ) -> Anything:
        arguments = (bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, fixed_boxes)
        with _one_more(context):
            return one(context, box, skip_stack, arguments, absolute_boxes, fixed_boxes, discard)

    def one(
        context: LayoutContext,
        box: Box,
        skip_stack: SkipStack,
        arguments: tuple[Anything, ...],
        absolute_boxes: list[Box],
        fixed_boxes: list[Box],
        discard: bool,
    ) -> Anything:
        if skip_stack is not None or context.footnotes or not _has_footer(box):
            return flexible(context, box, *arguments, discard)
        placed = len(absolute_boxes), len(fixed_boxes)
        whole, resume_at, next_page, *_ = blocks.block_box_layout(
            context, _as_block(box), *arguments, [], None, None, discard, None
        )
        if whole is None or resume_at is not None:
            del absolute_boxes[placed[0] :], fixed_boxes[placed[1] :]
            return flexible(context, box, *arguments, discard)
        _move_apart(whole)
        return whole, None, next_page, [], False

    return lay_out


@contextmanager
def _one_more(context: LayoutContext) -> Iterator[None]:
    """Refuse flexible boxes in each other beyond a bound: WeasyPrint lays out the parts of each several times."""
    depth = vars(context).get("flexible_boxes", 0)
    if depth >= DEEPEST:
        raise LayoutError(
            Problem(
                message=f"boxes with display: flex are nested more than {DEEPEST} deep, which would take without end to lay out",
                hint="lay out fewer of them by display: flex, such as sections and not everything",
            )
        )
    vars(context)["flexible_boxes"] = depth + 1
    try:
        yield
    finally:
        vars(context)["flexible_boxes"] = depth


def _as_block(box: Box) -> Box:
    """Return a block box with the style and the children of ``box``."""
    block: Box = boxes.BlockBox(box.element_tag, box.style, box.element, box.children)
    vars(block).update(vars(box))
    return block


def _has_footer(box: Box) -> bool:
    """Return whether ``box`` is a column with space between parts none of which grows, shrinks or has auto margins."""
    style = box.style
    return (
        style["flex_direction"] == "column"
        and style["flex_wrap"] == "nowrap"
        and "space-between" in style["justify_content"]
        and str(box.height) == "auto"
        and all(map(_keeps_its_size, box.children))
    )


def _keeps_its_size(part: Box) -> bool:
    style = part.style
    return (
        isinstance(part, boxes.BlockBox)
        and part.is_flex_item
        and not (style["flex_grow"] or style["flex_shrink"] or style["order"])
        and style["flex_basis"] == "auto"
        and style["height"] == "auto"
        and style["width"] == (100, "%")
        and all(style[f"margin_{side}"] == (0, "px") for side in ("top", "bottom"))
    )


def _move_apart(column: Box) -> None:
    """Divide what is left of the height between the parts."""
    parts = column.children
    if len(parts) < 2:
        return
    last = parts[-1]
    left = column.content_box_y() + column.height - (last.position_y + last.margin_height())
    for number, part in enumerate(parts[1:], start=1):
        down = left * number / (len(parts) - 1)
        part.translate(dy=down)
        part.moved_down = down
