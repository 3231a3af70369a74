"""Further reading that cannot be found.

What it finds:
Entries of ``further-reading`` and ``related`` without ``url`` and without an address, a phone number or a shelf mark in
their text.

Why:
A hint that cannot be followed is none. DISCERN asks for sources of further help.

Bad:
    further-reading:
      - text: MS Society

Good:
    further-reading:
      - text: MS Society
        url: https://www.mssociety.org.uk

When to ignore it:
For a book in your own library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject

ADDRESS = re.compile(
    r"https?://|www\.|@|\b[\w-]+\.(?:org|com|uk|de|fr|es|eu|net|gov|edu|info|ch|at|be)\b|\d[\d\s]{6,}|ISBN|[A-Z]+-\d+"
)


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield entries without an address."""
    metadata = subject.metadata
    for key, tips in (("further-reading", metadata.further_reading), ("related", metadata.related)):
        for index, tip in enumerate(tips):
            if not tip.url and not ADDRESS.search(tip.text):
                at = (
                    metadata.places.get(f"{key}.{index}.text")
                    or metadata.places.get(f"{key}.{index}")
                    or subject.key(key)
                )
                message = f'"{tip.text}" has no address'
                yield Hit(message=message, at=at, length=len(tip.text), hint="add url: with its web address")


RULE = Rule(
    code="L405",
    name="reading-without-address",
    area=Area.SOURCE,
    packs=packs(Pack.BASE),
    check=find,
    page=__doc__,
)
