"""Lines of more than 100 characters.

What it finds:
Panels on which a paragraph has three lines or more of over 100 characters.

Why:
The eye loses the next line. PMCPA sets 100 characters as the most, RNIB's Clear Print 60 to 70.

Bad:
    A4 in one column of 9 pt.

Good:
    Two columns, larger type, or wider margins.

When to ignore it:
In tables and lists of addresses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.panel_subject import PanelSubject
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.weasy import PagePiece

MOST = 100
ENOUGH_LINES = 3


def find(subject: PanelSubject) -> Iterator[Hit]:
    """Yield the first paragraph of each panel with long lines."""
    for label, page in subject.named():
        lengths: Counter[tuple[str, int]] = Counter()
        first: dict[str, PagePiece] = {}
        for piece in page.pieces:
            paragraph = subject.source_map.paragraph(piece.element) if piece.text else None
            if paragraph is not None and piece.text:
                lengths[(paragraph, round(piece.area.bottom))] += len(piece.text)
                first.setdefault(paragraph, piece)
        long = Counter(paragraph for (paragraph, _), length in lengths.items() if length > MOST)
        worst = next((paragraph for paragraph, count in long.items() if count >= ENOUGH_LINES), None)
        if worst is not None:
            most = max(length for (paragraph, _), length in lengths.items() if paragraph == worst)
            hint = "choose a layout with columns, or larger type"
            message = f"lines of {most} characters are hard to follow"
            yield Hit(message=message, at=subject.at(first[worst]), hint=hint, panel=label)


RULE = Rule(code="L605", name="long-line", area=Area.PANELS, packs=packs(Pack.BASE), check=find, page=__doc__)
