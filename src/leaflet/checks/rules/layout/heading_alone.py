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

from leaflet.checks.finding import Hit
from leaflet.checks.panel_subject import PanelSubject
from leaflet.checks.rule import Area, Pack, Rule, packs


def find(subject: PanelSubject) -> Iterator[Hit]:
    """Yield headings that end a panel."""
    for label, page in subject.named():
        flowing = [piece for piece in page.pieces if not piece.positioned and not piece.floated]
        if page.foot is not None:
            flowing = [piece for piece in flowing if piece.area.bottom <= page.foot.top]
        last = max(flowing, key=lambda piece: piece.area.bottom, default=None)
        if last is None or last.text is None or not subject.source_map.is_heading(last.element):
            continue
        if len({id(piece.element) for piece in flowing}) > 1 and page is not subject.pages[-1]:
            hint = "shorten the text before it, or begin the section on the next panel"
            message = f'the heading "{last.text.strip()}" ends its panel'
            yield Hit(message=message, at=subject.at(last), hint=hint, panel=label)


RULE = Rule(code="L601", name="heading-alone", area=Area.PANELS, packs=packs(Pack.BASE), check=find, page=__doc__)
