"""Blocks that end on the lines of the page, so that the text of all panels beside each other stands on common lines.

CSS calls this a block step (CSS Rhythmic Sizing); WeasyPrint does not know it. A block whose CSS says
``--block-step`` gets so much space below it that whatever follows begins on the next line of the body's grid, which
starts at the top of the page's text. The space is a margin: what ends a page needs no room for it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeAlias

from leaflet.weasy.engine import weasyprint  # noqa: F401  (fontconfig is set before WeasyPrint's parts are loaded)
from leaflet.weasy.patch import replaced

import weasyprint.layout.block as blocks  # isort: skip
from weasyprint.formatting_structure import boxes  # isort: skip
from weasyprint.text.line_break import strut  # isort: skip

Box: TypeAlias = Any

PROPERTY = "__block_step"
"""WeasyPrint's name for ``--block-step``; declared on the block itself, because custom properties are inherited."""
ROUNDING = 0.01
"""Pixels by which a block may miss its line without being moved to the next."""


def stepped_blocks() -> AbstractContextManager[None]:
    """While inside, WeasyPrint keeps blocks with a step to the lines of the page."""
    return replaced(blocks, "block_level_layout", _in_steps)


def _in_steps(plain: Callable[..., Any]) -> Callable[..., Any]:
    top, line = 0.0, 0.0

    def lay_out(context: Any, box: Box, *rest: Any, **named: Any) -> Any:
        nonlocal top, line
        if box.element_tag == "body":
            top, line = box.position_y, strut(box.style)[0]
        result = plain(context, box, *rest, **named)
        whole, resume_at, _, margins, through, *_ = result
        if whole is not None and resume_at is None and not through and line and _has_step(box):
            bottom = whole.border_box_y() + whole.border_height()
            below = blocks.collapse_margin([*margins, whole.margin_bottom])
            lines = math.ceil((bottom + below - top - ROUNDING) / line)
            whole.margin_bottom = top + lines * line - bottom
        return result

    return lay_out


def _has_step(box: Box) -> bool:
    """Whether the CSS of ``box`` says so; for a table, its caption included, that is the box around both."""
    if isinstance(box, boxes.TableBox):
        return False
    style = box.get_wrapped_table().style if box.is_table_wrapper else box.style
    return PROPERTY in getattr(style, "cascaded", ())  # a nameless block has no CSS of its own
