"""Long PDF without bookmarks.

What it finds:
Files of more than ten pages without an outline.

Why:
PAC's quality check "bookmarks"; WCAG technique PDF2.

Bad:
    Forty pages and no outline.

Good:
    An outline made from the headings.

When to ignore it:
Where the pages are single sheets that are printed one by one.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

MANY_PAGES = 10


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield a long file without an outline."""
    outline = subject.root.get("/Outlines")
    if len(subject.pdf.pages) > MANY_PAGES and not (isinstance(outline, pikepdf.Dictionary) and "/First" in outline):
        message = f"{len(subject.pdf.pages)} pages have no bookmarks"
        yield Hit(message=message, hint="make bookmarks from the headings", panel=subject.whole)


RULE = Rule(code="L717", name="no-bookmarks", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)
