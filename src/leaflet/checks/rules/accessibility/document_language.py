"""PDF that does not say its language.

What it finds:
A file without ``/Lang``, or with one that is no language tag; and parts with such a tag.

Why:
Matterhorn 11-006 and 11-001 to 11-005; WCAG 3.1.1. A screen reader would read German words with an English voice.

Bad:
    /Lang (english)

Good:
    /Lang (en-GB)

When to ignore it:
Never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

TAG = re.compile(r"(?:[A-Za-z]{2,3}|i|x)(?:-[A-Za-z0-9]{1,8})*")


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield missing and wrong languages."""
    given = subject.root.get("/Lang")
    hint = "write a BCP 47 tag such as en-GB"
    if given is None or not str(given).strip():
        yield Hit(message="the file does not say its language", hint=hint, panel=subject.whole)
    elif not TAG.fullmatch(str(given)):
        yield Hit(message=f'"{given}" is no language tag', hint=hint, panel=subject.whole)
    wrong = {tag.text_of("/Lang"): tag for tag in subject.all_tags() if tag.text_of("/Lang")}
    for language, tag in wrong.items():
        if not TAG.fullmatch(language):
            yield Hit(message=f'"{language}" is no language tag', hint=hint, panel=subject.where(tag))


RULE = Rule(code="L702", name="document-language", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)
