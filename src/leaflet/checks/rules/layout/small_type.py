"""Type that is too small to read.

What it finds:
Running text under 9 pt, and any other text under 6 pt. Numbers of notes do not count.

Why:
The EU guideline on package leaflets sets 9 pt as the least for running text; PMCPA asks for an x-height of 1 mm, which is
about 6 pt.

Bad:
    A style with ``font-size: 5pt`` for the disclaimer.

Good:
    9 pt or more for text, 6 pt or more for the rest.

When to ignore it:
For the printer's code at the edge of a panel.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.panel_subject import PanelSubject, points
from leaflet.checks.rule import Area, Pack, Rule, packs

BODY = 9.0
ANY = 6.0
ROUNDING = 0.05


def find(subject: PanelSubject) -> Iterator[Hit]:
    """Yield the smallest type of each panel, where it is too small."""
    for label, page in subject.named():
        if page.body_points is not None and page.body_points < BODY - ROUNDING:
            hint = f"cut some text, or choose a layout with more space; {BODY:g} pt is the least"
            yield Hit(message=f"running text is set in {page.body_points:g} pt", hint=hint, panel=label)
        words = [
            piece
            for piece in page.pieces
            if piece.text and not piece.text.strip().isdigit() and not subject.source_map.is_raised(piece.element)
        ]
        smallest = min(words, key=points, default=None)
        if smallest is not None and points(smallest) < ANY - ROUNDING:
            message = f'"{(smallest.text or "").strip()[:30]}" is set in {points(smallest):.1f} pt'
            hint = f"nothing under {ANY:g} pt can be read"
            yield Hit(message=message, at=subject.at(smallest), hint=hint, panel=label)


RULE = Rule(code="L603", name="small-type", area=Area.PANELS, packs=packs(Pack.BASE), check=find, page=__doc__)
