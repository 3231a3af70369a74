"""Picture with fewer than 300 dpi in a file for the press.

What it finds:
Pictures in a PDF with fewer than 300 dots per inch at their printed size. Masks and pictures of under 2 mm do not count.

Why:
Presses ask for 300 dpi: twice the lines of their screen.

Bad:
    A picture of 600 pixels, 100 mm wide (152 dpi).

Good:
    The picture with 1,181 pixels or more.

When to ignore it:
Where no better picture is to be had, and a proof looks well.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfRole, PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

LEAST = 300
ROUNDING = 0.99
SMALL = 2 / 25.4 * 72


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield coarse pictures."""
    for number, drawing in enumerate(subject.drawings if subject.role is not PdfRole.READING else ()):
        for mark in drawing.marks:
            width, height = mark.box.right - mark.box.left, mark.box.top - mark.box.bottom
            if mark.kind != "image" or min(width, height) < SMALL or mark.colour.space == "mask":
                continue
            dpi = min(mark.pixels[0] / width, mark.pixels[1] / height) * 72
            if dpi < LEAST * ROUNDING:
                message = f"a picture of {mark.pixels[0]} × {mark.pixels[1]} pixels prints with {dpi:.0f} dpi"
                yield Hit(message=message, hint=f"{LEAST} dpi are needed", panel=subject.panel(number))


RULE = Rule(code="L808", name="picture-resolution", area=Area.PDF, packs=packs(Pack.PRESS), check=find, page=__doc__)
