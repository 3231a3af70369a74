"""Pages for a fold dummy, with the name and the folds of every panel, and for a test of the printer's turning."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup
from msgspec import Struct

from leaflet.html.page_resources import PageResources
from leaflet.html.page_templates import packaged_text
from leaflet.model.fold import Crease, Fold, FoldedPart, FoldStep, Millimetres, Panel, Placement, folding
from leaflet.model.layout import Layout
from leaflet.model.paper import shown_size
from leaflet.model.print_page import PrintPage

BOOKLET_PAGES = 8
"""So many pages show how the sheets of a booklet lie in each other."""

CORNERS = ("left:0;top:0", "right:0;top:0", "left:0;bottom:0", "right:0;bottom:0")


class DummyPanel(Struct, frozen=True, kw_only=True):
    """One page of a fold dummy: its number, counted from 1, and the lines printed on it."""

    number: int
    lines: tuple[str, ...]


class DummyRun(Struct, frozen=True, kw_only=True):
    """The pages of neighbouring panels of one name."""

    name: str
    panels: tuple[DummyPanel, ...]


def dummy_page(layout: Layout, *, font_css: str = "", resources: PageResources | None = None) -> PrintPage:
    """Return one page for each panel: its number and name, its size, and the folds at its edges."""
    places = {place.panel: (side.name, place) for side in layout.sides for place in side.placements}
    runs = [
        DummyRun(
            name=name,
            panels=tuple(
                DummyPanel(
                    number=number + 1,
                    lines=tuple(_lines(layout, panel, places.get(number)))[: None if _is_roomy(layout) else 1],
                )
                for number, panel in run
            ),
        )
        for name, run in groupby(enumerate(_panels(layout)), key=lambda numbered: numbered[1].name)
    ]
    body = (resources or PageResources()).fill_own(
        "fold_dummy.html.j2",
        {"runs": runs, "layout": layout.name, "steps": fold_sentences(layout) if _is_roomy(layout) else ()},
    )
    pages = "".join(f".{name}{{page:{name}}}" for name in dict.fromkeys(panel.name for panel in layout.panels))
    return _page(f"Fold dummy: {layout.name}", font_css + packaged_text("dummy.css") + pages, body)


def duplex_page(
    turning: str, height: Millimetres, *, font_css: str = "", resources: PageResources | None = None
) -> PrintPage:
    """Return two pages: rings on the front, crosses on the back, which must meet when held against the light.

    Args:
        turning: how the printer turns the paper, in words.
        height: of the pages' content.
    """
    body = (resources or PageResources()).fill_own("duplex_test.html.j2", {"corners": CORNERS, "turning": turning})
    rules = f"section {{ position: relative; height: {height:g}mm }} .front {{ page: front }} .back {{ page: back }}"
    return _page("Test of printing on both sides", font_css + packaged_text("dummy.css") + rules, body)


def _page(title: str, css: str, body: str) -> PrintPage:
    return PrintPage(
        root='<!DOCTYPE html><html lang="en-GB">',
        head=Markup("<title>{}</title>").format(title),
        css=(css,),
        body="<body>",
        runs=(body,),
        whole=False,
        scale=1.0,
    )


def _panels(layout: Layout) -> Iterator[Panel]:
    """Yield the panels as pages: one that repeats is shown often enough to be understood."""
    for panel in layout.panels:
        times = (BOOKLET_PAGES - 2 if layout.fold is Fold.BOOKLET else 2) if panel.repeats else 1
        yield from [panel] * times


def _lines(layout: Layout, panel: Panel, found: tuple[str, Placement] | None) -> Iterator[str]:
    """Yield the panel's size, its side of the sheet and the folds at its edges."""
    yield shown_size(panel.width, panel.height)
    if found is not None:
        side, place = found
        yield f"On the {side} of the sheet{', printed upside down' if place.turned else ''}."
        yield from _edges(layout, side, place)


LEAST_ROOMY: Millimetres = 100
"""Lower covers have no space for the steps of folding, which docs/layouts.md has as well."""


def _is_roomy(layout: Layout) -> bool:
    return layout.panels[0].height >= LEAST_ROOMY and layout.panels[0].width >= LEAST_ROOMY / 2


ZINE_STEPS = [
    "Fold along the middle and across, then each half once more. Open.",
    "Fold across. Cut along the middle, from the fold to the next.",
    "Fold along the middle, push the ends together, and close.",
]
"""The steps that make a zine, for which folds alone are not enough."""


def fold_sentences(layout: Layout) -> list[str]:
    """Return the steps of folding, fold by fold."""
    if layout.fold is Fold.BOOKLET:
        return ["Lay the sheets into each other, the first outside.", "Fold them in the middle and stitch the fold."]
    if layout.fold is Fold.ZINE:
        return ZINE_STEPS
    return [_sentence(step, layout) for step in _steps(layout)] or ["Nothing is folded: cut at the marks."]


def _strips(layout: Layout) -> int:
    lines = {place.x for place in layout.sides[0].placements} if layout.sides else {0.0}
    return len(lines)


def _steps(layout: Layout) -> tuple[FoldStep, ...]:
    return folding(layout.fold, _strips(layout)) if layout.sides else ()


def _sentence(step: FoldStep, layout: Layout) -> str:
    way = "over the rest, so that the insides meet" if step.way is Crease.VALLEY else "behind the rest"
    if step.part is FoldedPart.TOP:
        return f"Fold the upper half {way}."
    start = "right" if layout.right_to_left else "left"
    part = {"left": "right", "right": "left"}[step.part.value] if layout.right_to_left else step.part.value
    return f"Fold what lies to the {part} of line {step.place}, counted from the {start}, {way}."


def _edges(layout: Layout, side: str, place: Placement) -> Iterator[str]:
    """Yield the folds at the panel's left and right edges, and above it, for somebody who looks at this side."""
    strips = _strips(layout)
    across = next(one for one in layout.sides if one.name == side)
    column = sorted({one.x for one in across.placements}).index(place.x)
    for edge, line in (("Left", column), ("Right", column + 1)):
        inside_line = line if side == "inside" else strips - line
        inside_line = strips - inside_line if layout.right_to_left else inside_line
        for order, step in enumerate(_steps(layout), start=1):
            if step.part is not FoldedPart.TOP and step.place == inside_line:
                towards = (step.way is Crease.VALLEY) == (side == "inside")
                yield f"{edge} edge: fold {order}, {'towards' if towards else 'away from'} you."
    if any(step.part is FoldedPart.TOP for step in _steps(layout)):
        yield f"The fold across is {'above' if place.turned or place.y == 0 else 'below'} this panel."
