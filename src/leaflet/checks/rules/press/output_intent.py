"""No output intent.

What it finds:
A file without an output intent of PDF/X, or with one that has neither a profile nor the name of a printing condition.

Why:
PDF/X-4 (ISO 15930-7, 6.2.2): without it nobody knows for which press the colours were made.

Bad:
    /OutputIntents missing

Good:
    /OutputIntents with /GTS_PDFX and the ICC profile of the press

When to ignore it:
For files that an office printer prints.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfRole, PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield a missing or empty output intent."""
    if subject.role is PdfRole.READING:
        return
    intents = [
        intent
        for intent in subject.root.get("/OutputIntents", ())
        if isinstance(intent, pikepdf.Dictionary) and intent.get("/S") == "/GTS_PDFX"
    ]
    hint = "build with --press and the printer's profile"
    if not intents:
        yield Hit(message="the file does not say for which press it is", hint=hint, panel=subject.whole)
    elif not any(
        "/DestOutputProfile" in intent or str(intent.get("/OutputConditionIdentifier", "")) for intent in intents
    ):
        yield Hit(message="the output intent names no printing condition", hint=hint, panel=subject.whole)


RULE = Rule(code="L806", name="output-intent", area=Area.PDF, packs=packs(Pack.PRESS), check=find, page=__doc__)
