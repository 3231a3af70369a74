"""Places of the lines of running text on each panel, taken from the laid-out pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from leaflet.design.layouts import load_layout
from leaflet.model.fold import Side
from leaflet.pipeline import Choices, compose
from leaflet.weasy import renderer as composing
from leaflet.weasy.measure import POINTS_PER_PIXEL

from weasyprint.text.line_break import strut  # isort: skip  (after leaflet.pdf, which sets its fonts)

NEAR = 0.15
"""Points by which a line may miss the grid."""
BOXED_TAGS = frozenset({"aside", "footer", "table", "figure", "dt", "dd"})
BOXED_CLASSES = frozenset({"stat", "timeline", "glance", "notes", "cover"})
"""Elements with a ground or a measure of their own, whose text need not be on the lines of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelLines:
    """The baselines of a panel's running text, in points below the trim, and the distance of lines."""

    baselines: tuple[float, ...]
    line: float

    def share_on(self, start: float) -> float:
        """The share of its lines that stand a whole number of lines from ``start``."""
        places = [(baseline - start) / self.line for baseline in self.baselines]
        return sum(abs(place - round(place)) * self.line < NEAR for place in places) / len(places)


def lines_of(source: Path, layout: str, style: str, watch: pytest.MonkeyPatch) -> tuple[PanelLines, ...]:
    """The lines of each panel of ``source`` as it is built, in reading order."""
    laid_out: list[Any] = []
    measure = composing.measure_pages

    def watched(pages: Any) -> Any:
        laid_out.append(pages)
        return measure(pages)

    watch.setattr(composing, "measure_pages", watched)
    fit = compose(source, Choices(layout=layout, style=style, formats=("pdf",)), today=date(2026, 11, 1)).fit
    assert fit is not None
    runs = [[page._page_box for page in pages] for pages in laid_out]
    kept = [run for run in runs if _points(run[0]) == fit.body_points]
    return tuple(map(_lines, chain.from_iterable(kept)))


def sides_of(layout: Path) -> tuple[Side, ...]:
    """The sides of the sheet."""
    return load_layout(layout).sides


def _lines(page: Any) -> PanelLines:
    body = _body(page)
    line = strut(body.style)[0] * POINTS_PER_PIXEL
    size = body.style["font_size"]
    tops = {
        round((text.position_y + text.baseline) * POINTS_PER_PIXEL, 3)
        for text, around in _texts(page, ())
        if text.style["font_size"] == size and not any(map(_is_boxed, around))
    }
    return PanelLines(baselines=tuple(sorted(tops)), line=line)


def _points(page: Any) -> float:
    return round(_body(page).style["font_size"] * POINTS_PER_PIXEL, 2)


def _body(page: Any) -> Any:
    return next(box for box in page.descendants() if box.element_tag == "body")


def _texts(box: Any, around: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    box = getattr(box, "_box", box)
    if hasattr(box, "text"):
        if box.text.strip():
            yield box, around
        return
    for child in box.all_children() if hasattr(box, "all_children") else ():
        yield from _texts(child, (*around, box))


def _is_boxed(box: Any) -> bool:
    if type(box).__name__ == "MarginBox":
        return True
    element = box.element
    classes = set(element.get("class", "").split()) if element is not None else set()
    return box.element_tag in BOXED_TAGS or bool(classes & BOXED_CLASSES)
