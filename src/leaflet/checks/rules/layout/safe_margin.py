"""Text too near to the edge of its panel.

What it finds:
Words nearer than 3 mm to the edge of a panel, which is where the sheet is cut or folded.

Why:
Cutting and folding are exact to about 1.5 mm. Printers ask for 3 mm between text and trim.

Bad:
    A style that sets a line 1 mm from the edge.

Good:
    5 mm or more.

When to ignore it:
For letters that are meant to be cut.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.panel_subject import PanelSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

LEAST = 3.0
ROUNDING = 0.1


def find(subject: PanelSubject) -> Iterator[Hit]:
    """Yield the words of each panel that are nearest to an edge, where that is too near."""
    for label, page in subject.named():
        distances = [
            (min(area.left, area.top, page.width - area.right, page.height - area.bottom), number)
            for number, area in enumerate(piece.area for piece in page.pieces)
            if page.pieces[number].text
        ]
        distance, number = min(distances, default=(LEAST, 0))
        if distance < LEAST - ROUNDING:
            piece = page.pieces[number]
            message = f'"{(piece.text or "").strip()[:30]}" is {max(distance, 0):.1f} mm from the edge'
            hint = f"leave {LEAST:g} mm or more to the trim and the fold"
            yield Hit(message=message, at=subject.at(piece), hint=hint, panel=label)


RULE = Rule(code="L609", name="safe-margin", area=Area.PANELS, packs=packs(Pack.BASE), check=find, page=__doc__)
