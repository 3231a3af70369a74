"""Screen colours in a file for the press.

What it finds:
Text, areas, lines and pictures in RGB, by page.

Why:
The press has four inks. Whoever converts at the last moment decides over your colours; black text becomes four inks.

Bad:
    0 0 0 rg

Good:
    0 0 0 1 k

When to ignore it:
Where the printer asks for RGB and converts by a profile; then say so in the order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfRole, PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

RGB = frozenset({"DeviceRGB", "CalRGB", "ICCBased3"})


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield pages with RGB."""
    for number, drawing in enumerate(subject.drawings if subject.role is not PdfRole.READING else ()):
        counts = Counter(mark.kind for mark in drawing.marks if mark.colour.space in RGB)
        if counts:
            kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
            hint = "build with --press and the printer's profile"
            yield Hit(message=f"screen colours are left ({kinds})", hint=hint, panel=subject.panel(number))


RULE = Rule(code="L803", name="rgb-left", area=Area.PDF, packs=packs(Pack.PRESS), check=find, page=__doc__)
