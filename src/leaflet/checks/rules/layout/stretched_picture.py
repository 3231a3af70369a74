"""Picture out of proportion.

What it finds:
Pictures of pixels whose printed width and height differ from their own proportion by more than 4 per cent.

Why:
Faces and drawings look wrong, and a scale in the picture is wrong.

Bad:
    ![A square](square.png){width=60mm height=20mm}

Good:
    ![A square](square.png){width=60mm}

When to ignore it:
For a texture in the background.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.panel_subject import PanelSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

MOST = 0.04


def find(subject: PanelSubject) -> Iterator[Hit]:
    """Yield stretched pictures."""
    for image in subject.images:
        ratio = (image.width / image.height) / (image.pixels[0] / image.pixels[1])
        if image.in_text and abs(ratio - 1) > MOST:
            kind = "wider" if ratio > 1 else "narrower"
            message = f"this picture prints {abs(ratio - 1):.0%} {kind} than it is"
            at = subject.source_map.location(image.element)
            yield Hit(message=message, at=at, hint="give only its width or only its height")


RULE = Rule(code="L607", name="stretched-picture", area=Area.PANELS, packs=packs(Pack.BASE), check=find, page=__doc__)
