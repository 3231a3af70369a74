"""Source that may be out of date.

What it finds:
Cited articles, reports and web pages that are more than ten years old (``sources-older-than`` in ``[check]``). A
leaflet whose newest source of this kind is younger counts as looked after, and only sources that are older still by
ten years are named.

Why:
PIF TICK asks for current evidence at each review. Landmark trials stay right, so the rule only asks to look.

Bad:
    All sources are from 1998.

Good:
    The trial of 1993, beside the guideline of 2024 that rests on it.

When to ignore it:
For history, laws, and trials that everybody still cites.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.reference_facts import year_of
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject

KINDS = frozenset("article-journal article report webpage document article-newspaper article-magazine post".split())


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield old sources of a kind that ages."""
    years = {
        reference.id: year
        for reference in subject.citations.items
        if reference.item.get("type", "document") in KINDS and (year := year_of(reference.item))
    }
    limit = subject.today.year - subject.old_after
    if not years or max(years.values()) >= limit:
        return
    for reference in subject.citations.items:
        year = years.get(reference.id)
        if year is not None and year < limit:
            message = f'"{reference.id}" is {subject.today.year - year} years old, and no source here is younger'
            hint = "look for a newer review or guideline, and cite it beside or instead"
            yield Hit(message=message, at=reference.location, hint=hint)


RULE = Rule(code="L504", name="old-source", area=Area.SOURCE, packs=packs(Pack.HEALTH), check=find, page=__doc__)
