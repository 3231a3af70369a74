"""Dates in an order that cannot be.

What it finds:
A review that is due before the last one, a change before the first publication, a review or a change in the future, and
a next review more than five years after the last.

Why:
One of the dates is mistyped. Trusts and the NHS service manual review within three years; five is the most that any
published policy allows.

Bad:
    last-reviewed: 2026-05-12
    next-review: 2025-05

Good:
    last-reviewed: 2026-05-12
    next-review: 2029-05

When to ignore it:
For a leaflet that is prepared now and published later, whose dates are those of its publication.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject, first_day, last_day

MOST_YEARS = 5


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield dates that contradict each other or the calendar."""
    metadata = subject.metadata
    last, due = metadata.last_reviewed or metadata.date_modified or metadata.date, metadata.next_review
    if last is not None and due is not None:
        if last_day(due) < first_day(last):
            message = f"the next review, {due.iso}, is before the last date, {last.iso}"
            yield Hit(message=message, at=subject.key("next-review"), length=len(due.iso), hint="correct one of them")
        elif due.year - last.year > MOST_YEARS:
            message = f"the next review is {due.year - last.year} years after the last date"
            hint = "review within three years, or correct the year"
            yield Hit(message=message, at=subject.key("next-review"), length=len(due.iso), hint=hint)
    for key, given in (("last-reviewed", metadata.last_reviewed), ("date-modified", metadata.date_modified)):
        if given is not None and first_day(given) > subject.today:
            message = f"{key} is {given.iso}, which is still to come"
            yield Hit(message=message, at=subject.key(key), length=len(given.iso), hint="correct the date")
    first, changed = metadata.date, metadata.date_modified
    if first is not None and changed is not None and last_day(changed) < first_day(first):
        message = f"date-modified, {changed.iso}, is before date, {first.iso}"
        yield Hit(message=message, at=subject.key("date-modified"), length=len(changed.iso), hint="correct one of them")


RULE = Rule(code="L105", name="dates-disagree", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
