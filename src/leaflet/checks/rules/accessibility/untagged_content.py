"""Content that is neither tagged nor marked as decoration.

What it finds:
Text, pictures and areas outside any tag and any artifact, by page, in a tagged file; and tagged text on a page that no
tag in the tree points at.

Why:
Matterhorn 01-005. A screen reader passes over it or reads it at a place that nobody chose.

Bad:
    Crop marks that are drawn without ``/Artifact BMC``.

Good:
    All content in a tag, all decoration an artifact.

When to ignore it:
Never in a file for readers.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield pages with content outside tags."""
    if not subject.is_tagged:
        return
    for number, drawing in enumerate(subject.drawings):
        loose = [mark for mark in drawing.marks if not mark.is_marked]
        if loose:
            kinds = sorted({mark.kind for mark in loose})
            message = f"{len(loose)} things are outside the tags ({', '.join(kinds)})"
            yield Hit(message=message, hint="tag them, or mark them as artifacts", panel=subject.panel(number))


RULE = Rule(code="L704", name="untagged-content", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)
