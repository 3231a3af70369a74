"""PDF that does not say that it is PDF/UA.

What it finds:
A tagged file without ``pdfuaid:part`` in its metadata, and one that claims a part other than 1 and 2.

Why:
Matterhorn 06-002 (PDF/UA-1 clause 5). Programs and procurement look for it.

Bad:
    Metadata without pdfuaid.

Good:
    pdfuaid:part = 1

When to ignore it:
For files that were never meant to be PDF/UA, such as a scan.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PDF_UA, PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield a missing or wrong claim."""
    part = subject.claim(PDF_UA, "part")
    if subject.is_tagged and not part:
        hint = "export it as PDF/UA, if it is to be one"
        yield Hit(message="the file does not say that it is PDF/UA", hint=hint, panel=subject.whole)
    elif part and part not in ("1", "2"):
        yield Hit(message=f'there is no PDF/UA-"{part}"', hint="the parts are 1 and 2", panel=subject.whole)


RULE = Rule(code="L711", name="ua-claim", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)
