"""Trials of a search for the best layout: each page at each scale is laid out once, and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.model.layout import Layout
from leaflet.model.print_page import PlannedPage, PrintPage
from leaflet.panels.fit import Trial, Tried, is_over
from leaflet.panels.page_cost import reasons_against
from leaflet.weasy import PageMeasure

T = TypeVar("T")
LayOut = Callable[[PrintPage, float], tuple[T, tuple[PageMeasure, ...]]]
LayOutOver = Callable[[PrintPage, float, T], tuple[PageMeasure, ...] | None]
"""Lays out those runs of panels alone that were too full in another layout; returns the first that is so again."""


class Found(Struct, Generic[T], frozen=True, kw_only=True):
    """The best layout, the page that it was made from, and all that was tried."""

    page: PrintPage
    trial: Trial[T]
    tried: tuple[Tried, ...]


class Trials(Struct, Generic[T], kw_only=True):
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

    def page_of(self, trial: Trial[T]) -> PrintPage:
        """Return the page that a trial was made from."""
        return next(page for page, made in self.made if made is trial)

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


def is_more(trial: Trial[T], than: Trial[T]) -> bool:
    """Return whether ``trial`` does not fit, takes another page, or lost words, as a box that cannot be divided may."""
    return trial.over or len(trial.pages) > len(than.pages) or _letters(trial.pages) < _letters(than.pages)


HYPHENS = str.maketrans("", "", "-\u2010\u00ad")


def _letters(pages: tuple[PageMeasure, ...]) -> int:
    """Return the number of letters on all pages, whatever the lines are divided into."""
    texts = ("".join(piece.text.split()) for page in pages for piece in page.pieces if piece.text)
    return sum(len(text.translate(HYPHENS)) for text in texts)


def bisect(run: Trials[T], page: PrintPage, fits: Trial[T], too_large: float, times: int) -> Trial[T]:
    """Return the largest of a few trials of ``page`` between ``fits`` and a scale that is ``too_large``."""
    for _ in range(times):
        middle = run.trial(page, round((fits.scale + too_large) / 2, 4))
        if is_more(middle, fits):
            too_large = middle.scale
        else:
            fits = middle
    return fits
