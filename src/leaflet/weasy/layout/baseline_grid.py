"""Snapping of blocks to the page's baseline grid, so that lines on neighbouring panels are level.

CSS calls this a block step (CSS Rhythmic Sizing), which WeasyPrint does not know. A block whose CSS has ``--block-step``
gets so much space below it that the next block begins on the next line of the body's grid, or with ``.5`` on the next half
line; the grid starts at the top of the page's text. The space is a margin, so nothing is lost where the block ends its page.

A feature of quality: without it the lines of neighbouring panels are not level.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Anything, BlockLayout, Box, LayoutContext

import weasyprint.layout.block as blocks  # isort: skip
from weasyprint.formatting_structure import boxes  # isort: skip
from weasyprint.text.line_break import strut  # isort: skip

PROPERTY = "__block_step"
"""WeasyPrint's name for ``--block-step``; looked up on the block itself, because custom properties are inherited."""
STEP = re.compile(r"\d*\.?\d+")
ROUNDING = 0.01
"""Pixels by which a block may miss its line without being moved to the next."""


def baseline_grid() -> Replacement:
    """Return the replacement that snaps blocks with a step to the lines of the page."""
    return Replacement(owner=blocks, name="block_level_layout", make=_snapping)


def _snapping(plain: Callable[..., BlockLayout]) -> Callable[..., BlockLayout]:
    top, line = 0.0, 0.0

    def lay_out(context: LayoutContext, box: Box, *rest: Anything, **named: Anything) -> BlockLayout:
        nonlocal top, line
        if box.element_tag == "body":
            top, line = box.position_y, strut(box.style)[0]
        result = plain(context, box, *rest, **named)
        whole, resume_at, _, margins, through, *_ = result
        step = line * _step(box)
        if whole is not None and resume_at is None and not through and step:
            bottom = whole.border_box_y() + whole.border_height()
            below = blocks.collapse_margin([*margins, whole.margin_bottom])
            steps = math.ceil((bottom + below - top - ROUNDING) / step)
            whole.margin_bottom = top + steps * step - bottom
        return result

    return lay_out


def _step(box: Box) -> float:
    """Return the step of ``box`` in lines, 0 without one; for a table with its caption, by the CSS of the table."""
    if isinstance(box, boxes.TableBox):
        return 0.0
    style = box.get_wrapped_table().style if box.is_table_wrapper else box.style
    given = getattr(style, "cascaded", {}).get(PROPERTY)  # an anonymous block has no CSS of its own
    if given is None:
        return 0.0
    value = "".join(token.serialize() for token in given[0]).strip()
    return float(value) if STEP.fullmatch(value) else 1.0
