"""PDF without a title, or one that does not show it.

What it finds:
A file whose metadata hold no ``dc:title``, or whose viewer preferences do not say that the title is shown.

Why:
Matterhorn 06-003, 07-001 and 07-002; WCAG 2.4.2. Without it a screen reader says the file's name.

Bad:
    A window called "ms-fin-v3.pdf".

Good:
    A window called "Beta interferon and MS".

When to ignore it:
Never.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import DC, PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield a missing or hidden title."""
    if not subject.claim(DC, "title"):
        yield Hit(message="the file's metadata hold no title", hint="give it a title (dc:title)", panel=subject.whole)
    shown = subject.root.get("/ViewerPreferences")
    if not (isinstance(shown, pikepdf.Dictionary) and bool(shown.get("/DisplayDocTitle", False))):
        hint = "set DisplayDocTitle in the viewer preferences"
        yield Hit(message="viewers show the file's name, not its title", hint=hint, panel=subject.whole)


RULE = Rule(code="L701", name="document-title", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)
