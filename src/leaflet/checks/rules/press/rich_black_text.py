"""Dark text in several inks.

What it finds:
Text in CMYK with more than 60 per cent black and other inks besides, under 24 pt.

Why:
Four inks never meet exactly. Small letters get coloured edges; printers ask for text in black alone.

Bad:
    0.7 0.6 0.6 0.9 k

Good:
    0 0 0 1 k

When to ignore it:
For large letters on a black area.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfRole, PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

DARK = 0.6
LARGE = 24.0


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield pages with small text in rich black."""
    for number, drawing in enumerate(subject.drawings if subject.role is not PdfRole.READING else ()):
        rich = [
            mark
            for mark in drawing.marks
            if mark.kind == "text"
            and mark.size < LARGE
            and len(mark.colour.values) == 4
            and mark.colour.values[3] > DARK
            and any(mark.colour.values[:3])
        ]
        if rich:
            inks = " ".join(f"{value:.0%}" for value in rich[0].colour.values)
            message = f"{len(rich)} texts are printed in several inks ({inks})"
            yield Hit(message=message, hint="set dark text in black alone", panel=subject.panel(number))


RULE = Rule(code="L804", name="rich-black-text", area=Area.PDF, packs=packs(Pack.PRESS), check=find, page=__doc__)
