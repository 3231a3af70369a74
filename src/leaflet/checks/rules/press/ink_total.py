"""More ink than paper can take.

What it finds:
Areas and texts in CMYK whose inks together are over 300 per cent, or over 330 where the trim is so covered.

Why:
Printers set 300 per cent (coated paper up to 330, uncoated about 280): more ink does not dry and marks the next sheet.

Bad:
    1 0.9 0.8 0.9 k

Good:
    0.6 0.5 0.5 0.9 k

When to ignore it:
Where the printer names a higher limit.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfRole, PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

MOST = 3.0
ROUNDING = 0.005


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield the darkest colour of each page, where it has too much ink."""
    for number, drawing in enumerate(subject.drawings if subject.role is not PdfRole.READING else ()):
        totals = [sum(mark.colour.values) for mark in drawing.marks if len(mark.colour.values) == 4]
        most = max(totals, default=0.0)
        if most > MOST + ROUNDING:
            message = f"{most:.0%} ink on one spot"
            yield Hit(message=message, hint=f"stay under {MOST:.0%}", panel=subject.panel(number))


RULE = Rule(code="L805", name="ink-total", area=Area.PDF, packs=packs(Pack.PRESS), check=find, page=__doc__)
