"""Balance of columns by the lines that are in them.

WeasyPrint finds the height of balanced columns by laying them out again and again, often a pixel higher each time, which is
most of the time that a long document takes. With ``--column-balance: lines`` in their CSS, columns are laid out once as
high as the page allows. Where everything fits, the places at which the columns can part are known from the lines of that
layout: the heights that these give are tried from the smallest on, by doubling steps and then by halves. See
docs/upstream/column-balance.md.

A feature of quality: without it, columns end at other heights, and long documents take several times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Box, BoxStyle, LayoutContext, SkipStack

import weasyprint.layout.block as blocks  # isort: skip
from weasyprint.formatting_structure import boxes  # isort: skip

PROPERTY = "__column_balance"
"""WeasyPrint's name for ``--column-balance``."""
LINES = "lines"
SLACK = 0.01
"""In CSS pixels, by which columns are made higher than what is in them, so that rounding pushes nothing out."""

ColumnResult: TypeAlias = tuple[Box | None, SkipStack, dict[str, object], list[float], bool]
ColumnLayout: TypeAlias = Callable[..., ColumnResult]


def column_balance() -> Replacement:
    """Return the replacement that balances columns by their lines."""
    return Replacement(owner=blocks, name="columns_layout", make=_balancing)


def _balancing(plain: ColumnLayout) -> ColumnLayout:
    def lay_out(
        context: LayoutContext,
        box: Box,
        bottom_space: float,
        skip_stack: SkipStack,
        containing_block: Box,
        page_is_empty: bool,
        absolute_boxes: list[Box],
        fixed_boxes: list[Box],
        adjoining_margins: list[float],
        *first: BoxStyle | None,
    ) -> ColumnResult:
        if not _is_ours(box) or context.in_column:
            arguments = skip_stack, containing_block, page_is_empty, absolute_boxes, fixed_boxes, adjoining_margins
            return plain(context, box, bottom_space, *arguments, *first)
        trials = _Trials(
            plain=plain,
            context=context,
            box=_filled(box),
            bottom_space=bottom_space,
            rest=(skip_stack, containing_block, page_is_empty),
            absolute=absolute_boxes,
            fixed=fixed_boxes,
            margins=tuple(adjoining_margins),
            first=first,
        )
        return trials.balanced()

    return lay_out


def _is_ours(box: Box) -> bool:
    value = box.style[PROPERTY]
    names = [token.value for token in value or () if token.type == "ident"]
    return (
        names == [LINES]
        and box.style["height"] == "auto"
        and all(child.style["column_span"] != "all" for child in box.children)
    )


def _filled(box: Box) -> Box:
    """Return ``box`` with columns that are filled one after the other."""
    made: Box = box.copy()
    made.style = box.style.copy()
    made.style["column_fill"] = "auto"
    return made


class _Trials(Struct, frozen=True, kw_only=True):
    """The layouts of one set of columns on one page."""

    plain: ColumnLayout
    context: LayoutContext
    box: Box
    bottom_space: float
    rest: tuple[object, ...]
    absolute: list[Box]
    fixed: list[Box]
    margins: tuple[float, ...]
    first: tuple[BoxStyle | None, ...]

    def balanced(self) -> ColumnResult:
        """Return the layout with the lowest columns that hold everything; the highest ones where not all fits the page."""
        context = self.context
        floats, reported = list(context.excluded_shapes), len(context.reported_footnotes)
        page_bottom = context.page_bottom
        full = self._laid_out(self.bottom_space)
        made, resume_at, *_ = full
        if made is None or resume_at is not None or len(context.reported_footnotes) != reported:
            return full
        top = made.content_box_y()
        notes = page_bottom - context.page_bottom
        heights = _heights(made, int(self.box.style["column_count"]))
        tried: list[int] = []
        last = full

        def fits(number: int) -> bool:
            """Lay the columns out at most so high, in place of the layout before; return whether everything fits."""
            nonlocal last
            if last[0] is not None:
                blocks.remove_placeholders(context, [last[0]], self.absolute, self.fixed)
            context.excluded_shapes[:] = floats
            tried.append(number)
            below = page_bottom - top - heights[number] - notes - SLACK
            last = self._laid_out(max(self.bottom_space, below))
            return last[0] is not None and last[1] is None and len(context.reported_footnotes) == reported

        lowest = first_that_fits(len(heights), fits)
        if tried and tried[-1] != lowest:
            fits(lowest)
        return last

    def _laid_out(self, bottom_space: float) -> ColumnResult:
        rest = self.absolute, self.fixed, list(self.margins)
        return self.plain(self.context, self.box, bottom_space, *self.rest, *rest, *self.first)


def first_that_fits(count: int, fits: Callable[[int], bool]) -> int:
    """Return the number of the first candidate that fits, of ``count`` ones of which the last is known to fit.

    Candidates are tried in steps that double, then by halves between the last that did not fit and the first that did.
    """
    below, above, step = -1, 0, 1
    while above < count - 1 and not fits(above):
        below, above, step = above, min(count - 1, above + step), step * 2
    while above - below > 1:
        middle = (above + below) // 2
        if fits(middle):
            above = middle
        else:
            below = middle
    return above


def _heights(made: Box, count: int) -> Sequence[float]:
    """Return the heights of the columns that follow from parting them at a line, the lowest first; the last is as now."""
    ends: list[float] = []
    total = 0.0
    for column in made.children:
        bottoms = [bottom - column.position_y for bottom in _bottoms(column)]
        ends += [total + bottom for bottom in bottoms]
        total += max(bottoms, default=0.0)
    highest = max((column.height for column in made.children), default=0.0)
    least = {max(end, (total - end) / (count - 1)) for end in ends} if count > 1 else set()
    return [*sorted(height for height in least if height < highest), highest]


def _bottoms(box: Box) -> Iterator[float]:
    """Yield the places in a column where another may begin: below lines, and below what is not divided."""
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.LineBox):
            yield child.position_y + child.height
        elif isinstance(child, boxes.BlockContainerBox) and child.style["break_inside"] == "auto" and child.children:
            yield from _bottoms(child)
        else:
            yield child.border_box_y() + child.border_height()
