"""Fit: the scale of type and space at which content fills its panels, and what to say where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from leaflet.errors import FitError, LayoutError, Problem
from leaflet.model.fold import Millimetres
from leaflet.model.layout import FitBounds, Layout
from leaflet.pdf.locate import Finder
from leaflet.pdf.measure import Excess, PageMeasure, body_points

MOST_TRIALS = 5
EMPTY = 0.75
"""Below this fill of its fullest group of panels a leaflet looks empty, and its type may grow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelFit:
    """How full one page is. ``panel`` is the panel's index in reading order, None for a page too many."""

    panel: int | None
    label: str
    """The panel's name, or the page's number where pages repeat."""
    fill: float
    free: Millimetres
    over: Millimetres

    @property
    def place(self) -> str:
        """How a sentence names the page."""
        return self.label if self.label.startswith("page ") else f'panel "{self.label}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class FitReport:
    """At which scale the leaflet was set, after how many layouts, and how full its pages are."""

    scale: float
    trials: int
    body_points: float | None
    pages: tuple[PanelFit, ...]
    problems: tuple[Problem, ...]
    """One for each thing that does not fit; empty in a leaflet that fits."""

    @property
    def fits(self) -> bool:
        """Whether everything stands where it should."""
        return not self.problems

    def __str__(self) -> str:
        size = f"{self.body_points:g} pt" if self.body_points else "no text"
        pages = ", ".join(f"{page.label} {page.fill:.0%}" for page in self.pages)
        return f"fit: text {size}, scale {self.scale:.2f}; full: {pages}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The panels of one name, which share a text that flows from one to the next."""

    name: str
    panels: tuple[int, ...]
    repeats: bool


T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial(Generic[T]):
    """A layout at one scale; ``rendering`` is whatever the layout gave."""

    scale: float
    rendering: T
    pages: tuple[PageMeasure, ...]
    over: bool


def groups_of(layout: Layout) -> tuple[Group, ...]:
    """The layout's panels by name, in reading order."""
    runs = groupby(enumerate(layout.panels), key=lambda pair: pair[1].name)
    found: dict[str, Group] = {}
    for name, run in runs:
        members = tuple(run)
        indices = found[name].panels if name in found else ()
        found[name] = Group(
            name=name,
            panels=(*indices, *(index for index, _ in members)),
            repeats=any(panel.repeats for _, panel in members),
        )
    return tuple(found.values())


def assign(pages: tuple[PageMeasure, ...], layout: Layout) -> tuple[int | None, ...]:
    """The panel on which each page lies, in reading order; None where a group has more pages than panels.

    Raises:
        LayoutError: a page has a name that no panel of the layout has.
    """
    groups = {group.name: group for group in groups_of(layout)}
    taken: dict[str, int] = {}
    panels: list[int | None] = []
    for number, page in enumerate(pages):
        if not page.kind:
            panel = layout.panel_at(number)
            panels.append(None if panel is None else min(number, len(layout.panels) - 1))
            continue
        if page.kind not in groups:
            names = ", ".join(groups)
            raise LayoutError(
                Problem(
                    message=f'a page is called "{page.kind}", but the layout "{layout.name}" has no such panel',
                    hint=f"its panels are {names}",
                )
            )
        group, place = groups[page.kind], taken.get(page.kind, 0)
        taken[page.kind] = place + 1
        if place < len(group.panels):
            panels.append(group.panels[place])
        else:
            panels.append(group.panels[-1] if group.repeats else None)
    return tuple(panels)


def is_over(pages: tuple[PageMeasure, ...], layout: Layout) -> bool:
    """Whether anything does not fit."""
    return None in assign(pages, layout) or any(page.excess for page in pages)


def search(lay_out: Callable[[float], tuple[T, tuple[PageMeasure, ...]]], layout: Layout) -> tuple[Trial[T], int]:
    """The best scale for a leaflet, and the number of layouts it took (at most MOST_TRIALS).

    The first layout is at scale 1 and is the only one for content that simply fits. Otherwise the bounds are
    bisected; where even the smallest scale is over, that layout is given back.
    """

    def trial(scale: float) -> Trial[T]:
        rendering, pages = lay_out(scale)
        return Trial(scale=scale, rendering=rendering, pages=pages, over=is_over(pages, layout))

    first = trial(1.0)
    if first.over:
        floor = smallest_scale(first.pages, layout.fit)
        if floor >= 1.0:
            return first, 1
        low = trial(floor)
        if low.over:
            return low, 2
        return _bisect(trial, low, 1.0, MOST_TRIALS - 2), MOST_TRIALS
    if layout.fit.largest <= 1.0 or not _looks_empty(first.pages, layout):
        return first, 1
    high = trial(layout.fit.largest)
    if not high.over:
        return high, 2
    return _bisect(trial, first, layout.fit.largest, MOST_TRIALS - 2), MOST_TRIALS


def smallest_scale(pages: tuple[PageMeasure, ...], bounds: FitBounds) -> float:
    """How far a layout at scale 1 may shrink: the layout's bound, or where its body text meets the legal minimum."""
    points = body_points(pages)
    return bounds.smallest if points is None else max(bounds.smallest, bounds.minimum_points / points)


def _bisect(trial: Callable[[float], Trial[T]], fits: Trial[T], too_large: float, trials: int) -> Trial[T]:
    for _ in range(trials):
        middle = trial(round((fits.scale + too_large) / 2, 4))
        if middle.over:
            too_large = middle.scale
        else:
            fits = middle
    return fits


def _looks_empty(pages: tuple[PageMeasure, ...], layout: Layout) -> bool:
    """Whether even the fullest group of panels is rather empty. Where pages repeat, emptiness means nothing."""
    if any(panel.repeats for panel in layout.panels):
        return False
    fills = [0.0] * len(layout.panels)
    for page, panel in zip(pages, assign(pages, layout), strict=True):
        if panel is not None:
            fills[panel] = page.fill
    return max(sum(fills[panel] for panel in group.panels) / len(group.panels) for group in groups_of(layout)) < EMPTY


def report(trial: Trial[T], trials: int, layout: Layout, finder: Finder) -> FitReport:
    """What to say about a finished layout."""
    panels = assign(trial.pages, layout)
    rows = []
    for number, (page, panel) in enumerate(zip(trial.pages, panels, strict=True), start=1):
        label = f"page {number}" if panel is None or layout.panels[panel].repeats else layout.label(panel)
        over = max((max(e.sideways, e.upright) for e in page.excess), default=0.0)
        if panel is None:
            over = max(over, page.used)
        rows.append(PanelFit(panel=panel, label=label, fill=page.fill, free=page.free, over=over))
    problems = (*_too_many(trial.pages, panels, layout, finder), *_sticking_out(trial.pages, rows, finder))
    return FitReport(
        scale=trial.scale,
        trials=trials,
        body_points=body_points(trial.pages),
        pages=tuple(rows),
        problems=problems,
    )


def refuse_misfit(found: FitReport) -> None:
    """Raise what does not fit, all of it.

    Raises:
        FitError: one problem for each place.
    """
    if found.problems:
        raise FitError(found.problems)


def _too_many(
    pages: tuple[PageMeasure, ...], panels: tuple[int | None, ...], layout: Layout, finder: Finder
) -> Iterator[Problem]:
    """One problem for each group of panels whose text needs more pages than there are panels."""
    for group in groups_of(layout):
        extra = [
            page for page, panel in zip(pages, panels, strict=True) if panel is None and page.kind in (group.name, "")
        ]
        if not extra:
            continue
        over = sum(page.used for page in extra)
        words = sum(page.words for page in extra)
        first = next((piece.element for page in extra for piece in page.pieces if piece.element is not None), None)
        last = layout.label(group.panels[-1])
        where = (
            f'panel "{last}"' if len(group.panels) == 1 else f'the {len(group.panels)} panels "{group.name}" together'
        )
        verb = "is" if len(group.panels) == 1 else "are"
        yield Problem(
            message=f"{where} {verb} {over:.1f} mm too full{_in_section(finder.heading(first))}",
            location=finder.location(first),
            hint=f"cut about {max(words, 1)} words from there on, or move a section to another panel with {{panel=NAME}}",
        )
        if "" in {page.kind for page in extra}:
            return


def _sticking_out(pages: tuple[PageMeasure, ...], rows: list[PanelFit], finder: Finder) -> Iterator[Problem]:
    """One problem for each place in the source whose content leaves its page's content box or covers other text."""
    for page, row in zip(pages, rows, strict=True):
        places: dict[tuple[str, bool, bool], list[Excess]] = {}
        for excess in page.excess:
            place = str(finder.location(excess.piece.element))
            places.setdefault((place, excess.covers, excess.sideways > excess.upright), []).append(excess)
        for same in places.values():
            yield _excess_problem(same, row.place, page, finder)


def _excess_problem(same: list[Excess], place: str, page: PageMeasure, finder: Finder) -> Problem:
    worst = max(same, key=lambda excess: max(excess.sideways, excess.upright))
    piece = worst.piece
    what = f'"{_short(piece.text)}"' if piece.text else "an image"
    section = _in_section(finder.heading(piece.element))
    location = finder.location(piece.element)
    if worst.covers:
        return Problem(
            message=f"{place}: {what} lies on other text{section}",
            location=location,
            hint="make room for it: shorten the text beside it or the text itself",
        )
    if worst.sideways > worst.upright:
        return Problem(
            message=f"{place}: {what} is {worst.sideways:.1f} mm too wide{section}",
            location=location,
            hint="shorten or divide the word, give the table fewer columns, or make the image smaller",
        )
    words = round(page.words * worst.upright / max(page.used, 1.0))
    return Problem(
        message=f"{place} is {worst.upright:.1f} mm too full at {what}{section}",
        location=location,
        hint=f"cut about {max(words, 1)} words from it",
    )


def _in_section(heading: str | None) -> str:
    return f' in the section "{heading}"' if heading else ""


def _short(text: str | None, most: int = 30) -> str:
    text = " ".join((text or "").split())
    return text if len(text) <= most else text[: most - 1] + "…"
