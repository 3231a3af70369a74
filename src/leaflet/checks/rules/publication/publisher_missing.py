"""No publisher.

What it finds:
A front matter without ``publisher``, also none from the workspace's ``[organisation]``.

Why:
PIF TICK and the CDC index (item 11) ask for the authority behind health information; teachers ask their pupils for it.

Bad:
    author: Rosa Bell

Good:
    author: Rosa Bell
    publisher: Riverside Health Library

When to ignore it:
For a leaflet that a single person publishes, who is named as author.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield a leaflet without publisher."""
    if not subject.metadata.publisher:
        hint = "add publisher: with the organisation's name"
        yield Hit(message="no publisher is named", at=subject.key("title"), hint=hint)


RULE = Rule(
    code="L107",
    name="publisher-missing",
    area=Area.SOURCE,
    packs=packs(Pack.HEALTH, Pack.CDC, Pack.QRD),
    check=find,
    page=__doc__,
)
