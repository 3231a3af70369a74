"""Links that are not reached in reading order.

What it finds:
Pages with links or fields whose ``/Tabs`` is not ``/S``.

Why:
Matterhorn 28-008: the key Tab jumps over the page in the order in which the links were made.

Bad:
    A page with links and without /Tabs.

Good:
    /Tabs /S

When to ignore it:
Never.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield pages without an order of their links."""
    for number in sorted({page for page, _ in subject.annotations()}):
        if subject.pdf.pages[number].get("/Tabs") != "/S":
            hint = "set /Tabs to /S"
            yield Hit(message="links are not in the order of the tags", hint=hint, panel=subject.panel(number))


RULE = Rule(code="L709", name="tab-order", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)
