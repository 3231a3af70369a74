"""Search for the best layout of a leaflet: which arrangement of its text, at which scale.

Arrangements come from the html stage, the one that is expected to be best first, each with what it is expected to cost.
A layout engine measures few of them: another is laid out only where it promises less than what was measured so far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeVar

from leaflet.composition import GROWN, SPACIOUS
from leaflet.model.layout import Layout
from leaflet.model.print_page import PlannedPage, PrintPage
from leaflet.panels.fit import Trial, assign, groups_of
from leaflet.panels.page_cost import inked, mean_fill
from leaflet.panels.repeated_pages import saved_page, spread, without_blanks
from leaflet.panels.scale_guess import scale_for, shrink_guess, smallest_scale
from leaflet.panels.trials import Found, LayOut, LayOutOver, Trials, bisect, candidates, is_more
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
PROMISE = 60.0
"""The least saving that another arrangement must promise to be worth a layout."""
ARRANGEMENTS = 3
"""The most arrangements that are laid out at full size."""

T = TypeVar("T")


def search(
    lay_out: LayOut[T],
    layout: Layout,
    page: PrintPage,
    alternatives: Callable[[Trial[T]], Iterable[PlannedPage]] = lambda _: (),
    lay_out_over: LayOutOver[T] = lambda *_: None,
    denser: Callable[[], PrintPage] | None = None,
    dense_alternatives: Callable[[Trial[T]], Iterable[PlannedPage]] = lambda _: (),
) -> Found[T]:
    """Return the best layout of ``page`` or of an alternative; ``alternatives`` makes them from a first layout.

    ``denser`` makes ``page`` with less space, for pages that repeat where that saves one, and ``dense_alternatives`` others so.

    At full size if anything fits there; else as large as fits; where nothing does, the one at the smallest scale.
    """
    run: Trials[T] = Trials(lay_out=lay_out, layout=layout, lay_out_over=lay_out_over)
    best = run.trial(page, page.scale)
    best = _full_size(run, page, best) if best.scale < 1 else best
    if best.over or best.scale < 1:
        return run.result(_made_to_fit(run, page, best, tuple(alternatives(best))))
    if layout.repeats_pages:
        best = saved_page(run, page, best, denser)
        best = spread(run, best)
        made = run.page_of(best)
        best = without_blanks(run, made, best, alternatives if made is page else dense_alternatives)
        return run.result(_grown(run, best) if len(best.pages) == 1 and best.scale == 1 else best)
    best = _cheapest(run, page, best, alternatives(best))
    return run.result(_grown(run, best))


def lay_out_once(lay_out: LayOut[T], layout: Layout, page: PrintPage, scale: float) -> Found[T]:
    """Return ``page`` at ``scale``, without a search."""
    run: Trials[T] = Trials(lay_out=lay_out, layout=layout)
    return run.result(run.trial(page, scale))


def _full_size(run: Trials[T], page: PrintPage, small: Trial[T]) -> Trial[T]:
    """Return ``page`` at full size where that may fit, although the estimate said that it would not."""
    needed = _fullest(small.pages, run.layout) / small.scale**2
    if small.over or needed > HOPELESS:
        return small
    full = run.trial(page, 1.0)
    return small if full.over else full


def _cheapest(run: Trials[T], page: PrintPage, best: Trial[T], alternatives: Iterable[PlannedPage]) -> Trial[T]:
    """Return the cheapest of the arrangements that promise less than ``best``, at full size."""
    for other in islice(candidates(page, alternatives), ARRANGEMENTS - 1):
        if other.scale < 1 or other.expected + PROMISE > run.cost(best):
            break
        trial = run.trial(other.make(), 1.0)
        if not trial.over and run.cost(trial) < run.cost(best):
            best = trial
    return best


def _made_to_fit(run: Trials[T], page: PrintPage, first: Trial[T], others: Sequence[PlannedPage]) -> Trial[T]:
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


def _reach(run: Trials[T], trial: Trial[T]) -> float:
    """Return the scale at which what a trial shows is expected to fit."""
    return shrink_guess(trial.pages, run.layout) * trial.scale


def _refined(run: Trials[T], page: PrintPage, fits: Trial[T]) -> Trial[T]:
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


def _shrunk(run: Trials[T], page: PrintPage, over: Trial[T], fullest: float) -> Trial[T]:
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
            return bisect(run, page, shrunk, over.scale, 2)
        if not shrunk.over or shrunk.scale == floor:
            return shrunk
        over = shrunk
    return run.trial(page, floor)


def _stepped(run: Trials[T], page: PrintPage, over: Trial[T], floor: float, scale: float) -> Trial[T]:
    """Return ``page`` at ``scale``, which follows from heights that were measured, or a few steps below it."""
    for _ in range(STEPS):
        scale = round(scale, 4)
        if scale <= floor:
            break
        fits = run.fitting(page, scale, over)
        if fits is not None:
            is_loose = _fullest(fits.pages, run.layout, evenly=page.evenly) < LOOSE
            return bisect(run, page, fits, over.scale, 1) if is_loose and scale < over.scale * FAR else fits
        scale *= STEP
    return run.trial(page, floor)


def _grown(run: Trials[T], first: Trial[T]) -> Trial[T]:
    """Return ``first`` set larger where its panels look empty."""
    page = run.page_of(first)
    cover = (body_points(first.pages) or LARGE) >= LARGE
    fullest = _fullest(first.pages, run.layout, evenly=page.evenly, cover=cover)
    only = len(run.layout.panels) == 1 and not run.layout.repeats_pages
    largest = run.layout.fit.largest if fullest < (EMPTY_POSTER if only else EMPTY) else 1.0
    if largest <= 1.0:
        return first
    most = GROWN if mean_fill(first.pages, run.layout) > HALF_EMPTY and not only else GROWN_MORE
    guess = min(largest, scale_for(most / max(fullest, 0.1)))
    grown = run.trial(page, guess)
    if is_more(grown, first):
        return bisect(run, page, first, guess, 2)
    fullest = _fullest(grown.pages, run.layout, evenly=page.evenly, cover=cover)
    again = min(largest, round(guess * scale_for(most / max(fullest, 0.1)), 3))
    if again <= guess * (1.05 if most == GROWN else 1.02):
        return grown
    more = run.trial(page, again)
    return grown if is_more(more, first) else more


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
