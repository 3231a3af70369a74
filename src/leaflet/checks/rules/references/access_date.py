"""Web source without the day of access.

What it finds:
Cited web pages and posts with an address, without a DOI and without an access date.

Why:
Pages change. MLA recommends the day, Harvard and Vancouver ask for it, and the next review needs it.

Bad:
    @online{nhs, title = {Multiple sclerosis}, url = {https://www.nhs.uk/ms}}

Good:
    @online{nhs, title = {Multiple sclerosis}, url = {https://www.nhs.uk/ms}, urldate = {2026-05-12}}

When to ignore it:
For pages that carry a version or a date of their own and never change.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield web sources without an access date."""
    for reference in subject.citations.items:
        item = reference.item
        is_page = item.get("type") in ("webpage", "post", "post-weblog") and item.get("URL")
        if is_page and not item.get("accessed") and not item.get("DOI"):
            hint = "add urldate (accessed in CSL) with the day on which you read it"
            yield Hit(message=f'"{reference.id}" does not say when it was read', at=reference.location, hint=hint)


RULE = Rule(
    code="L507", name="access-date", area=Area.SOURCE, packs=packs(Pack.HEALTH, Pack.HANDOUT), check=find, page=__doc__
)
