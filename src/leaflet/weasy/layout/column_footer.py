"""A panel whose last part stands at its foot: a column of CSS's flexible boxes, laid out once and then moved apart.

WeasyPrint lays out every part of such a column three times. Where nothing grows or shrinks, the parts stand as they do
in the flow, and what is left of the column's height goes between them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeAlias

from leaflet.weasy.engine import weasyprint  # noqa: F401  (fontconfig is set before WeasyPrint's parts are loaded)
from leaflet.weasy.patch import replaced

import weasyprint.layout.block as blocks  # isort: skip
from weasyprint.formatting_structure import boxes  # isort: skip

Box: TypeAlias = Any


def footed_panels() -> AbstractContextManager[None]:
    """While inside, WeasyPrint lays out columns with a foot in one go."""
    return replaced(blocks, "flex_layout", _or_as_a_flow)


def _or_as_a_flow(flexible: Callable[..., Any]) -> Callable[..., Any]:
    def lay_out(
        context: Any,
        box: Box,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Box,
        page_is_empty: bool,
        absolute_boxes: list[Box],
        fixed_boxes: list[Box],
        discard: bool,
    ) -> Any:
        arguments = (bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, fixed_boxes)
        if skip_stack is not None or context.footnotes or not _is_footed(box):
            return flexible(context, box, *arguments, discard)
        placed = len(absolute_boxes), len(fixed_boxes)
        column = box.copy()
        column.__class__ = boxes.BlockBox
        whole, resume_at, next_page, *_ = blocks.block_box_layout(
            context, column, *arguments, [], None, None, discard, None
        )
        if whole is None or resume_at is not None:
            del absolute_boxes[placed[0] :], fixed_boxes[placed[1] :]
            return flexible(context, box, *arguments, discard)
        _move_apart(whole)
        return whole, None, next_page, [], False

    return lay_out


def _is_footed(box: Box) -> bool:
    """Whether ``box`` is a column with space between its parts, none of which grows, shrinks or has auto margins."""
    style = box.style
    return (
        style["flex_direction"] == "column"
        and style["flex_wrap"] == "nowrap"
        and "space-between" in style["justify_content"]
        and box.height == "auto"
        and all(map(_stays_as_it_is, box.children))
    )


def _stays_as_it_is(part: Box) -> bool:
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
    """Give what is left of the height to the spaces between the parts."""
    parts = column.children
    if len(parts) < 2:
        return
    last = parts[-1]
    left = column.content_box_y() + column.height - (last.position_y + last.margin_height())
    for number, part in enumerate(parts[1:], start=1):
        part.translate(dy=left * number / (len(parts) - 1))
