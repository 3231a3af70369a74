"""Pages that repeat: saving one of few, filling the paper with larger type, and leaving none of a booklet's blank."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from math import ceil
from typing import TypeVar

from leaflet.composition import SPACIOUS
from leaflet.model.fold import LEAF_PAGES, Fold
from leaflet.model.layout import Layout
from leaflet.model.print_page import PlannedPage, PrintPage
from leaflet.panels.fit import Trial
from leaflet.panels.page_cost import inked
from leaflet.panels.scale_guess import scale_for, smallest_scale
from leaflet.panels.trials import Trials, candidates
from leaflet.weasy import PageMeasure

SAVED = 0.97
"""The greatest expected fill, with one page fewer, at which a layout with fewer pages is tried."""
DENSER = 0.92
"""The share of the space that a text is expected to take where less space is around its blocks."""
FILLED = 0.93
"""The share of its paper that a text set larger should take."""
LEAST_LARGER = 1.01
FEW_PAGES = 8
"""With more pages than these, type is not set smaller to save one."""
FEW_SHEETS = 6
"""The same for the sheets of a booklet."""
MOST_FILLED = 64
"""A booklet with more pages is not laid out again so that none is blank."""
LARGER_STEPS = 2
"""Trials of larger type, once a page is saved."""
INNER_WHITE = 2.0
"""The weight of white on a page that another follows."""
ARRANGEMENTS = 3
"""The most arrangements that are laid out so that no page is blank."""

T = TypeVar("T")


def saved_page(run: Trials[T], page: PrintPage, best: Trial[T], denser: Callable[[], PrintPage] | None) -> Trial[T]:
    """Return ``page`` set closer where that saves a page of few, or keeps a booklet in one section.

    Space gives way before the size of type does.
    """
    booklet = run.layout.fold is Fold.BOOKLET
    fewer = (len(best.pages) - 1) // LEAF_PAGES * LEAF_PAGES if booklet else len(best.pages) - 1
    if fewer < 1 or not _is_worth_saving(len(best.pages), run.layout):
        return best
    fewer = run.layout.section_pages if booklet and len(best.pages) > run.layout.section_pages else fewer
    floor = min(best.scale, smallest_scale(best.pages, run.layout.fit, best.scale))
    needed = sum(map(inked, best.pages)) * (DENSER if denser else 1.0)
    if needed * (floor / best.scale) ** 2 > fewer * SAVED or (floor == best.scale and denser is None):
        return best
    most = ceil(fewer / _per_leaf(run.layout))
    dense = denser() if denser else page

    def saves(trial: Trial[T]) -> bool:
        return not trial.over and _leaves(trial.pages, run.layout) <= most

    if denser and needed <= fewer * SAVED and saves(full := run.trial(dense, best.scale)):
        return full
    saved = run.trial(dense, floor)
    if not saves(saved):
        return best
    too_large = best.scale
    for _ in range(LARGER_STEPS):
        middle = run.trial(dense, round((saved.scale + too_large) / 2, 3))
        if saves(middle):
            saved = middle
        else:
            too_large = middle.scale
    return saved


def spread(run: Trials[T], best: Trial[T]) -> Trial[T]:
    """Return a booklet or a handout of few pages set larger, where its paper would be half empty."""
    per_leaf, layout = _per_leaf(run.layout), run.layout
    text = _text_pages(best.pages, layout)
    have = _leaves(best.pages, layout) * per_leaf - (len(best.pages) - len(text))
    taken = sum(map(inked, text))
    few = FEW_SHEETS * LEAF_PAGES if per_leaf > 1 else FEW_PAGES
    if best.scale != 1 or have < 2 or len(best.pages) > few or not 0 < taken < have * SPACIOUS:
        return best
    page = run.page_of(best)
    scale = min(layout.fit.largest, scale_for(FILLED * have / taken))
    for _ in range(LARGER_STEPS):
        if scale <= LEAST_LARGER:
            break
        larger = run.trial(page, round(scale, 3))
        same_paper = not larger.over and _leaves(larger.pages, layout) == _leaves(best.pages, layout)
        if same_paper and _white(larger.pages, layout, have) < _white(best.pages, layout, have):
            return larger
        scale = (1 + scale) / 2
    return best


def _text_pages(pages: tuple[PageMeasure, ...], layout: Layout) -> list[PageMeasure]:
    """Return the pages that repeat, as many as a text needs."""
    names = {panel.name for panel in layout.panels if panel.repeats}
    return [page for page in pages if page.kind in names or not page.kind]


def _white(pages: tuple[PageMeasure, ...], layout: Layout, have: int) -> float:
    """Return how empty the text's pages are, of which the paper has ``have``; white on the last is the least to object to."""
    *before, last = map(inked, _text_pages(pages, layout))
    blank = max(0, have - len(before) - 1)
    return blank + sum(INNER_WHITE * (1 - fill) ** 2 for fill in before) + (1 - last) ** 2


def without_blanks(
    run: Trials[T], page: PrintPage, best: Trial[T], alternatives: Callable[[Trial[T]], Iterable[PlannedPage]]
) -> Trial[T]:
    """Return a booklet whose text fills its sheets, with contents or with sections on fresh pages, where there is one."""
    blanks = -len(best.pages) % LEAF_PAGES
    fills = run.layout.fold is Fold.BOOKLET and any(panel.mirrored for panel in run.layout.panels)
    if not fills or not blanks or best.over or len(best.pages) > MOST_FILLED:
        return best
    for other in islice(candidates(page, alternatives(best)), ARRANGEMENTS):
        trial = run.trial(other.make(), best.scale)
        fewer = -len(trial.pages) % LEAF_PAGES < -len(best.pages) % LEAF_PAGES
        if not trial.over and fewer and _leaves(trial.pages, run.layout) == _leaves(best.pages, run.layout):
            best = trial
        if not -len(best.pages) % LEAF_PAGES:
            break
    return best


def _is_worth_saving(pages: int, layout: Layout) -> bool:
    """Return whether a sheet less is worth smaller type: one of few, or the one that would make a second section."""
    if layout.fold is not Fold.BOOKLET:
        return pages <= FEW_PAGES
    return pages <= FEW_SHEETS * LEAF_PAGES or pages > layout.section_pages


def _per_leaf(layout: Layout) -> int:
    return LEAF_PAGES if layout.fold is Fold.BOOKLET else 1


def _leaves(pages: tuple[PageMeasure, ...], layout: Layout) -> int:
    """Return how many pages the paper has: a booklet's come in fours."""
    return ceil(len(pages) / _per_leaf(layout))
