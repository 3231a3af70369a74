"""No date at all.

What it finds:
A front matter without ``date``, ``date-modified`` and ``last-reviewed``. What has an ``event`` or
``show-dates: false``, and posters, flyers, cards
and the like, which are taken down when they are over, may go without.

Why:
Readers cannot tell whether an undated leaflet still holds, and nobody can cite it. DISCERN asks whether the date of the
information is clear.

Bad:
    title: Washing your hands

Good:
    title: Washing your hands
    date: 2026-05-12

When to ignore it:
For a sign in another layout, on which a date would only be in the way.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject

SHORT_LIVED = ("poster", "flyer", "tent", "place-cards", "business-cards", "bookmark", "door-hanger", "labels")
"""The beginnings of the names of layouts for what does not last."""


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield a leaflet without any date."""
    metadata = subject.metadata
    if metadata.event is not None or metadata.show_dates is False or (metadata.layout or "").startswith(SHORT_LIVED):
        return
    if metadata.date is None and metadata.date_modified is None and metadata.last_reviewed is None:
        yield Hit(
            message="the leaflet has no date", at=subject.key("title"), hint="add date: with the day it was written"
        )


RULE = Rule(code="L104", name="undated", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
