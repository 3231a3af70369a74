"""Fit: the scale of type and space at which content fills its panels, and what to say where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar
from xml.etree.ElementTree import Element

from leaflet.errors import FitError, LayoutError, Problem
from leaflet.model.fold import Millimetres
from leaflet.model.layout import FitBounds, Layout
from leaflet.model.print_page import PrintPage
from leaflet.panels.source_map import SourceMap
from leaflet.weasy import Excess, PageMeasure, Piece, body_points

STRIDES = (1, 2)
"""How far each guess goes: where the first was too hopeful, so is the second."""
BREAK_LOSS = 0.985
LEAST_CHANGE = 0.99
GROWN = 0.9
"""How full the fullest group of panels may become when type grows."""
FILLED = 0.95
"""From this fill of its fullest panel a leaflet that was set smaller counts as full."""
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

    def __str__(self) -> str:
        room = f"{self.over:.0f} mm over" if self.over else f"{self.free:.0f} mm free"
        return f"{self.label} {self.fill:.0%} ({room})"


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
        pages = ", ".join(str(page) for page in self.pages)
        layouts = "1 layout" if self.trials == 1 else f"{self.trials} layouts"
        return f"fit: text {size}, scale {self.scale:.2f} after {layouts}; full: {pages}"


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


def candidates(page: PrintPage, alternatives: Iterable[PrintPage]) -> Iterator[PrintPage]:
    """Yield ``page``, then each of ``alternatives`` that is another page than the one before it."""
    yield page
    for other in alternatives:
        if other != page:
            yield other
        page = other


def search(
    lay_out: Callable[[float], tuple[T, tuple[PageMeasure, ...]]], layout: Layout, start: float = 1.0
) -> tuple[Trial[T], int]:
    """The best scale for a leaflet, and the number of layouts it took (at most four).

    The first layout is at ``start``, where the content is expected to fit, and is the only one if it fits and fills
    its panels. The second is at the scale that
    its measures call for, and often the last; then comes one more guess, or the bounds are bisected. Where nothing
    else fits, or not even the smallest scale, the layout at the smallest is given back.
    """
    trials: list[Trial[T]] = []

    def trial(scale: float) -> Trial[T]:
        rendering, pages = lay_out(scale)
        trials.append(Trial(scale=scale, rendering=rendering, pages=pages, over=is_over(pages, layout)))
        return trials[-1]

    best = _search(trial, layout, start)
    return best, len(trials)


def _search(trial: Callable[[float], Trial[T]], layout: Layout, start: float) -> Trial[T]:
    first = trial(start)
    floor = smallest_scale(first.pages, layout.fit, start)
    if start < min(floor, 1.0):
        return _search(trial, layout, min(floor, 1.0))
    if start < 1.0 and not first.over:
        room = _fullest(first.pages, layout)
        larger = min(1.0, round(start * _scale_for(1 / max(room, 0.1)), 4))
        if room >= FILLED or larger <= start / LEAST_CHANGE:
            return first
        grown = trial(larger)
        return first if grown.over else grown
    if not first.over:
        largest = layout.fit.largest if _fullest(first.pages, layout) < EMPTY else 1.0
        if largest <= 1.0:
            return first
        guess = min(largest, _scale_for(GROWN / max(_fullest(first.pages, layout), 0.1)))
        grown = trial(guess)
        return _bisect(trial, first, guess, 2) if grown.over else grown
    if floor >= first.scale:
        return first
    over = first
    for stride in STRIDES:
        guess = min(shrink_guess(over.pages, layout), LEAST_CHANGE) ** stride
        shrunk = trial(max(floor, round(over.scale * guess, 4)))
        if not shrunk.over and _fullest(shrunk.pages, layout) < FILLED:
            return _bisect(trial, shrunk, over.scale, 1)
        if not shrunk.over or shrunk.scale == floor:
            return shrunk
        over = shrunk
    return trial(floor)


def shrink_guess(pages: tuple[PageMeasure, ...], layout: Layout) -> float:
    """The scale at which everything should fit: type takes room on two axes, so the root of what is too much."""
    panels = assign(pages, layout)
    guesses = [1.0]
    for group in groups_of(layout):
        mine = [page for page, panel in zip(pages, panels, strict=True) if panel in group.panels]
        extra = [page for page, panel in zip(pages, panels, strict=True) if panel is None and page.kind == group.name]
        room = sum(page.content.bottom - page.content.top for page in mine)
        if extra and room:
            # Where sections begin on fresh panels, the rest of one stands on a page of its own: the least filled ones.
            least = sorted(page.used for page in (*mine, *extra))[: len(extra)]
            guesses.append(_scale_for(room / (room + sum(least))))
    for page in pages:
        height, width = page.content.bottom - page.content.top, page.content.right - page.content.left
        guesses += [_scale_for(height / (height + excess.upright)) for excess in page.excess if excess.upright]
        guesses += [width / (width + excess.sideways) for excess in page.excess if excess.sideways]
    return round(min(guesses), 3)


def _scale_for(room: float) -> float:
    """The scale that fills ``room`` times the place that scale 1 fills, less a little for breaks that fall badly."""
    return round(BREAK_LOSS * float(room**0.5), 3)


def smallest_scale(pages: tuple[PageMeasure, ...], bounds: FitBounds, scale: float) -> float:
    """How far ``pages``, laid out at ``scale``, may shrink: to the bound, or where text meets the legal minimum."""
    points = body_points(pages)
    return bounds.smallest if points is None else max(bounds.smallest, bounds.minimum_points * scale / points)


def _bisect(trial: Callable[[float], Trial[T]], fits: Trial[T], too_large: float, times: int) -> Trial[T]:
    for _ in range(times):
        middle = trial(round((fits.scale + too_large) / 2, 4))
        if middle.over:
            too_large = middle.scale
        else:
            fits = middle
    return fits


def _fullest(pages: tuple[PageMeasure, ...], layout: Layout) -> float:
    """How full the fullest group of panels is. Where pages repeat it counts as full: emptiness means nothing there."""
    if any(panel.repeats for panel in layout.panels):
        return 1.0
    fills = [0.0] * len(layout.panels)
    for page, panel in zip(pages, assign(pages, layout), strict=True):
        if panel is not None:
            fills[panel] = page.fill
    return max(sum(fills[panel] for panel in group.panels) / len(group.panels) for group in groups_of(layout))


def report(trial: Trial[T], trials: int, layout: Layout, source_map: SourceMap) -> FitReport:
    """What to say about a finished layout."""
    panels = assign(trial.pages, layout)
    rows = []
    for number, (page, panel) in enumerate(zip(trial.pages, panels, strict=True), start=1):
        label = f"page {number}" if panel is None or layout.panels[panel].repeats else layout.label(panel)
        over = max((max(e.sideways, e.upright) for e in page.excess), default=0.0)
        if panel is None:
            over = max(over, page.used)
        rows.append(PanelFit(panel=panel, label=label, fill=page.fill, free=page.free, over=over))
    problems = (*_too_many(trial.pages, panels, layout, source_map), *_sticking_out(trial.pages, rows, source_map))
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
    pages: tuple[PageMeasure, ...], panels: tuple[int | None, ...], layout: Layout, source_map: SourceMap
) -> Iterator[Problem]:
    """One problem for each group of panels whose text needs more pages than there are panels.

    Where an image is taller than its panel that alone is told: what it pushes out may well fit without it.
    """
    too_tall = {page.kind for page in pages for excess in page.excess if excess.piece.text is None and excess.upright}
    for group in groups_of(layout):
        if group.name in too_tall:
            continue
        extra = [
            page for page, panel in zip(pages, panels, strict=True) if panel is None and page.kind in (group.name, "")
        ]
        if not extra:
            continue
        over = sum(page.used for page in extra)
        words = sum(page.words for page in extra)
        piece = next((piece for page in extra for piece in page.pieces if piece.element is not None), None)
        first, text = (piece.element, piece.text) if piece else (None, None)
        last = layout.label(group.panels[-1])
        where = (
            f'panel "{last}"' if len(group.panels) == 1 else f'the {len(group.panels)} panels "{group.name}" together'
        )
        verb = "is" if len(group.panels) == 1 else "are"
        yield Problem(
            message=f"{where} {verb} {_amount(over)}too full{_in_section(first, source_map)}",
            location=source_map.location(first, text),
            hint=f"{_cut(words)} from there on, or {_way_out(group.name, source_map)}",
        )
        if "" in {page.kind for page in extra}:
            return


def _sticking_out(pages: tuple[PageMeasure, ...], rows: list[PanelFit], source_map: SourceMap) -> Iterator[Problem]:
    """One problem for each place in the source whose content leaves its page's content box or covers other text."""
    for page, row in zip(pages, rows, strict=True):
        places: dict[tuple[str | None, bool, bool], list[Excess]] = {}
        for excess in page.excess:
            place = source_map.block(excess.piece.element)
            places.setdefault((place, excess.covers, excess.sideways > excess.upright), []).append(excess)
        for same in places.values():
            place = f'panel "{page.kind}"' if row.panel is None and page.kind else row.place
            yield _excess_problem(same, place, page, source_map)


def _excess_problem(same: list[Excess], place: str, page: PageMeasure, source_map: SourceMap) -> Problem:
    worst = max(same, key=lambda excess: max(excess.sideways, excess.upright))
    wide = worst.sideways > worst.upright
    # What is too wide pushes its neighbours out as well, farther than itself.
    piece = max((excess.piece for excess in same), key=_width) if wide else worst.piece
    what = f'"{_short(piece.text)}"' if piece.text else "an image"
    section = _in_section(piece.element, source_map)
    location = source_map.location(piece.element, piece.text)
    if worst.covers:
        return Problem(
            message=f"{place}: {what} lies on other text{section}",
            location=location,
            hint="make room for it: shorten the text beside it or the text itself",
        )
    if wide:
        return Problem(
            message=f"{place}: {what} is {worst.sideways:.1f} mm too wide{section}",
            location=location,
            hint="shorten or divide the word, give the table fewer columns, or make the image smaller",
        )
    if piece.text is None:
        return Problem(
            message=f"{place}: {what} is {worst.upright:.1f} mm too tall{section}",
            location=location,
            hint="make it smaller, for example with {width=50%}, or less tall",
        )
    words = round(page.words * worst.upright / max(page.used, 1.0))
    return Problem(
        message=f"{place} is {worst.upright:.1f} mm too full at {what}{section}",
        location=location,
        hint=f"{_cut(words)} from it",
    )


def _width(piece: Piece) -> Millimetres:
    return piece.area.right - piece.area.left


def _amount(over: Millimetres) -> str:
    """Nothing where only empty lines stand on a page too many."""
    return f"{over:.1f} mm " if over >= 0.1 else ""


def _cut(words: int) -> str:
    return f"cut about {words} words" if words > 2 else "cut a word or two"


def _in_section(element: Element | None, source_map: SourceMap) -> str:
    heading = source_map.heading(element)
    pinned = ", which is pinned to it" if source_map.pinned(element) else ""
    return f' in the section "{heading}"{pinned}' if heading else ""


def _way_out(panel: str, source_map: SourceMap) -> str:
    """What else would make room on the panels of one name."""
    pinned = " and ".join(f'"{heading}"' for heading in source_map.pinned_to(panel))
    return (
        f"take the pin {{panel={panel}}} off {pinned}"
        if pinned
        else "move a section to another panel with {panel=NAME}"
    )


def _short(text: str | None, most: int = 30) -> str:
    text = " ".join((text or "").split())
    return text if len(text) <= most else text[: most - 1] + "…"
