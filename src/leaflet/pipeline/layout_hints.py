"""Suggestions of larger layouts for a style of large print that does not fit its own."""

from __future__ import annotations

from leaflet.design import Style, load_layout, load_panel_plan
from leaflet.errors import Location, Problem
from leaflet.model.layout import Layout
from leaflet.model.workspace import Workspace

MORE = 1.5
"""The factor by which a layout's area must be larger to be worth a try."""


def larger_layouts(
    layout: Layout, style: Style, workspace: Workspace, asked_at: Location | None
) -> tuple[Problem, ...]:
    """Return a problem that names larger layouts, where ``style`` is larger than the type of ``layout``."""
    body = style.sizes.get("body", 0)
    if body <= load_panel_plan(layout, workspace.roots).sizes["body"]:
        return ()
    folders = (workspace.find("layouts", name) or layout.folder for name in _names(workspace))
    others = (load_layout(folder, workspace.roots) for folder in folders)
    roomy = [other for other in others if other.panels[-1].repeats or _area(other) >= MORE * _area(layout)]
    roomy.sort(key=lambda other: (other.fold != layout.fold, other.name))
    if not roomy:
        return ()
    names = " or ".join(f'"{other.name}"' for other in roomy[:3])
    return (
        Problem(
            message=f'the style "{style.name}" is set in {body:g} points, which the panels of "{layout.name}" are small for',
            location=asked_at,
            hint=f"choose the layout {names}, or another style",
        ),
    )


def _names(workspace: Workspace) -> tuple[str, ...]:
    return workspace.names("layouts", "layout.toml")


def _area(layout: Layout) -> float:
    return sum(panel.width * panel.height for panel in layout.panels)
