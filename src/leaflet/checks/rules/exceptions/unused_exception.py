"""Exception from a rule that finds nothing there.

What it finds:
A comment ``leaflet: ignore`` on a line, paragraph or source in which its rule has nothing to say.

Why:
The text was changed and the comment was not. It would hide the next mistake.

Bad:
    We use soap. <!-- leaflet: ignore L201 the name of a product -->

Good:
    We use soap.

When to ignore it:
Where a source is checked with several packs in turn, one of which does not have the rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.exceptions import ExemptionSubject
from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs


def find(subject: ExemptionSubject) -> Iterator[Hit]:
    """Yield the exceptions that excuse nothing, of rules that were looked for."""
    for exemption in subject.exemptions:
        codes = subject.codes[exemption]
        if codes and codes <= subject.selected and exemption.reason and exemption not in subject.used:
            named = ", ".join(exemption.words)
            yield Hit(message=f"this exception from {named} excuses nothing", at=exemption.at, hint="take it out")


RULE = Rule(
    code="L003", name="unused-exception", area=Area.EXCEPTIONS, packs=packs(Pack.BASE), check=find, page=__doc__
)
