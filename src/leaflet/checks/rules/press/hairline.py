"""Line that is too thin to print.

What it finds:
Lines thinner than 0.2 pt, and lines of width 0, which are as thin as the device can draw them.

Why:
A line of width 0 is seen on an office printer and vanishes on a press with 2,400 dots per inch.

Bad:
    0 w

Good:
    0.25 w

When to ignore it:
For cutting lines that a plotter reads.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfRole, PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

LEAST = 0.2
ROUNDING = 0.005


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield pages with hairlines."""
    for number, drawing in enumerate(subject.drawings if subject.role is not PdfRole.READING else ()):
        thin = [mark.size for mark in drawing.marks if mark.kind == "line" and mark.size < LEAST - ROUNDING]
        if thin:
            message = f"{len(thin)} lines are thinner than {LEAST} pt (the thinnest {min(thin):.2f} pt)"
            yield Hit(message=message, hint="draw them 0.25 pt or more", panel=subject.panel(number))


RULE = Rule(code="L807", name="hairline", area=Area.PDF, packs=packs(Pack.PRESS), check=find, page=__doc__)
