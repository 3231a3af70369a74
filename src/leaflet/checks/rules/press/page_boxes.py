"""Page without the boxes that a printer needs.

What it finds:
Pages without ``/TrimBox``, and boxes that are not inside each other: trim in bleed in media.

Why:
PDF/X-4 (ISO 15930-7, 6.7): the printer's imposition reads where to cut from the trim box.

Bad:
    A page with only a /MediaBox.

Good:
    /TrimBox in /BleedBox in /MediaBox.

When to ignore it:
For files that an office printer prints.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfRole, PdfSubject, page_box
from leaflet.checks.rule import Area, Pack, Rule, packs

ROUNDING = 0.05


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield missing and crossing boxes."""
    for number, page in enumerate(subject.pdf.pages if subject.role is not PdfRole.READING else ()):
        label = subject.panel(number)
        if "/TrimBox" not in page:
            yield Hit(message="the page has no trim box", hint="save it with a trim box", panel=label)
            continue
        media, bleed, trim = (page_box(page, name) for name in ("/MediaBox", "/BleedBox", "/TrimBox"))
        for outer, inner, words in (
            (media, bleed, "bleed box leaves the media box"),
            (bleed, trim, "trim box leaves the bleed box"),
        ):
            if (
                inner.left < outer.left - ROUNDING
                or inner.bottom < outer.bottom - ROUNDING
                or inner.right > outer.right + ROUNDING
                or inner.top > outer.top + ROUNDING
            ):
                yield Hit(message=f"the {words}", hint="trim lies in bleed, and bleed in media", panel=label)


RULE = Rule(code="L801", name="page-boxes", area=Area.PDF, packs=packs(Pack.PRESS), check=find, page=__doc__)
