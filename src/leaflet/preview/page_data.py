"""The state of a live leaflet as its page in the browser reads it: plain data for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from leaflet.errors import Location, Problem, Severity
from leaflet.preview.build_request import Depth

if TYPE_CHECKING:
    from leaflet.model.layout import Layout
    from leaflet.preview.build_request import Built, RuleFinding, ShownSide
    from leaflet.preview.live_leaflet import LiveLeaflet

Data: TypeAlias = dict[str, object]


def describe(leaflet: LiveLeaflet, tab: str) -> Data:
    """Return everything that the page shows."""
    last, shown = leaflet.last, leaflet.shown
    state: dict[str, object] = {
        "tab": tab,
        "version": leaflet.version,
        "stamp": leaflet.stamp,
        "source": leaflet.workspace.name_of(leaflet.source),
        "depth": last.depth.value if last else "",
        "ok": bool(last and last.is_shown),
        "problems": [_problem(problem) for problem in last.problems] if last else [],
        "findings": [_finding(found) for found in leaflet.checked.findings] if leaflet.checked else [],
        "checked": leaflet.checked is not None,
        "files": sorted(leaflet.files),
        "seconds": round(last.seconds, 3) if last else 0,
    }
    return state | (_shown(shown, leaflet) if shown else {"pages": []})


def _shown(shown: Built, leaflet: LiveLeaflet) -> Data:
    layout = shown.layout
    assert layout is not None
    return {
        "pages": [
            {
                "key": page.key,
                "label": page.label,
                "panel": page.panel,
                "width": page.width,
                "height": page.height,
                "margins": page.margins,
                "fill": round(page.fill, 3),
                "free": round(page.free, 1),
                "over": round(page.over, 1) if shown.depth is not Depth.QUICK else 0,
            }
            for page in shown.pages
        ],
        "places": [
            [place.page, place.x, place.y, place.width, place.height, place.line, place.column, place.block]
            for place in shown.places
        ],
        "facts": dict(shown.facts),
        "fit": shown.fit,
        "layout": _layout(layout),
        "steps": [{"place": step.place, "part": step.part.value, "way": step.way.value} for step in shown.steps],
        "sheets": [_sheet(side) for side in leaflet.sides],
    }


def _layout(layout: Layout) -> Data:
    return {
        "name": layout.name,
        "fold": layout.fold.value,
        "width": layout.sheet_width,
        "height": layout.sheet_height,
        "bleed": layout.bleed,
        "rightToLeft": layout.right_to_left,
        "sides": [
            {
                "name": side.name,
                "panels": [
                    {
                        "panel": place.panel,
                        "x": place.x,
                        "y": place.y,
                        "width": place.width,
                        "height": place.height,
                        "turned": place.turned,
                    }
                    for place in side.placements
                ],
            }
            for side in layout.sides
        ],
    }


def _sheet(side: ShownSide) -> Data:
    return {
        "key": side.key,
        "name": side.name,
        "width": side.width + 2 * side.margins[0],
        "height": side.height + 2 * side.margins[1],
        "trim": [side.margins[0], side.margins[1], side.width, side.height],
        "folds": side.folds,
        "levelFolds": side.level_folds,
        "cuts": side.cuts,
        "levelCuts": side.level_cuts,
    }


def _problem(problem: Problem) -> Data:
    return {
        "message": problem.message,
        "hint": problem.hint or "",
        "error": problem.severity is Severity.ERROR,
        **_place(problem.location),
    }


def _finding(found: RuleFinding) -> Data:
    return {**_problem(found.problem), "code": found.code, "panel": found.panel}


def _place(location: Location | None) -> Data:
    if location is None:
        return {"file": "", "line": 0, "column": 0}
    return {"file": location.file, "line": location.line or 0, "column": location.column or 0}
