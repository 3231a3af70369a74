"""Headings that skip a level, or none at all.

What it finds:
A first heading that is not of level 1, a heading more than one level below the one before it, both numbered and plain
headings in one file, and a file of more than three pages without any heading.

Why:
Matterhorn 14-002, 14-003, 14-006 and 14-007; WCAG 1.3.1; PAC's quality check "headings present".

Bad:
    H1, H3

Good:
    H1, H2, H3

When to ignore it:
Never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

NUMBERED = re.compile(r"H([1-9]\d*)")
MANY_PAGES = 3


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield headings in a wrong order."""
    if not subject.is_tagged:
        return
    tags = list(subject.all_tags())
    levels = [(int(found[1]), tag) for tag in tags if (found := NUMBERED.fullmatch(tag.kind))]
    before = 0
    for level, tag in levels:
        if level > before + 1:
            message = f"H{level} follows H{before}" if before else f"the first heading is H{level}, not H1"
            yield Hit(message=message, hint=f"make it H{before + 1}", panel=subject.where(tag) or subject.whole)
        before = level
    plain = next((tag for tag in tags if tag.kind == "H"), None)
    if plain is not None and levels:
        message = "H and H1 to H6 are used in one file"
        yield Hit(message=message, hint="use one of the two", panel=subject.where(plain) or subject.whole)
    if not levels and plain is None and len(subject.pdf.pages) > MANY_PAGES:
        yield Hit(message="the file has no headings", hint="tag its headings as H1, H2, …", panel=subject.whole)


RULE = Rule(code="L706", name="heading-order", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)
