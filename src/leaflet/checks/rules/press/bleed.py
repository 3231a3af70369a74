"""Colour that ends at the cut.

What it finds:
Areas and pictures that reach the trim but less than 2.9 mm beyond it, although they are as wide or high as a fifth of the
page.

Why:
Printers ask for 3 mm of bleed. Where the cut is off by a hair, a white line is left at the edge.

Bad:
    A coloured band that ends at the trim.

Good:
    The band drawn 3 mm further.

When to ignore it:
For a line that is meant to end at the cut.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfRole, PdfSubject, page_box
from leaflet.checks.rule import Area, Pack, Rule, packs

POINTS_PER_MM = 72 / 25.4
LEAST = 2.9 * POINTS_PER_MM
NEAR = 0.3 * POINTS_PER_MM
SHARE = 0.2


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield pages on which something ends at the trim."""
    for number, page in enumerate(subject.pdf.pages if subject.role is not PdfRole.READING else ()):
        if "/TrimBox" not in page:
            continue
        trim = page_box(page, "/TrimBox")
        width, height = trim.right - trim.left, trim.top - trim.bottom
        edges = set()
        for mark in subject.drawings[number].marks:
            if mark.kind not in ("fill", "image") or mark.is_white:
                continue
            box = mark.box
            sides = {
                "left": (trim.left - box.left, box.top - box.bottom, height, box.right > trim.left),
                "right": (box.right - trim.right, box.top - box.bottom, height, box.left < trim.right),
                "lower": (trim.bottom - box.bottom, box.right - box.left, width, box.top > trim.bottom),
                "upper": (box.top - trim.top, box.right - box.left, width, box.bottom < trim.top),
            }
            edges |= {
                side
                for side, (beyond, extent, whole, inside) in sides.items()
                if inside and -NEAR <= beyond < LEAST and extent > whole * SHARE
            }
        for side in sorted(edges):
            message = f"colour ends at the {side} cut, without bleed"
            yield Hit(message=message, hint="draw it 3 mm beyond the trim", panel=subject.panel(number))


RULE = Rule(code="L802", name="bleed", area=Area.PDF, packs=packs(Pack.PRESS), check=find, page=__doc__)
