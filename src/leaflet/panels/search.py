"""Search for the best layout of a leaflet: which arrangement of its text, at which scale.

Arrangements come from the html stage, the one that is expected to be best first, each with what it is expected to cost.
A layout engine measures few of them: another is laid out only where it promises less than what was measured so far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from math import ceil
from typing import Generic, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.composition import GROWN, SPACIOUS
from leaflet.model.fold import Fold
from leaflet.model.layout import Layout
from leaflet.model.print_page import PlannedPage, PrintPage
from leaflet.panels.fit import Trial, Tried, assign, groups_of, is_over
from leaflet.panels.page_cost import inked, mean_fill, reasons_against
from leaflet.panels.scale_guess import scale_for, shrink_guess, smallest_scale
from leaflet.weasy import PageMeasure, body_points

FAR = 0.93
"""A step to a scale so much smaller may have gone too far, however full one panel is."""
LOOSE = 0.92
"""A step so large is halved where it leaves the fullest panel less full than this."""
STRIDES = (1, 2)
"""The share of the computed step that each guess goes: the first too far, the second as far."""
LEAST_CHANGE = 0.99
HALF_EMPTY, GROWN_MORE = 0.65, 0.97
"""The mean fill below which panels look half empty, and how full the fullest may become then."""
FILLED = 0.95
"""From this fill of its fullest panel a leaflet that was set smaller counts as full."""
FIXED_PART = -0.7
"""The power of a panel's fill by which its type may grow: fine print and pictures on it do not grow with it."""
EMPTY = SPACIOUS
"""Below this fill of its fullest group of panels a leaflet looks empty, and its type may grow."""
EMPTY_POSTER = 0.93
"""The same for the only panel of a sheet, which is read from afar."""
LARGE = 15.0
"""Type of so many points does not grow where the cover looks full; smaller type may."""
HOPELESS = 1.12
"""The fill at full size above which a leaflet is not tried again at that size."""
STEPS = 3
"""The guesses from measured heights at most."""
STEP = 0.97
"""The factor by which a guess that was too large is reduced."""
SAVED = 0.97
"""The greatest expected fill, with one page fewer, at which a layout with fewer pages is tried."""
DENSER = 0.92
"""The share of the space that a text is expected to take where less space is around its blocks."""
FEW_PAGES = 8
"""With more pages than these, type is not set smaller to save one."""
FEW_SHEETS = 4
"""The same for the sheets of a booklet."""
MOST_FILLED = 64
"""A booklet with more pages is not laid out again so that none is blank."""
LARGER_STEPS = 2
"""Trials of larger type, once a page is saved."""
PAGES_OF_A_SHEET = 4
INNER_WHITE = 2.0
"""The weight of white on a page that another follows."""
PROMISE = 60.0
"""The least saving that another arrangement must promise to be worth a layout."""
ARRANGEMENTS = 3
"""The most arrangements that are laid out at full size."""

T = TypeVar("T")
LayOut = Callable[[PrintPage, float], tuple[T, tuple[PageMeasure, ...]]]
LayOutOver = Callable[[PrintPage, float, T], tuple[PageMeasure, ...] | None]
"""Lays out those runs of panels alone that were too full in another layout; returns the first that is so again."""


class Found(Struct, Generic[T], frozen=True, kw_only=True):
    """The best layout, the page that it was made from, and all that was tried."""

    page: PrintPage
    trial: Trial[T]
    tried: tuple[Tried, ...]


class _Search(Struct, Generic[T], kw_only=True):
    """The trials so far, each laid out once."""

    lay_out: LayOut[T]
    layout: Layout
    lay_out_over: LayOutOver[T] = lambda *_: None
    made: list[tuple[PrintPage, Trial[T]]] = field(default_factory=list)
    tried: list[Tried] = field(default_factory=list)

    def trial(self, page: PrintPage, scale: float) -> Trial[T]:
        """Lay ``page`` out at ``scale``, unless that was done before."""
        for done, trial in self.made:
            if trial.scale == scale and done == page:
                return trial
        rendering, pages = self.lay_out(page, scale)
        over = is_over(pages, self.layout)
        trial = Trial(scale=scale, rendering=rendering, pages=pages, over=over)
        reasons = reasons_against(pages, self.layout, scale, page.moved)
        self.made.append((page, trial))
        self.tried.append(Tried(arrangement=page.arrangement, scale=scale, over=over, reasons=reasons))
        return trial

    def fitting(self, page: PrintPage, scale: float, over: Trial[T]) -> Trial[T] | None:
        """Return ``page`` at ``scale``, or None where it is too large by what was so in ``over``."""
        pages = self.lay_out_over(page, scale, over.rendering)
        if pages is None:
            trial = self.trial(page, scale)
            return None if trial.over else trial
        self.made.append((page, Trial(scale=scale, rendering=over.rendering, pages=pages, over=True)))
        self.tried.append(Tried(arrangement=page.arrangement, scale=scale, over=True, reasons=()))
        return None

    def cost(self, trial: Trial[T]) -> float:
        """Return what a trial costs."""
        return next(tried.cost for (_, made), tried in zip(self.made, self.tried, strict=True) if made is trial)

    def result(self, trial: Trial[T]) -> Found[T]:
        """Return ``trial`` as the one that won."""
        at = next(number for number, (_, made) in enumerate(self.made) if made is trial)
        self.tried[at] = replace(self.tried[at], chosen=True)
        return Found(page=self.made[at][0], trial=trial, tried=tuple(self.tried))


def candidates(page: PrintPage, alternatives: Iterable[PlannedPage]) -> Iterator[PlannedPage]:
    """Yield each of ``alternatives`` that is another page, or of another scale, than ``page`` and those before it."""
    seen = {(page.key, page.scale)}
    for other in alternatives:
        if (other.key, other.scale) not in seen:
            seen.add((other.key, other.scale))
            yield other


def search(
    lay_out: LayOut[T],
    layout: Layout,
    page: PrintPage,
    alternatives: Callable[[Trial[T]], Iterable[PlannedPage]] = lambda _: (),
    lay_out_over: LayOutOver[T] = lambda *_: None,
    denser: Callable[[], PrintPage] | None = None,
) -> Found[T]:
    """Return the best layout of ``page`` or of an alternative; ``alternatives`` makes them from a first layout.

    ``denser`` makes ``page`` with less space, for pages that repeat where that saves one.

    At full size if anything fits there; else as large as fits; where nothing does, the one at the smallest scale.
    """
    run: _Search[T] = _Search(lay_out=lay_out, layout=layout, lay_out_over=lay_out_over)
    best = run.trial(page, page.scale)
    best = _full_size(run, page, best) if best.scale < 1 else best
    if best.over or best.scale < 1:
        return run.result(_made_to_fit(run, page, best, tuple(alternatives(best))))
    if layout.repeats_pages:
        best = _saved_page(run, page, best, denser)
        best = _spread(run, best)
        best = _without_blanks(run, page, best, alternatives)
        return run.result(_grown(run, best) if len(best.pages) == 1 and best.scale == 1 else best)
    best = _cheapest(run, page, best, alternatives(best))
    return run.result(_grown(run, best))


def lay_out_once(lay_out: LayOut[T], layout: Layout, page: PrintPage, scale: float) -> Found[T]:
    """Return ``page`` at ``scale``, without a search."""
    run: _Search[T] = _Search(lay_out=lay_out, layout=layout)
    return run.result(run.trial(page, scale))


def _saved_page(run: _Search[T], page: PrintPage, best: Trial[T], denser: Callable[[], PrintPage] | None) -> Trial[T]:
    """Return ``page`` set closer where that saves a page of few, or keeps a booklet in one section.

    Space gives way before the size of type does.
    """
    booklet = run.layout.fold is Fold.BOOKLET
    fewer = (len(best.pages) - 1) // PAGES_OF_A_SHEET * PAGES_OF_A_SHEET if booklet else len(best.pages) - 1
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


def _spread(run: _Search[T], best: Trial[T]) -> Trial[T]:
    """Return a booklet or a handout of few pages set larger, where its paper would be half empty."""
    per_leaf, layout = _per_leaf(run.layout), run.layout
    text = _text_pages(best.pages, layout)
    have = _leaves(best.pages, layout) * per_leaf - (len(best.pages) - len(text))
    taken = sum(map(inked, text))
    few = FEW_SHEETS * PAGES_OF_A_SHEET if per_leaf > 1 else FEW_PAGES
    if best.scale != 1 or have < 2 or len(best.pages) > few or not 0 < taken < have * EMPTY:
        return best
    page = next(page for page, trial in run.made if trial is best)
    scale = min(layout.fit.largest, scale_for(GROWN_MORE * have / taken))
    for _ in range(LARGER_STEPS):
        if scale <= 1 / LEAST_CHANGE:
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


def _without_blanks(
    run: _Search[T], page: PrintPage, best: Trial[T], alternatives: Callable[[Trial[T]], Iterable[PlannedPage]]
) -> Trial[T]:
    """Return a booklet whose text fills its sheets, with contents or with sections on fresh pages, where there is one."""
    blanks = -len(best.pages) % PAGES_OF_A_SHEET
    fills = run.layout.fold is Fold.BOOKLET and any(panel.mirrored for panel in run.layout.panels)
    if not fills or not blanks or best.over or len(best.pages) > MOST_FILLED:
        return best
    for other in islice(candidates(page, alternatives(best)), ARRANGEMENTS):
        trial = run.trial(other.make(), best.scale)
        fewer = -len(trial.pages) % PAGES_OF_A_SHEET < -len(best.pages) % PAGES_OF_A_SHEET
        if not trial.over and fewer and _leaves(trial.pages, run.layout) == _leaves(best.pages, run.layout):
            best = trial
        if not -len(best.pages) % PAGES_OF_A_SHEET:
            break
    return best


def _is_worth_saving(pages: int, layout: Layout) -> bool:
    """Return whether a sheet less is worth smaller type: one of few, or the one that would make a second section."""
    if layout.fold is not Fold.BOOKLET:
        return pages <= FEW_PAGES
    return pages <= FEW_SHEETS * PAGES_OF_A_SHEET or pages > layout.section_pages


def _per_leaf(layout: Layout) -> int:
    return PAGES_OF_A_SHEET if layout.fold is Fold.BOOKLET else 1


def _leaves(pages: tuple[PageMeasure, ...], layout: Layout) -> int:
    """Return how many pages the paper has: a booklet's come in fours."""
    return ceil(len(pages) / _per_leaf(layout))


def _full_size(run: _Search[T], page: PrintPage, small: Trial[T]) -> Trial[T]:
    """Return ``page`` at full size where that may fit, although the estimate said that it would not."""
    needed = _fullest(small.pages, run.layout) / small.scale**2
    if small.over or needed > HOPELESS:
        return small
    full = run.trial(page, 1.0)
    return small if full.over else full


def _cheapest(run: _Search[T], page: PrintPage, best: Trial[T], alternatives: Iterable[PlannedPage]) -> Trial[T]:
    """Return the cheapest of the arrangements that promise less than ``best``, at full size."""
    for other in islice(candidates(page, alternatives), ARRANGEMENTS - 1):
        if other.scale < 1 or other.expected + PROMISE > run.cost(best):
            break
        trial = run.trial(other.make(), 1.0)
        if not trial.over and run.cost(trial) < run.cost(best):
            best = trial
    return best


def _made_to_fit(run: _Search[T], page: PrintPage, first: Trial[T], others: Sequence[PlannedPage]) -> Trial[T]:
    """Return the arrangement that fits at the largest scale; ``others`` expect theirs from heights that were measured."""
    best, nearest = (None, (page, first)) if first.over else ((page, first), (page, first))
    known = next((one.fullest for one in others if one.key == page.key), 0.0)
    for other in islice(candidates(page, others), ARRANGEMENTS - 1):
        promised = best[1].scale if best else _reach(run, nearest[1])
        if other.scale <= promised:
            continue
        made = other.make()
        trial = run.trial(made, made.scale)
        if not trial.over and trial.scale == 1:
            return trial
        if not trial.over:
            best = (made, trial)
        elif _reach(run, trial) > _reach(run, nearest[1]):
            nearest, known = (made, trial), other.fullest
    if best is not None:
        return _refined(run, *best)
    return _shrunk(run, *nearest, known)


def _reach(run: _Search[T], trial: Trial[T]) -> float:
    """Return the scale at which what a trial shows is expected to fit."""
    return shrink_guess(trial.pages, run.layout) * trial.scale


def _refined(run: _Search[T], page: PrintPage, fits: Trial[T]) -> Trial[T]:
    """Return ``fits`` set larger, where its panels have space and that fits too.

    Where each panel begins with a section, the fullest one alone says how large: no break between panels loses space.
    """
    # The words of a cover spread over all of it, so that it always seems full: only a layout shows whether it is.
    fullest = max(_fullest(fits.pages, run.layout, evenly=page.evenly, cover=False), _last_fill(fits.pages, run.layout))
    if fullest >= FILLED:
        return fits
    careful = scale_for(1 / max(fullest, 0.1))
    guesses = (float(max(fullest, 0.1) ** FIXED_PART), careful) if page.evenly else (careful,)
    for guess in guesses:
        larger = min(1.0, round(fits.scale * guess, 4))
        if larger <= fits.scale / LEAST_CHANGE:
            return fits
        grown = run.trial(page, larger)
        if not grown.over:
            return grown
    return fits


def _shrunk(run: _Search[T], page: PrintPage, over: Trial[T], fullest: float) -> Trial[T]:
    """Return ``page`` at the largest scale that a few guesses find, or at the smallest that is allowed.

    ``over`` is too large; ``fullest`` is how full the fullest panel would be at full size.
    """
    floor = min(1.0, smallest_scale(over.pages, run.layout.fit, over.scale))
    if floor >= over.scale:
        return over if floor == over.scale else run.trial(page, floor)
    if fullest > 1:
        return _stepped(run, page, over, floor, min(over.scale * LEAST_CHANGE, scale_for(1 / fullest)))
    for stride in STRIDES:
        guess = min(shrink_guess(over.pages, run.layout), LEAST_CHANGE) ** stride
        shrunk = run.trial(page, max(floor, round(over.scale * guess, 4)))
        if not shrunk.over and (_fullest(shrunk.pages, run.layout) < FILLED or shrunk.scale < over.scale * FAR):
            return _bisect(run, page, shrunk, over.scale, 2)
        if not shrunk.over or shrunk.scale == floor:
            return shrunk
        over = shrunk
    return run.trial(page, floor)


def _stepped(run: _Search[T], page: PrintPage, over: Trial[T], floor: float, scale: float) -> Trial[T]:
    """Return ``page`` at ``scale``, which follows from heights that were measured, or a few steps below it."""
    for _ in range(STEPS):
        scale = round(scale, 4)
        if scale <= floor:
            break
        fits = run.fitting(page, scale, over)
        if fits is not None:
            is_loose = _fullest(fits.pages, run.layout, evenly=page.evenly) < LOOSE
            return _bisect(run, page, fits, over.scale, 1) if is_loose and scale < over.scale * FAR else fits
        scale *= STEP
    return run.trial(page, floor)


def _grown(run: _Search[T], first: Trial[T]) -> Trial[T]:
    """Return ``first`` set larger where its panels look empty."""
    page = next(page for page, trial in run.made if trial is first)
    cover = (body_points(first.pages) or LARGE) >= LARGE
    fullest = _fullest(first.pages, run.layout, evenly=page.evenly, cover=cover)
    only = len(run.layout.panels) == 1 and not run.layout.repeats_pages
    largest = run.layout.fit.largest if fullest < (EMPTY_POSTER if only else EMPTY) else 1.0
    if largest <= 1.0:
        return first
    most = GROWN if mean_fill(first.pages, run.layout) > HALF_EMPTY and not only else GROWN_MORE
    guess = min(largest, scale_for(most / max(fullest, 0.1)))
    grown = run.trial(page, guess)
    if _is_more(grown, first):
        return _bisect(run, page, first, guess, 2)
    fullest = _fullest(grown.pages, run.layout, evenly=page.evenly, cover=cover)
    again = min(largest, round(guess * scale_for(most / max(fullest, 0.1)), 3))
    if again <= guess * (1.05 if most == GROWN else 1.02):
        return grown
    more = run.trial(page, again)
    return grown if _is_more(more, first) else more


def _is_more(trial: Trial[T], than: Trial[T]) -> bool:
    """Return whether ``trial`` does not fit, or takes another page."""
    return trial.over or len(trial.pages) > len(than.pages)


def _bisect(run: _Search[T], page: PrintPage, fits: Trial[T], too_large: float, times: int) -> Trial[T]:
    for _ in range(times):
        middle = run.trial(page, round((fits.scale + too_large) / 2, 4))
        if _is_more(middle, fits):
            too_large = middle.scale
        else:
            fits = middle
    return fits


def _last_fill(pages: tuple[PageMeasure, ...], layout: Layout) -> float:
    """Return how full the fullest is of the panels in which a text of several ends: there is no place for more."""
    panels = assign(pages, layout)
    ends = [group.panels[-1] for group in groups_of(layout) if len(group.panels) > 1 and not group.repeats]
    return max((page.fill for page, panel in zip(pages, panels, strict=True) if panel in ends), default=0.0)


def _fullest(pages: tuple[PageMeasure, ...], layout: Layout, *, evenly: bool = False, cover: bool = True) -> float:
    """Return how full the fullest group of panels is, or with ``evenly`` the fullest panel.

    Where pages repeat it is that of an only page, and else 1, for emptiness means nothing there. Without ``cover`` a first panel that no other shares its
    name with is left out: what is on it may spread over all of it.
    """
    if layout.repeats_pages:
        return inked(pages[0]) if len(pages) == 1 else 1.0
    fills = [0.0] * len(layout.panels)
    for page, panel in zip(pages, assign(pages, layout), strict=True):
        if panel is not None:
            fills[panel] = page.fill
    groups = [group.panels for group in groups_of(layout)]
    if not cover and len(groups) > 1 and len(groups[0]) == 1:
        fills[0], groups = 0.0, groups[1:]
    if evenly:
        return max(fills)
    return max(sum(fills[panel] for panel in group) / len(group) for group in groups)
