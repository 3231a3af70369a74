"""Printer's marks inside the bleed.

What it finds:
Straight lines outside the trim, such as crop and fold marks, that reach into the bleed.

Why:
Where the cut is off by a hair, a mark that begins at the trim is left on the leaflet. PDF/X (ISO 15930) has printer's marks outside
the bleed box.

Bad:
    A crop mark from the corner of the trim outwards.

Good:
    A crop mark that begins 3 mm from the trim, outside the bleed.

When to ignore it:
For lines of the leaflet's own art that end in the bleed.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.page_drawing import PageRectangle
from leaflet.checks.pdf_subject import PdfRole, PdfSubject, page_box
from leaflet.checks.rule import Area, Pack, Rule, packs

NEAR = 0.2 * 72 / 25.4
"""Points by which a mark may touch the bleed."""
THIN = 0.5
"""Points of the narrower side of what is a straight line."""


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield pages with marks where the bleed is."""
    for number, page in enumerate(subject.pdf.pages if subject.role is not PdfRole.READING else ()):
        trim, bleed = page_box(page, "/TrimBox"), page_box(page, "/BleedBox")
        if "/BleedBox" not in page or bleed == trim:
            continue
        inner = PageRectangle(bleed.left + NEAR, bleed.bottom + NEAR, bleed.right - NEAR, bleed.top - NEAR)
        lines = [mark.box for mark in subject.drawings[number].marks if mark.kind == "line" and _is_straight(mark.box)]
        found = [box for box in lines if not _meet(box, trim) and _meet(box, inner)]
        if found:
            message = f"{len(found)} marks of the printer's reach into the bleed"
            yield Hit(message=message, hint="begin them outside the bleed", panel=subject.panel(number))


def _is_straight(box: PageRectangle) -> bool:
    return min(box.right - box.left, box.top - box.bottom) < THIN


def _meet(one: PageRectangle, other: PageRectangle) -> bool:
    return (
        one.left < other.right and one.right > other.left and one.bottom <= other.top and one.top >= other.bottom
    ) or (one.left <= other.right and one.right >= other.left and one.bottom < other.top and one.top > other.bottom)


RULE = Rule(code="L813", name="marks-in-bleed", area=Area.PDF, packs=packs(Pack.PRESS), check=find, page=__doc__)
