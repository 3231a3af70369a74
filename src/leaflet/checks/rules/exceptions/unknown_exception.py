"""Exception from a rule that does not exist.

What it finds:
A comment ``leaflet: ignore`` whose code or name belongs to no rule.

Why:
A mistyped code excuses nothing, and a reader of the source believes that it does.

Bad:
    <!-- leaflet: ignore L999 the word is the name of a clinic -->

Good:
    <!-- leaflet: ignore L201 the word is the name of a clinic -->

When to ignore it:
Never. Correct the code; ``leaflet rule`` lists all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.exceptions import ExemptionSubject
from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs


def find(subject: ExemptionSubject) -> Iterator[Hit]:
    """Yield the exceptions that name no rule."""
    for exemption in subject.exemptions:
        if not subject.codes[exemption]:
            named = ", ".join(exemption.words)
            yield Hit(message=f'there is no rule "{named}"', at=exemption.at, hint="`leaflet rule` lists the rules")


RULE = Rule(
    code="L001", name="unknown-exception", area=Area.EXCEPTIONS, packs=packs(Pack.BASE), check=find, page=__doc__
)
