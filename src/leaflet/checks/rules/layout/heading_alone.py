"""Heading alone at the foot of a panel.

What it finds:
A panel whose last words in the flow are a heading, while its text is on the next.

Why:
Readers take the heading for the end of the panel, and the text overleaf for part of something else.

Bad:
    "Side effects" as the last line of a panel.

Good:
    "Side effects" at the head of the next panel, or with two lines of its text below it.

When to ignore it:
Where a picture or space for notes follows the heading on the same panel.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from leaflet.checks.finding import Hit
from leaflet.checks.panel_subject import PanelSubject
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.weasy import PageMeasure, PagePiece


def find(subject: PanelSubject) -> Iterator[Hit]:
    """Yield headings that end a panel while their text begins on the next."""
    for (label, page), after in pairwise(subject.named()):
        last = max(_flowing(page), key=lambda piece: piece.area.bottom, default=None)
        first = min(_flowing(after[1]), key=lambda piece: piece.area.top, default=None)
        if last is None or first is None or last.text is None:
            continue
        if subject.source_map.is_heading(last.element) and subject.source_map.heads(last.element, first.element):
            hint = "shorten the text before it, or begin the section on the next panel"
            message = f'the heading "{last.text.strip()}" ends its panel'
            yield Hit(message=message, at=subject.at(last), hint=hint, panel=label)


def _flowing(page: PageMeasure) -> list[PagePiece]:
    """Return the pieces of a page in the flow of its text, without its footer."""
    pieces = [piece for piece in page.pieces if not piece.positioned and not piece.floated]
    return [piece for piece in pieces if page.foot is None or piece.area.bottom <= page.foot.top]


RULE = Rule(code="L601", name="heading-alone", area=Area.PANELS, packs=packs(Pack.BASE), check=find, page=__doc__)
