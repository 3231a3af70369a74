"""PDF that keeps screen readers out.

What it finds:
An encrypted file whose permissions do not allow access for people with disabilities.

Why:
Matterhorn 26-002 (PDF/UA-1 7.16).

Bad:
    Encrypted, with the tenth bit of /P not set.

Good:
    Not encrypted, or with access for accessibility.

When to ignore it:
Never.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.errors import Severity


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield a file that is locked for screen readers."""
    if subject.pdf.is_encrypted and not subject.pdf.allow.accessibility:
        hint = "allow access for accessibility, or save it without encryption"
        yield Hit(message="the file keeps screen readers out", hint=hint, panel=subject.whole)


RULE = Rule(
    code="L714",
    name="locked",
    area=Area.PDF,
    packs=packs(Pack.BASE),
    severity=Severity.ERROR,
    check=find,
    page=__doc__,
)
