"""Figure without alternative text, or with an empty one.

What it finds:
Tags ``Figure`` and ``Formula`` without ``/Alt`` and ``/ActualText``, and alternative texts that are a file's name.

Why:
Matterhorn 13-004 and 17-002; WCAG 1.1.1; PAC's quality check of alternative texts.

Bad:
    <Figure Alt="IMG_0231.jpg">

Good:
    <Figure Alt="Two nerve fibres, one in a whole coat of myelin">

When to ignore it:
Never; decoration is an artifact, not a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

FILE = re.compile(r"[^\s/]+\.(?:png|jpe?g|gif|svg|webp|tiff?|bmp|pdf|avif|emf|wmf)|(?:IMG|DSC)[ _-]?\d+", re.IGNORECASE)


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield figures that say nothing."""
    for tag in subject.all_tags():
        if tag.kind not in ("Figure", "Formula"):
            continue
        words = (tag.text_of("/Alt") or tag.text_of("/ActualText")).strip()
        where = subject.where(tag) or subject.whole
        if not words:
            yield Hit(message="a figure has no alternative text", hint="say what it shows", panel=where)
        elif FILE.fullmatch(words):
            message = f'the alternative text "{words}" is the name of a file'
            yield Hit(message=message, hint="say what the figure shows", panel=where)


RULE = Rule(code="L705", name="figure-alt", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)
