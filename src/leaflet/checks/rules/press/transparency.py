"""Transparency that a press may mix otherwise.

What it finds:
Pages with transparency that name no colour space to mix in, in a file without an output intent; and transparency in a file
that claims to be PDF/X-1a or PDF/X-3.

Why:
Without a space, each program mixes colours in the one that it prefers: the same tint comes out in other inks (ISO 15930-7,
PDF/X-4). PDF/X-1a and X-3 forbid transparency.

Bad:
    /ca 0.5 on a page without /Group

Good:
    /Group << /S /Transparency /CS /DeviceCMYK >>

When to ignore it:
Where the printer flattens the file and sends a proof.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfRole, PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

OPAQUE = ("PDF/X-1", "PDF/X-3")
"""The beginnings of versions that allow no transparency."""


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield pages whose transparency is not allowed, or is mixed in no known space."""
    if subject.role is PdfRole.READING:
        return
    claim = str(subject.pdf.docinfo.get("/GTS_PDFXVersion", ""))
    has_intent = bool(subject.root.get("/OutputIntents"))
    for number, page in enumerate(subject.pdf.pages):
        if not subject.drawings[number].transparent:
            continue
        group = page.obj.get("/Group")
        has_space = isinstance(group, pikepdf.Dictionary) and "/CS" in group
        if claim.startswith(OPAQUE):
            message = f"something is transparent, which {claim} forbids"
            yield Hit(message=message, hint="make a PDF/X-4, or flatten the page", panel=subject.panel(number))
        elif not has_space and not has_intent:
            message = "something is transparent, and nothing says in which inks it is mixed"
            yield Hit(
                message=message,
                hint="give the page a transparency group in CMYK, or the file an output intent",
                panel=subject.panel(number),
            )


RULE = Rule(code="L811", name="transparency", area=Area.PDF, packs=packs(Pack.PRESS), check=find, page=__doc__)
