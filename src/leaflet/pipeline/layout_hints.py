"""Suggestion of a larger layout for a text that does not fit its own."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from leaflet.design import load_panel_plan
from leaflet.errors import Location, Problem
from leaflet.model.layout import Layout
from leaflet.pipeline.cite_source import CitedDocument
from leaflet.pipeline.suitable_layouts import suitable_layouts

Points = Callable[[CitedDocument], float | None]
"""Lays a document out and returns the size of its text in points, or None where it does not fit."""
TRIED = 2
"""The number of layouts of fixed panels that are laid out to find one."""


def needs_space(problem: Problem) -> bool:
    """Return whether more space would mend a misfit: a word that is too wide, or text below other text, needs another."""
    return "too full" in problem.message


def larger_layout(cited: CitedDocument, asked_at: Location | None, points: Points) -> tuple[Problem, ...]:
    """Return a problem that names the smallest larger layout which holds the text of ``cited``; laid out, not guessed."""
    layout, style = cited.layout, cited.style
    larger = (one.cited for one in suitable_layouts(cited) if _is_larger(one.cited.layout, layout))
    found = next(filter(None, (_named(one, points) for one in islice(larger, TRIED + 1))), None)
    if found is None:
        return ()
    body = style.sizes.get("body", 0)
    large_print = body > load_panel_plan(layout, cited.workspace.roots).sizes["body"]
    message = (
        f'the style "{style.name}" is set in {body:g} points, which the panels of "{layout.name}" are small for'
        if large_print
        else f'the layout "{layout.name}" is too small for this text'
    )
    return (
        Problem(
            message=message,
            location=asked_at if large_print else cited.document.metadata.places.get("layout"),
            hint=f"{found}; layout: auto chooses by itself{'; another style may be smaller' if large_print else ''}",
        ),
    )


def _named(cited: CitedDocument, points: Points) -> str:
    """Return advice to take the layout of ``cited``, or nothing where the text does not fit it."""
    name = cited.layout.name
    if cited.layout.repeats_pages:
        return f"build it with --layout {name}, which has as many pages as the text needs"
    size = points(cited)
    return f"build it with --layout {name}, where it fits in {size:g} points" if size else ""


def _is_larger(other: Layout, layout: Layout) -> bool:
    return other.name != layout.name and (other.panels[-1].repeats or _area(other) >= _area(layout))


def _area(layout: Layout) -> float:
    return sum(panel.width * panel.height for panel in layout.panels)
