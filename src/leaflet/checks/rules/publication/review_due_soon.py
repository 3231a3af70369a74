"""Review date within the next 90 days.

What it finds:
The front matter's ``next-review`` is not over, but will be within 90 days.

Why:
A print run lasts for months. Copies that are printed now would be on the shelf after the date that they carry.

Bad:
    next-review: 2025-12    # checked in November 2025

Good:
    next-review: 2028-11

When to ignore it:
For a small run that is handed out within days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject, last_day

DAYS = 90


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield a review date in the next days."""
    due = subject.metadata.next_review
    if due is not None and subject.today <= last_day(due) <= subject.today + timedelta(days=DAYS):
        left = (last_day(due) - subject.today).days
        yield Hit(
            message=f"the review is due {due.iso}, within {left} days",
            at=subject.key("next-review"),
            length=len(due.iso),
            hint="review the text before you print many copies",
        )


RULE = Rule(code="L102", name="review-due-soon", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
