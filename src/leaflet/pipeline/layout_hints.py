"""Suggestions of larger layouts for a text that does not fit its own."""

from __future__ import annotations

from itertools import islice

from leaflet.design import load_panel_plan
from leaflet.errors import Location, Problem
from leaflet.model.layout import Layout
from leaflet.pipeline.cite_source import CitedDocument
from leaflet.pipeline.suitable_layouts import Suitable, suitable_layouts

MOST = 2
"""The number of layouts that are named."""


def needs_space(problem: Problem) -> bool:
    """Return whether more space would mend a misfit: a word that is too wide, or text below other text, needs another."""
    return "too full" in problem.message


def larger_layouts(cited: CitedDocument, asked_at: Location | None) -> tuple[Problem, ...]:
    """Return a problem that names the smallest larger layouts which are expected to hold the text of ``cited``."""
    layout, style = cited.layout, cited.style
    found = (one for one in suitable_layouts(cited) if _is_larger(one.cited.layout, layout))
    larger = tuple(islice(found, MOST))
    if not larger:
        return ()
    body = style.sizes.get("body", 0)
    large_print = body > load_panel_plan(layout, cited.workspace.roots).sizes["body"]
    message = (
        f'the style "{style.name}" is set in {body:g} points, which the panels of "{layout.name}" are small for'
        if large_print
        else f'the layout "{layout.name}" is too small for this text'
    )
    other = ", or another style" if large_print else ""
    return (
        Problem(
            message=message,
            location=asked_at if large_print else cited.document.metadata.places.get("layout"),
            hint=f"choose the layout {' or '.join(map(_named, larger))}, or layout: auto{other}",
        ),
    )


def _named(suitable: Suitable) -> str:
    name = f'"{suitable.cited.layout.name}"'
    return f"{name}, which is expected to be {suitable.fill:.0%} full" if suitable.fill else name


def _is_larger(other: Layout, layout: Layout) -> bool:
    return other.name != layout.name and (other.panels[-1].repeats or _area(other) >= _area(layout))


def _area(layout: Layout) -> float:
    return sum(panel.width * panel.height for panel in layout.panels)
