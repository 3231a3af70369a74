"""Retracted source without a word about it.

What it finds:
Cited works whose entry says that they are retracted, by its status or the word in its title. The list that
``retractions:`` names is compared in every build.

Why:
A retracted work is not evidence. COPE asks that who cites it says so.

Bad:
    @article{w1998, title = {RETRACTED: Ileal-lymphoid-nodular hyperplasia}}

Good:
    Another source; or, where the retraction is the subject, the word "retracted" in the same sentence.

When to ignore it:
Never.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.errors import Severity

WORDS = ("retract", "zurückgezogen", "rétract", "retirad", "withdrawn")


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield retracted works, unless the text speaks of a retraction."""
    text = " ".join(block.text for block in subject.texts).casefold()
    if any(word in text for word in WORDS):
        return
    for reference in subject.citations.items:
        status = str(reference.item.get("status") or "").casefold()
        title = str(reference.item.get("title") or "").casefold()
        if "retracted" in status or title.startswith(("retracted:", "retracted article", "withdrawn:")):
            message = f'"{reference.id}" is retracted, and the text does not say so'
            yield Hit(message=message, at=reference.location, hint="cite another source, or say that it was retracted")


RULE = Rule(
    code="L509",
    name="retracted-source",
    area=Area.SOURCE,
    packs=packs(Pack.BASE),
    severity=Severity.ERROR,
    check=find,
    page=__doc__,
)
