"""Exception from a rule without a reason.

What it finds:
A comment ``leaflet: ignore`` that names a rule but gives no reason. It excuses nothing.

Why:
The next person to review the leaflet has to decide whether the exception still holds, and can do so only with its reason.

Bad:
    We utilise the Utilise system. <!-- leaflet: ignore L201 -->

Good:
    We utilise the Utilise system. <!-- leaflet: ignore L201 the name of the system -->

When to ignore it:
Never. Write the reason, even a short one.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.exceptions import ExemptionSubject
from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs


def find(subject: ExemptionSubject) -> Iterator[Hit]:
    """Yield the exceptions without a reason."""
    for exemption in subject.exemptions:
        if subject.codes[exemption] and not exemption.reason:
            named = ", ".join(exemption.words)
            message = f"this exception from {named} gives no reason, so it does not count"
            yield Hit(message=message, at=exemption.at, hint="write the reason behind the code")


RULE = Rule(
    code="L002",
    name="exception-without-reason",
    area=Area.EXCEPTIONS,
    packs=packs(Pack.BASE),
    check=find,
    page=__doc__,
)
