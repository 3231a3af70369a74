"""White that overprints.

What it finds:
Texts and areas in white, or in no ink, that are set to overprint.

Why:
Overprinting adds ink to what is below. White is no ink, so a white text that overprints is not there on paper, although a
screen may show it. The Ghent Workgroup's specifications for press files forbid it.

Bad:
    /OP true /op true, then 0 0 0 0 k

Good:
    White that knocks out what is below it.

When to ignore it:
Never.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfRole, PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.errors import Severity


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield pages on which something white would vanish."""
    for number, drawing in enumerate(subject.drawings if subject.role is not PdfRole.READING else ()):
        lost = [mark for mark in drawing.marks if mark.overprint and mark.is_white and mark.kind in ("text", "fill")]
        if lost:
            message = f"{len(lost)} texts or areas in white overprint, so they will not be seen"
            yield Hit(message=message, hint="let white knock out what is below it", panel=subject.panel(number))


RULE = Rule(
    code="L810",
    name="white-overprint",
    area=Area.PDF,
    packs=packs(Pack.PRESS),
    severity=Severity.ERROR,
    check=find,
    page=__doc__,
)
