"""Fit: how full the panels are, and the messages about content that does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import groupby
from typing import Generic, TypeVar
from xml.etree.ElementTree import Element

from msgspec import Struct

from leaflet.errors import FitError, LayoutError, Problem
from leaflet.model.fold import Millimetres
from leaflet.model.layout import Layout
from leaflet.panels.source_map import SourceMap
from leaflet.weasy import Excess, PageMeasure, PagePiece, body_points


class PanelFit(Struct, frozen=True, kw_only=True):
    """The fill of one page; ``panel`` is the panel's index in reading order, None for a page too many."""

    panel: int | None
    label: str
    """The panel's name, or the page's number where pages repeat."""
    fill: float
    free: Millimetres
    over: Millimetres

    @property
    def place(self) -> str:
        """Return the page's name in a sentence."""
        return self.label if self.label.startswith("page ") else f'panel "{self.label}"'

    def __str__(self) -> str:
        space = f"{self.over:.0f} mm over" if self.over else f"{self.free:.0f} mm free"
        return f"{self.label} {self.fill:.0%} ({space})"


class FitReport(Struct, frozen=True, kw_only=True):
    """The scale at which the leaflet was set, the number of layouts made, and the fill of its pages."""

    scale: float
    trials: int
    body_points: float | None
    pages: tuple[PanelFit, ...]
    problems: tuple[Problem, ...]
    """One for each thing that does not fit; empty in a leaflet that fits."""
    tried: tuple[Tried, ...] = ()
    """All layouts that were made, in order; empty where nobody searched."""

    @property
    def fits(self) -> bool:
        """Return whether every part of the content is where it should be."""
        return not self.problems

    def __str__(self) -> str:
        size = f"{self.body_points:g} pt" if self.body_points else "no text"
        pages = ", ".join(str(page) for page in self.pages)
        layouts = "1 layout" if self.trials == 1 else f"{self.trials} layouts"
        return f"fit: text {size}, scale {self.scale:.2f} after {layouts}; full: {pages}"


class PanelGroup(Struct, frozen=True, kw_only=True):
    """The panels of one name, which share a text that flows from one to the next."""

    name: str
    panels: tuple[int, ...]
    repeats: bool


T = TypeVar("T")


class Trial(Struct, Generic[T], frozen=True, kw_only=True):
    """A layout of one arrangement at one scale; ``rendering`` is the layout's result."""

    scale: float
    rendering: T
    pages: tuple[PageMeasure, ...]
    over: bool


class Tried(Struct, frozen=True, kw_only=True):
    """A layout that was made during the search, for those who want to know why one won."""

    arrangement: str
    scale: float
    over: bool
    reasons: tuple[tuple[str, float], ...]
    """Each part of its cost, by its name."""
    chosen: bool = False

    @property
    def cost(self) -> float:
        """Return the sum of all that it costs."""
        return sum(cost for _, cost in self.reasons)

    def __str__(self) -> str:
        why = ", ".join(f"{name} {cost:.0f}" for name, cost in self.reasons) or "nothing against it"
        mark = "*" if self.chosen else " "
        if self.over and not self.reasons:
            return f"{mark} {self.arrangement or 'as it comes'}, scale {self.scale:.2f}: does not fit"
        return f"{mark} {self.arrangement or 'as it comes'}, scale {self.scale:.2f}: {'does not fit; ' if self.over else ''}cost {self.cost:.0f} ({why})"


def groups_of(layout: Layout) -> tuple[PanelGroup, ...]:
    """Return the layout's panels by name, in reading order."""
    runs = groupby(enumerate(layout.panels), key=lambda pair: pair[1].name)
    found: dict[str, PanelGroup] = {}
    for name, run in runs:
        members = tuple(run)
        indices = found[name].panels if name in found else ()
        found[name] = PanelGroup(
            name=name,
            panels=(*indices, *(index for index, _ in members)),
            repeats=any(panel.repeats for _, panel in members),
        )
    return tuple(found.values())


def assign(pages: tuple[PageMeasure, ...], layout: Layout) -> tuple[int | None, ...]:
    """Return the panel on which each page lies, in reading order; None where a group has more pages than panels.

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
    """Return whether anything does not fit."""
    return None in assign(pages, layout) or any(page.excess for page in pages)


def report(
    trial: Trial[T], trials: int, layout: Layout, source_map: SourceMap, tried: tuple[Tried, ...] = ()
) -> FitReport:
    """Return the report on a finished layout."""
    panels = assign(trial.pages, layout)
    rows = []
    for number, (page, panel) in enumerate(zip(trial.pages, panels, strict=True), start=1):
        label = f"page {number}" if panel is None or layout.panels[panel].repeats else layout.label(panel)
        over = max((max(e.sideways, e.upright) for e in page.excess), default=0.0)
        if panel is None:
            over = max(over, page.used)
        rows.append(PanelFit(panel=panel, label=label, fill=page.fill, free=page.free, over=over))
    full = {page.kind for page, panel in zip(trial.pages, panels, strict=True) if panel is None}
    problems = (
        *_too_many(trial.pages, panels, layout, source_map),
        *_sticking_out(trial.pages, rows, source_map, full),
    )
    return FitReport(
        scale=trial.scale,
        trials=trials,
        body_points=body_points(trial.pages),
        pages=tuple(rows),
        problems=problems,
        tried=tried,
    )


def refuse_misfit(found: FitReport) -> None:
    """Raise one error with a problem for each place that does not fit.

    Raises:
        FitError: one problem for each place.
    """
    if found.problems:
        raise FitError(found.problems)


def _too_many(
    pages: tuple[PageMeasure, ...], panels: tuple[int | None, ...], layout: Layout, source_map: SourceMap
) -> Iterator[Problem]:
    """Yield one problem for each group of panels whose text needs more pages than there are panels.

    Where an image is taller than its panel only that is reported: the text that it pushes out may fit without it.
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
            hint=f"{_fewer_styles(pages, group, source_map)}{_cut(words)} from there on, or {_way_out(group.name, source_map)}",
        )
        if "" in {page.kind for page in extra}:
            return


def _sticking_out(
    pages: tuple[PageMeasure, ...], rows: list[PanelFit], source_map: SourceMap, full: Set[str]
) -> Iterator[Problem]:
    """Yield one problem for each place in the source whose content leaves its page's content box or covers other text.

    Panels that are ``full`` have a problem already, which words below their foot belong to.
    """
    for page, row in zip(pages, rows, strict=True):
        places: dict[tuple[str | None, bool, bool], list[Excess]] = {}
        for excess in page.excess:
            below = excess.upright > excess.sideways and excess.piece.text is not None and not excess.covers
            if below and page.kind in full:
                continue
            place = source_map.block(excess.piece.element)
            places.setdefault((place, excess.covers, excess.sideways > excess.upright), []).append(excess)
        for same in places.values():
            place = f'panel "{page.kind}"' if row.panel is None and page.kind else row.place
            yield _excess_problem(same, place, page, source_map)


def _excess_problem(same: list[Excess], place: str, page: PageMeasure, source_map: SourceMap) -> Problem:
    worst = max(same, key=lambda excess: max(excess.sideways, excess.upright))
    wide = worst.sideways > worst.upright
    # A block that is too wide pushes its neighbours out as well, farther than itself.
    piece = max((excess.piece for excess in same), key=_width) if wide else worst.piece
    what = f'"{_short(piece.text)}"' if piece.text else "an image"
    section = _in_section(piece.element, source_map)
    location = source_map.location(piece.element, piece.text)
    if worst.covers:
        return Problem(
            message=f"{place}: {what} lies on other text{section}",
            location=location,
            hint="make space for it: shorten the text beside it or the text itself",
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


def _width(piece: PagePiece) -> Millimetres:
    return piece.area.right - piece.area.left


def _amount(over: Millimetres) -> str:
    """Return how much is too much, or nothing where a page too many holds only empty lines."""
    return f"{over:.1f} mm " if over >= 0.1 else ""


def _cut(words: int) -> str:
    return f"cut about {words} words" if words > 2 else "cut a word or two"


def _in_section(element: Element | None, source_map: SourceMap) -> str:
    heading = source_map.heading(element)
    pinned = ", which is pinned to it" if source_map.pinned(element) else ""
    return f' in the section "{heading}"{pinned}' if heading else ""


def _fewer_styles(pages: tuple[PageMeasure, ...], group: PanelGroup, source_map: SourceMap) -> str:
    """Return advice to print the leaflet's own citation in fewer styles, where it is on such a panel in several."""
    mine = (piece.element for page in pages if page.kind == group.name for piece in page.pieces)
    styles = source_map.entries_of("cite") if any(source_map.is_within(element, "cite") for element in mine) else 0
    return f"print {styles - 1} styles fewer with cite: [apa], " if styles > 1 else ""


def _way_out(panel: str, source_map: SourceMap) -> str:
    """Return other ways to make space on the panels of one name."""
    pinned = " and ".join(f'"{heading}"' for heading in source_map.pinned_to(panel))
    return (
        f"take the pin {{panel={panel}}} off {pinned}"
        if pinned
        else "move a section to another panel with {panel=NAME}"
    )


def _short(text: str | None, most: int = 30) -> str:
    text = " ".join((text or "").split())
    return text if len(text) <= most else text[: most - 1] + "…"
