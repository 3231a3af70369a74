"""Pages for a fold dummy, with the name and the folds of every panel, and for a test of the printer's turning."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup

from leaflet.model.fold import Crease, Fold, FoldStep, Millimetres, Panel, Part, Placement, folding
from leaflet.model.layout import Layout
from leaflet.model.paper import shown_size

BOOKLET_PAGES = 8
"""So many pages show how the sheets of a booklet lie in each other."""

CSS = """
html { font: 10pt/1.35 "Source Sans 3"; color: #111 } body { margin: 0 }
@page { margin: 9mm; background: #fff }
section { break-before: page } div:first-child > section:first-child { break-before: auto }
.number { font-size: 40pt; line-height: 1; margin: 0 0 2mm; font-weight: 700 }
h1, h2 { font-size: 13pt; margin: 0 0 1mm } p, ol { margin: 0 0 2mm } ol { padding-left: 5mm }
.mark { position: absolute; width: 12mm; height: 12mm } .ring { border: .5pt solid #000; border-radius: 50% }
.cross div { position: absolute; background: #000 }
.cross div:first-child { left: 0; top: 6mm; width: 12mm; height: .2mm }
.cross div:last-child { left: 6mm; top: 0; width: .2mm; height: 12mm }
.middle { padding-top: 25mm; text-align: center }
"""
CORNERS = ("left:0;top:0", "right:0;top:0", "left:0;bottom:0", "right:0;bottom:0")


def dummy_page(layout: Layout) -> str:
    """One page for each panel: its number and name, its size, and what is folded at its edges."""
    places = {place.panel: (side.name, place) for side in layout.sides for place in side.placements}
    runs = groupby(enumerate(_panels(layout)), key=lambda numbered: numbered[1].name)
    group = Markup('<div class="{}">{}</div>')
    body = Markup().join(
        group.format(name, Markup().join(_panel(layout, number, panel, places.get(number)) for number, panel in run))
        for name, run in runs
    )
    pages = "".join(f".{name}{{page:{name}}}" for name in dict.fromkeys(panel.name for panel in layout.panels))
    return _document(f"Fold dummy: {layout.name}", CSS + pages, body)


def duplex_page(turning: str, height: Millimetres) -> str:
    """Two pages: rings on the front, crosses on the back, which must meet when the sheet is held against the light.

    Args:
        turning: how the printer turns the paper, in words.
        height: of the pages' content.
    """
    text = Markup("<section class='{}'>{}<div class='middle'><p class='number'>{}</p><p>{}</p></div></section>")
    front = Markup().join(Markup('<div class="mark ring" style="{}"></div>').format(place) for place in CORNERS)
    cross = Markup('<div class="mark cross" style="{}"><div></div><div></div></div>')
    back = Markup().join(cross.format(place) for place in CORNERS)
    says = f"Print this on both sides at full size (100 %), and {turning}. This edge is up."
    then = (
        "Hold the sheet against the light: each cross must stand in its ring, and this text as upright as the front's."
    )
    rules = f"section {{ position: relative; height: {height:g}mm }} .front {{ page: front }} .back {{ page: back }}"
    pages = text.format("front", front, "Front", says) + text.format("back", back, "Back", then)
    return _document("Test of printing on both sides", CSS + rules, pages)


def _document(title: str, css: str, body: Markup) -> str:
    page = Markup(
        '<!DOCTYPE html><html lang="en-GB"><head><title>{}</title><style>{}</style></head><body>{}</body></html>'
    )
    return str(page.format(title, Markup(css), body))  # noqa: S704 - from names of panels and numbers


def _panels(layout: Layout) -> Iterator[Panel]:
    """The panels as pages: one that repeats is shown often enough to be understood."""
    for panel in layout.panels:
        times = (BOOKLET_PAGES - 2 if layout.fold is Fold.BOOKLET else 2) if panel.repeats else 1
        yield from [panel] * times


def _panel(layout: Layout, number: int, panel: Panel, found: tuple[str, Placement] | None) -> Markup:
    page = Markup('<section><p class="number">{}</p><{}>{}</{}>{}</section>')
    lines = [shown_size(panel.width, panel.height)]
    if found is not None:
        side, place = found
        lines.append(f"On the {side} of the sheet{', printed upside down' if place.turned else ''}.")
        lines += _edges(layout, side, place)
    facts = Markup().join(Markup("<p>{}</p>").format(line) for line in lines)
    heading = "h1" if number == 0 else "h2"
    if number == 0:
        steps = Markup().join(Markup("<li>{}</li>").format(step) for step in fold_sentences(layout))
        facts += Markup("<p>{} How to fold, the inside up:</p><ol>{}</ol>").format(layout.name + ".", steps)
    return page.format(number + 1, heading, panel.name.capitalize(), heading, facts)


def fold_sentences(layout: Layout) -> list[str]:
    """What to do, fold by fold."""
    if layout.fold is Fold.BOOKLET:
        return ["Lay the sheets into each other, the first outside.", "Fold them in the middle and stitch the fold."]
    return [_sentence(step, layout) for step in _steps(layout)] or ["Nothing is folded: cut at the marks."]


def _strips(layout: Layout) -> int:
    lines = {place.x for place in layout.sides[0].placements} if layout.sides else {0.0}
    return len(lines)


def _steps(layout: Layout) -> tuple[FoldStep, ...]:
    return folding(layout.fold, _strips(layout)) if layout.sides else ()


def _sentence(step: FoldStep, layout: Layout) -> str:
    way = "over the rest, so that the insides meet" if step.way is Crease.VALLEY else "behind the rest"
    if step.part is Part.TOP:
        return f"Fold the upper half {way}."
    start = "right" if layout.right_to_left else "left"
    part = {"left": "right", "right": "left"}[step.part.value] if layout.right_to_left else step.part.value
    return f"Fold what lies to the {part} of line {step.place}, counted from the {start}, {way}."


def _edges(layout: Layout, side: str, place: Placement) -> Iterator[str]:
    """What is folded at the panel's left and right edges, and above it, for somebody who looks at this side."""
    strips = _strips(layout)
    across = next(one for one in layout.sides if one.name == side)
    column = sorted({one.x for one in across.placements}).index(place.x)
    for edge, line in (("Left", column), ("Right", column + 1)):
        inside_line = line if side == "inside" else strips - line
        inside_line = strips - inside_line if layout.right_to_left else inside_line
        for order, step in enumerate(_steps(layout), start=1):
            if step.part is not Part.TOP and step.place == inside_line:
                towards = (step.way is Crease.VALLEY) == (side == "inside")
                yield f"{edge} edge: fold {order}, {'towards' if towards else 'away from'} you."
    if any(step.part is Part.TOP for step in _steps(layout)):
        yield f"The fold across is {'above' if place.turned or place.y == 0 else 'below'} this panel."
