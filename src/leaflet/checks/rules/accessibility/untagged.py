"""PDF without tags.

What it finds:
A file without a structure tree, one that does not say it is tagged, or one whose tags are marked as suspect.

Why:
Matterhorn 01-007 and 06-001, and PDF/UA-1 7.1. Without tags there is no reading order, no heading, no alternative text.

Bad:
    A PDF that was printed to a file.

Good:
    A PDF that was exported as tagged.

When to ignore it:
For a file that only goes to a press.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.errors import Severity


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield a file without tags."""
    if not subject.is_tagged:
        hint = "export it as a tagged PDF from the program that made it"
        yield Hit(message="the file has no tags for screen readers", hint=hint, panel=subject.whole)
        return
    information = subject.root.get("/MarkInfo")
    if isinstance(information, pikepdf.Dictionary) and bool(information.get("/Suspects", False)):
        yield Hit(message="the file says that its tags are suspect", hint="repair the tags", panel=subject.whole)
    if not subject.tags:
        yield Hit(message="the structure tree is empty", hint="export it as a tagged PDF", panel=subject.whole)


RULE = Rule(
    code="L703",
    name="untagged",
    area=Area.PDF,
    packs=packs(Pack.BASE),
    severity=Severity.ERROR,
    check=find,
    page=__doc__,
)
