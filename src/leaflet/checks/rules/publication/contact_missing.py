"""Nobody to ask.

What it finds:
A leaflet without a contact in the front matter, and without a phone number, a mail address or a link in its text.

Why:
PIF TICK asks for a way to give feedback, PEMAT for a next step that readers can take.

Bad:
    title: Washing your hands

Good:
    contact:
      name: Health library team
      phone: 01632 960 123

When to ignore it:
Where readers always get the leaflet from the person whom they can ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.model.document import Link

PHONE = re.compile(r"(?<!\w)\+?\d[\d \u00a0()/-]{7,}\d(?!\w)")


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield a leaflet that names nobody to ask."""
    contact = subject.metadata.contact
    if contact is not None and (contact.phone or contact.email or contact.url or contact.address):
        return
    reached = any(isinstance(node, Link) and node.target.startswith(("tel:", "mailto:")) for node in subject.nodes)
    if not reached and not any(PHONE.search(block.text) for block in subject.texts):
        hint = "add contact: with a phone number or an address"
        yield Hit(message="nothing says whom readers can ask", at=subject.key("contact"), hint=hint)


RULE = Rule(
    code="L108",
    name="contact-missing",
    area=Area.SOURCE,
    packs=packs(Pack.HEALTH, Pack.CDC, Pack.EASY_READ, Pack.QRD),
    check=find,
    page=__doc__,
)
