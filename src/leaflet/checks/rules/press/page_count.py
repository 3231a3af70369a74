"""Pages that make no sheet.

What it finds:
An odd number of sides of a sheet, and pages whose trim differs in size.

Why:
A sheet has two sides. A file for a booklet with seven pages is sent back, or printed with a blank page at a wrong place.

Bad:
    A sheet file with three pages.

Good:
    Two pages for each sheet.

When to ignore it:
For sheets that are printed on one side.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfRole, PdfSubject, page_box
from leaflet.checks.rule import Area, Pack, Rule, packs


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield a count or sizes of pages that do not fit together."""
    if subject.role is PdfRole.READING:
        return
    count = len(subject.pdf.pages)
    if count > 1 and count % 2:
        yield Hit(
            message=f"{count} pages leave one side of a sheet empty",
            hint="add a page, or leave one out",
            panel=subject.whole,
        )
    boxes = (page_box(page, "/TrimBox") for page in subject.pdf.pages)
    sizes = {(round(box.right - box.left), round(box.top - box.bottom)) for box in boxes}
    if len(sizes) > 1:
        yield Hit(message=f"the pages have {len(sizes)} sizes", hint="bring all pages to one size", panel=subject.whole)


RULE = Rule(code="L809", name="page-count", area=Area.PDF, packs=packs(Pack.PRESS), check=find, page=__doc__)
