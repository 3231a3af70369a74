"""Review date that has passed.

What it finds:
The front matter's ``next-review`` is over on the day of the check. A month counts until its last day.

Why:
Advice goes out of date. The NHS service manual asks for a review at the date that is printed, and PIF TICK for a process
that keeps information current; a leaflet past its date tells readers that nobody looks after it.

Bad:
    next-review: 2018-01

Good:
    next-review: 2029-05

When to ignore it:
For a leaflet that is printed as a document of its time, such as in an exhibition.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject, last_day
from leaflet.errors import Severity


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield a review date before the day of the check."""
    due = subject.metadata.next_review
    if due is not None and last_day(due) < subject.today:
        yield Hit(
            message=f"the review was due {due.iso}, and it is {subject.today.isoformat()}",
            at=subject.key("next-review"),
            length=len(due.iso),
            hint="review the text, then give last-reviewed and next-review new dates",
        )


RULE = Rule(
    code="L101",
    name="review-overdue",
    area=Area.SOURCE,
    packs=packs(Pack.BASE),
    severity=Severity.ERROR,
    check=find,
    page=__doc__,
)
