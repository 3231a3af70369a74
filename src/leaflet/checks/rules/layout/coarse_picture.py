"""Picture that is too coarse for its size.

What it finds:
Pictures of pixels that print with fewer than 150 dots per inch, unless they are smaller than 5 mm. In
files for the press, L808 asks for 300.

Why:
Printers ask for 300 dpi at the printed size. Under 150 the dots are seen with the bare eye.

Bad:
    A picture of 300 pixels, 90 mm wide (85 dpi).

Good:
    The picture with 1,063 pixels or more.

When to ignore it:
For a screenshot whose pixels should be seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.panel_subject import PanelSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

LEAST = 150
MM_PER_INCH = 25.4
SMALL = 5.0
"""In millimetres: the dots of a smaller picture are not seen."""


def find(subject: PanelSubject) -> Iterator[Hit]:
    """Yield coarse pictures."""
    for image in subject.images:
        dpi = min(image.pixels[0] / image.width, image.pixels[1] / image.height) * MM_PER_INCH
        if dpi < LEAST and min(image.width, image.height) >= SMALL:
            message = f"this picture prints with {dpi:.0f} dpi at {image.width:.0f} × {image.height:.0f} mm"
            width = image.width / MM_PER_INCH * 300
            hint = f"use one of {width:.0f} pixels in width, or print it smaller"
            yield Hit(message=message, at=subject.source_map.location(image.element), hint=hint)


RULE = Rule(code="L606", name="coarse-picture", area=Area.PANELS, packs=packs(Pack.BASE), check=find, page=__doc__)
