"""Nobody is named as author.

What it finds:
A front matter with neither ``author`` nor ``publisher``, nor a ``contact`` that can be reached.

Why:
DISCERN and PIF TICK ask who wrote the information. A leaflet that nobody signs cannot be cited.

Bad:
    title: Washing your hands

Good:
    title: Washing your hands
    author: Rosa Bell

When to ignore it:
Where the name must not be known, for example to protect somebody.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield a leaflet without author and publisher."""
    metadata = subject.metadata
    contact = metadata.contact
    can_be_asked = contact is not None and (contact.phone or contact.email or contact.address)
    if not metadata.authors and not metadata.publisher and not can_be_asked:
        hint = "add author: with a person or an organisation"
        yield Hit(message="nobody is named as author or publisher", at=subject.key("title"), hint=hint)


RULE = Rule(code="L106", name="author-missing", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
