"""Tag with nothing in it.

What it finds:
Headings, paragraphs, list items and links without any content.

Why:
PAC's quality check of empty tags: a screen reader says "heading level 2" and then nothing.

Bad:
    <H2></H2>

Good:
    No tag where there is no content.

When to ignore it:
In empty cells of a table, which the rule does not look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

KINDS = re.compile(r"H[1-6]?|P|LI|Link|Caption|Note")


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield empty tags."""
    for tag in subject.all_tags():
        if KINDS.fullmatch(tag.kind) and not any(
            each.content or each.objects or each.text_of("/ActualText") for each in tag.walk()
        ):
            where = subject.where(tag) or subject.whole
            yield Hit(message=f"a tag {tag.kind} is empty", hint="take it out", panel=where)


RULE = Rule(code="L716", name="empty-tag", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)
