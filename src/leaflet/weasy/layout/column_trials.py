"""Reuse of the trials by which WeasyPrint balances columns.

WeasyPrint looks for the height of balanced columns by laying them out again and again, each time a little higher, often by
a pixel. Only tests whether a line or a block ends below the columns depend on that height. A trial that failed such a
test by more than what the height has grown since would end as before, and is not made.

Reused are trials that end between two blocks of a column (one that ends within a block is made as high as the column) and
leave nothing behind, such as a float or a footnote.

Measured by ``benchmarks/patches.py --layout handout-a4`` (two columns, three pages): without it the first leaflet takes
7 times as long; a poster of three columns, 8 times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf, isfinite
from weakref import WeakKeyDictionary

from msgspec import Struct

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Anything, BlockLayout, Box, LayoutContext, SkipStack

import weasyprint.layout.block as blocks  # isort: skip

MARGIN = 1e-3
"""In CSS pixels: a test that is decided by less is made again, whatever floating-point numbers make of it."""


def column_trials() -> Replacement:
    """Return the replacement that does not lay out a column again whose layout would be the same."""
    return Replacement(owner=blocks, name="block_box_layout", make=_Trials)


class _Trial(Struct, frozen=True, kw_only=True):
    """A column as it was laid out."""

    result: BlockLayout
    bottom_space: float
    """The space below it when it was."""
    excess: float
    """By how much the test failed that was nearest to passing."""
    grows: bool
    """True where it is the same with less space below it."""

    def holds(self, bottom_space: float) -> bool:
        """Return whether the column would be the same with that space below it."""
        if bottom_space == self.bottom_space:
            return True
        return self.grows and 0 < self.bottom_space - bottom_space < self.excess - MARGIN


class _Trials:
    """Layout of boxes, by WeasyPrint where it is no trial of a column or another than before."""

    def __init__(self, lay_out: Callable[..., BlockLayout]) -> None:
        self._lay_out = lay_out
        self._made: WeakKeyDictionary[Box, dict[object, _Trial]] = WeakKeyDictionary()
        self._excesses: list[list[float]] = []
        """For each column that is being laid out, the outermost first, by how much tests failed in it."""

    def __call__(
        self,
        context: LayoutContext,
        box: Box,
        bottom_space: float,
        skip_stack: SkipStack,
        containing_block: Box,
        page_is_empty: bool,
        absolute_boxes: list[Box],
        fixed_boxes: list[Box],
        adjoining_margins: list[float] | None,
        *rest: Anything,
        **named: Anything,
    ) -> BlockLayout:
        def lay_out() -> BlockLayout:
            arguments = (bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, fixed_boxes)
            return self._lay_out(context, box, *arguments, adjoining_margins, *rest, **named)

        # WeasyPrint gives the last layout of a column, the one that is printed, no margins.
        if not box.is_column or adjoining_margins is None or absolute_boxes or fixed_boxes or context.excluded_shapes:
            return lay_out()
        state = _state(context)
        key = _frozen(skip_stack), page_is_empty, state
        made = self._made.setdefault(box, {})
        trial = made.get(key)
        if trial is None or not trial.holds(bottom_space):
            with self._watched(context) as excesses:
                result = lay_out()
            excesses += _too_high(result[0], context.page_bottom - bottom_space)
            grows = isfinite(bottom_space) and not page_is_empty and _ends_between_blocks(result[1])
            excess = min(excesses, default=inf)
            trial = _Trial(result=result, bottom_space=bottom_space, excess=excess, grows=grows)
            if not (absolute_boxes or fixed_boxes or context.excluded_shapes) and _state(context) == state:
                made[key] = trial
        if page_is_empty and self._excesses:
            # The first trial of columns inside a column ends where that column ends; all later ones do not.
            self._excesses[-1].append(trial.excess)
        return trial.result

    @contextmanager
    def _watched(self, context: LayoutContext) -> Iterator[list[float]]:
        """Note by how much everything that ends below its page or column does so."""
        excesses: list[float] = []
        self._excesses.append(excesses)
        if len(self._excesses) == 1:
            overflows = context.overflows_page

            def overflows_page(bottom_space: float, position_y: float) -> bool:
                over = overflows(bottom_space, position_y)
                if over:
                    self._excesses[-1].append(position_y - (context.page_bottom - bottom_space))
                return over

            context.overflows_page = overflows_page
        try:
            yield excesses
        finally:
            self._excesses.pop()
            if not self._excesses:
                del context.overflows_page


def _too_high(column: Box | None, bottom: float) -> tuple[float, ...]:
    """Return by how much a column that had to take a block is higher than it may be, which no test says."""
    inside = [child for child in column.children if child.is_in_normal_flow()] if column else []
    excess = inside[-1].position_y + inside[-1].margin_height() - inside[-1].margin_bottom - bottom if inside else 0.0
    return (excess,) if excess > 0 else ()


def _state(context: LayoutContext) -> tuple[object, ...]:
    """Return everything that a column may change outside itself, or that may change it."""
    footnotes = len(context.footnotes), len(context.current_page_footnotes), len(context.reported_footnotes)
    running = sum(len(boxes) for pages in context.running_elements.values() for boxes in pages.values())
    page = context.page_bottom, context.current_page, context.forced_break
    return *footnotes, *page, running, len(context.broken_out_of_flow)


def _ends_between_blocks(resume_at: SkipStack) -> bool:
    return resume_at is None or all(inner is None for inner in resume_at.values())


def _frozen(skip_stack: SkipStack) -> object:
    """Return a value that can be compared and hashed."""
    return None if skip_stack is None else tuple((place, _frozen(inner)) for place, inner in skip_stack.items())
