"""Neither version nor code.

What it finds:
A front matter with neither ``version`` nor ``code``.

Why:
Hospitals' policies ask for a code and a version on each leaflet, so that old copies can be found and withdrawn.

Bad:
    title: Washing your hands

Good:
    title: Washing your hands
    code: RHL-021
    version: "1.0"

When to ignore it:
Where the date serves as the version.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield a leaflet without version and code."""
    if not subject.metadata.version and not subject.metadata.code:
        hint = 'add version: "1.0", and code: with your own number'
        yield Hit(message="the leaflet has neither version nor code", at=subject.key("title"), hint=hint)


RULE = Rule(
    code="L109", name="version-missing", area=Area.SOURCE, packs=packs(Pack.HEALTH, Pack.QRD), check=find, page=__doc__
)
