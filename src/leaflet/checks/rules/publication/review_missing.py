"""No date of the next review.

What it finds:
A front matter without ``next-review``.

Why:
The NHS service manual prints "Page last reviewed" and "Next review due" on each page of health information; PIF TICK asks
that readers can see how current a leaflet is.

Bad:
    date: 2026-05-12

Good:
    date: 2026-05-12
    next-review: 2029-05

When to ignore it:
Where the leaflet is about one event and is thrown away after it.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield a missing review date."""
    if subject.metadata.next_review is None:
        hint = "add next-review, at most three years from now"
        yield Hit(message="no date is given for the next review", at=subject.key("date"), hint=hint)


RULE = Rule(
    code="L103", name="review-missing", area=Area.SOURCE, packs=packs(Pack.HEALTH, Pack.QRD), check=find, page=__doc__
)
